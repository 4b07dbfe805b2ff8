namespace ModelDsl.Generator.Planning;

/// <summary>
/// Finds the copies of repeated blocks that call the same kernels with the same arguments, but for the places of their
/// values. What fusion joins with the layers around a block makes the first or the last copy another one; it then
/// stands by itself.
/// </summary>
internal static class RepeatFinder
{
    /// <summary>With fewer copies a method with a table is no shorter than the copies themselves.</summary>
    private const int FewestCopies = 3;

    /// <param name="operations">The program.</param>
    /// <param name="memory">Where its values lie, and how long.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<RepeatedSection> Find(
        IReadOnlyList<Operation> operations, MemoryPlan memory, CancellationToken cancellation)
    {
        var sections = new List<RepeatedSection>();
        var calls = new IReadOnlyList<KernelCall>?[operations.Count];
        List<Run> runs = Runs(operations, cancellation);
        for (int first = 0; first < runs.Count;)
        {
            Run start = runs[first];
            List<RepeatedCopy> copies = [];
            int end = first;
            while (end < runs.Count && start.IsFollowedBy(runs[end], end - first) && Compare(start, runs[end]) is { } same)
            {
                copies.Add(new RepeatedCopy(runs[end].Copy, same));
                end++;
            }

            if (copies.Count >= FewestCopies)
            {
                sections.Add(new RepeatedSection(start.Start, start.Length, copies));
            }

            first = Math.Max(end, first + 1);
        }

        return sections;

        Correspondence? Compare(Run left, Run right)
        {
            var copies = new Correspondence();
            for (int i = 0; i < left.Length; i++)
            {
                cancellation.Look();
                if (!AreSame(left.Start + i, right.Start + i, copies))
                {
                    return null;
                }
            }

            return copies;
        }

        bool AreSame(int left, int right, Correspondence copies)
        {
            IReadOnlyList<KernelCall> own = CallsOf(left);
            IReadOnlyList<KernelCall> others = CallsOf(right);
            return operations[left].SamplesAtOnce == operations[right].SamplesAtOnce
                && copies.AreSame(operations[left].Values, operations[right].Values)
                && own.Count == others.Count
                && own.Zip(others, (call, other) => call.IsSameAs(other, copies)).All(same => same)
                && copies.AreSame(memory.Freed[left], memory.Freed[right]);
        }

        // An operation makes its calls anew each time, and the first copy is compared with all others.
        IReadOnlyList<KernelCall> CallsOf(int operation) => calls[operation] ??=
            [.. operations[operation].Preparations, .. operations[operation].Calls];
    }

    // Operations in a row that belong to the same copy of an outermost repeated block.
    private static List<Run> Runs(IReadOnlyList<Operation> operations, CancellationToken cancellation)
    {
        var runs = new List<Run>();
        for (int i = 0; i < operations.Count; i++)
        {
            cancellation.Look();
            if (operations[i].Layer.Path.OutermostCopy is not { } copy)
            {
                continue;
            }

            Run? last = runs.Count == 0 ? null : runs[runs.Count - 1];
            if (last is not null && last.Start + last.Length == i && last.Copy.Equals(copy))
            {
                runs[runs.Count - 1] = last with { Length = last.Length + 1 };
            }
            else
            {
                runs.Add(new Run(copy, i, 1));
            }
        }

        return runs;
    }

    private sealed record Run(LayerPath Copy, int Start, int Length)
    {
        // Whether the other one is as long, of the same block, and so many copies behind this one.
        public bool IsFollowedBy(Run other, int distance) =>
            other.Copy.Parent!.Equals(Copy.Parent!) && other.Length == Length && other.Start == Start + (distance * Length);
    }
}
