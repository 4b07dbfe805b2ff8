using System.Globalization;
using ModelDsl.Generator.Common;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Emission;

/// <summary>
/// Finds the copies of repeated blocks whose code is the same but for the places of their values. What fusion joins with the
/// layers around a block makes the first or the last copy another one; it is then written out by itself.
/// </summary>
internal static class RepeatFinder
{
    /// <summary>With fewer copies a method with a table is no shorter than the copies themselves.</summary>
    private const int FewestCopies = 3;

    /// <param name="plan">The program.</param>
    /// <param name="file">The file that the program is written to.</param>
    /// <param name="write">Writes a run of operations as those of a copy.</param>
    public static IReadOnlyList<RepeatedSection> Find(
        ExecutionPlan plan, CodeWriter file, Action<CodeWriter, CopyTemplate, int, int> write)
    {
        var sections = new List<RepeatedSection>();
        List<Copy> copies = Copies(plan.Operations, file.Cancellation);
        for (int first = 0; first < copies.Count;)
        {
            int end = first + 1;
            string? code = null;
            while (end < copies.Count
                && copies[end].Block == copies[first].Block
                && copies[end].Length == copies[first].Length
                && copies[end].Start == copies[end - 1].Start + copies[end - 1].Length
                && CodeOf(copies[end]) == (code ??= CodeOf(copies[first])))
            {
                end++;
            }

            if (end - first >= FewestCopies)
            {
                sections.Add(new RepeatedSection(
                    copies[first].Block, copies[first].Start, copies[first].Length,
                    [.. copies.Skip(first).Take(end - first).Select(copy => copy.Number)]));
            }

            first = end;
        }

        return sections;

        string CodeOf(Copy copy)
        {
            CodeWriter code = file.CreateDraft();
            write(code, new CopyTemplate(copy.Block, copy.Number), copy.Start, copy.Start + copy.Length);
            return code.ToString();
        }
    }

    // Operations in a row that belong to the same copy of an outermost repeated block.
    private static List<Copy> Copies(IReadOnlyList<Operation> operations, CancellationToken cancellation)
    {
        var copies = new List<Copy>();
        for (int i = 0; i < operations.Count; i++)
        {
            cancellation.Look();
            if (CopyOf(operations[i]) is not { } copy)
            {
                continue;
            }

            Copy? last = copies.Count == 0 ? null : copies[copies.Count - 1];
            if (last is not null && last.Start + last.Length == i && (last.Block, last.Number) == copy)
            {
                copies[copies.Count - 1] = last with { Length = last.Length + 1 };
            }
            else
            {
                copies.Add(new Copy(copy.Block, copy.Number, i, 1));
            }
        }

        return copies;
    }

    // "residual1.repeat1.2.dense1" is in copy 2 of residual1_repeat1.
    private static (string Block, int Number)? CopyOf(Operation operation)
    {
        string[] path = operation.Layer.Path.Split('.');
        int number = Array.FindIndex(path, name => name.Length > 0 && char.IsDigit(name[0]));
        return number < 0 ? null : (string.Join("_", path.Take(number)), int.Parse(path[number], CultureInfo.InvariantCulture));
    }

    private sealed record Copy(string Block, int Number, int Start, int Length);
}
