using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Planning;

/// <summary>
/// Joins element-wise operations with the operation that makes what they read, so that no value makes a trip through
/// memory only to be changed in place.
/// </summary>
internal static class Fusion
{
    /// <param name="operations">The program in order.</param>
    /// <param name="outputs">The values that are read after the program.</param>
    public static IReadOnlyList<Operation> Run(IReadOnlyList<Operation> operations, IReadOnlyCollection<Value> outputs)
    {
        List<Operation> remaining = [.. operations.Where(operation => !operation.IsFree)];
        var fused = new List<Operation>();
        var available = new HashSet<Value>();
        while (remaining.Count > 0)
        {
            Operation operation = remaining[0];
            remaining.RemoveAt(0);
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
                    stages.Add(next);
                    remaining.Remove(next);
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

            // Operands within the chain are read from the stored copy, whose row is complete by then.
            bool IsReadLater(Value value) =>
                outputs.Any(output => output.Root == value)
                || remaining.Exists(other => other.Reads.Any(read => read.Root == value));
        }

        return fused;

        StageOperation? NextStage(Value value, int columns) =>
            remaining.OfType<StageOperation>().FirstOrDefault(stage =>
                stage.Source.Root == value.Root
                && stage.Columns == columns
                && stage.Operands.All(operand => !operand.IsInArena || available.Contains(operand.Root)));
    }
}
