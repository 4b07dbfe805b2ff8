namespace ModelDsl.Generator.Planning;

/// <summary>
/// Joins element-wise operations with the operation that makes what they read, so that no value makes a trip through
/// memory only to be changed in place.
/// </summary>
internal static class Fusion
{
    /// <param name="operations">The program in order.</param>
    /// <param name="outputs">The values that are read after the program.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <param name="given">What is there before the program.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<Operation> Run(
        IReadOnlyList<Operation> operations,
        IReadOnlyCollection<Value> outputs,
        CancellationToken cancellation,
        IEnumerable<Value>? given = null)
    {
        Operation[] all = [.. operations.Looked(cancellation).Where(operation => !operation.IsFree)];
        Dictionary<Value, List<int>> readers = Readers(all, cancellation);
        HashSet<Value> outputRoots = [.. outputs.Select(output => output.Root)];
        bool[] isDone = new bool[all.Length];
        var fused = new List<Operation>();
        var available = new HashSet<Value>((given ?? []).Select(value => value.Root));
        for (int number = 0; number < all.Length; number++)
        {
            cancellation.Look();
            if (isDone[number])
            {
                continue;
            }

            Operation operation = all[number];
            isDone[number] = true;
            var stages = new List<StageOperation>();
            var host = operation as HostOperation;
            if (operation is StageOperation first)
            {
                stages.Add(first);
            }

            if (host is not null || stages.Count > 0)
            {
                int columns = host?.Columns ?? stages[0].Columns;
                while (NextStage(Last(), columns) is { } next)
                {
                    cancellation.Look();
                    stages.Add((StageOperation)all[next]);
                    isDone[next] = true;
                }
            }

            Operation planned = stages.Count > 0 && (host is not null || stages.Count > 1)
                ? new FusedOperation(host, stages, Kept())
                : operation;
            fused.Add(planned);
            available.UnionWith(planned.Writes.Select(value => value.Root));

            Value Last() => stages.Count > 0 ? stages[stages.Count - 1].Result : host!.Result;

            HashSet<Value> Kept()
            {
                IEnumerable<Value> inner = stages.Take(stages.Count - 1).Select(stage => stage.Result);
                if (host is not null)
                {
                    inner = inner.Prepend(host.Result);
                }

                return [.. inner.Where(IsReadLater)];
            }
        }

        return fused;

        int? NextStage(Value value, int columns)
        {
            foreach (int reader in ReadersOf(value.Root))
            {
                if (!isDone[reader]
                    && all[reader] is StageOperation stage
                    && stage.Source.Root == value.Root
                    && HasRows(stage, columns)
                    && Missing(stage, available.Contains) is null)
                {
                    return reader;
                }
            }

            return null;
        }

        // Operands within the chain are read from the stored copy, whose row is complete by then.
        bool IsReadLater(Value value) => outputRoots.Contains(value) || ReadersOf(value).Exists(reader => !isDone[reader]);

        List<int> ReadersOf(Value value) => readers.TryGetValue(value, out List<int>? found) ? found : [];
    }

    /// <summary>Whether an operation works on rows of a width.</summary>
    public static bool HasRows(StageOperation stage, int columns) => stage.Columns == columns;

    /// <summary>What an operation reads besides its source and is not there yet; null where all of it is.</summary>
    /// <param name="stage">The operation.</param>
    /// <param name="isThere">Whether a value has been made.</param>
    public static Value? Missing(StageOperation stage, Func<Value, bool> isThere) =>
        stage.Operands.FirstOrDefault(operand => operand.IsInArena && !isThere(operand.Root));

    // The numbers of the operations that read a value, in order.
    private static Dictionary<Value, List<int>> Readers(Operation[] operations, CancellationToken cancellation)
    {
        var readers = new Dictionary<Value, List<int>>();
        for (int i = 0; i < operations.Length; i++)
        {
            cancellation.Look();
            foreach (Value read in operations[i].Reads.Select(value => value.Root).Distinct())
            {
                if (!readers.TryGetValue(read, out List<int>? numbers))
                {
                    readers[read] = numbers = [];
                }

                numbers.Add(i);
            }
        }

        return readers;
    }
}
