using Microsoft.CodeAnalysis.Operations;

namespace ModelDsl.Generator.Analysis.CallSites;

/// <summary>Finds indices and slices that lie outside of results whose length is known.</summary>
internal static class IndexCheck
{
    /// <summary>An element: <c>memory[3]</c> or <c>memory[^1]</c>.</summary>
    public static void Element(Known? memory, IOperation index, Known? value, Findings findings)
    {
        if (memory is { Kind: KnownKind.Memory, IsDeclared: true, Count: { } count }
            && Slices.Bound(index, value, memory) is { } position && (position < 0 || position >= count))
        {
            Report(memory, count, $"index {index.Syntax}", index.Syntax.GetLocation(), findings);
        }
    }

    /// <summary>A range: <c>memory[1..5]</c>.</summary>
    public static void Range(Known? memory, IRangeOperation range, Known? start, Known? end, Findings findings)
    {
        if (memory is { Kind: KnownKind.Memory, IsDeclared: true, Count: { } count })
        {
            int? first = range.LeftOperand is null ? 0 : Slices.Bound(range.LeftOperand, start, memory);
            int? last = range.RightOperand is null ? count : Slices.Bound(range.RightOperand, end, memory);
            Part(memory, count, first, last, range.Syntax, findings);
        }
    }

    /// <summary>A slice: <c>memory.Slice(1, 4)</c> or <c>memory.AsSpan(1)</c>.</summary>
    public static void Slice(IInvocationOperation invocation, Known? memory, int? start, int? length, Findings findings)
    {
        if (memory is { Kind: KnownKind.Memory, IsDeclared: true, Count: { } count })
        {
            Part(memory, count, start, length is null ? start : start + (long)length, invocation.Syntax, findings);
        }
    }

    private static void Part(Known memory, int count, long? first, long? last, SyntaxNode syntax, Findings findings)
    {
        if (first < 0 || first > count || last < 0 || last > count || first > last)
        {
            Report(memory, count, $"slice {syntax}", syntax.GetLocation(), findings);
        }
    }

    private static void Report(Known memory, int count, string what, Location location, Findings findings) =>
        findings.Add(
            IndexOutsideResult.Message(memory.Origin?.Text ?? "This", count, what)
                .At(location, memory.Origin is { } origin ? [origin.Location] : []));
}
