namespace ModelDsl.Generator.Planning;

/// <summary>An element-wise operation that does not run on the rows of the one that makes what it reads.</summary>
/// <param name="Stage">The operation.</param>
/// <param name="Maker">What makes its source; null where the program does not.</param>
/// <param name="Obstacle">What keeps the two apart.</param>
/// <param name="Operand">What is made later, where that is the obstacle.</param>
internal sealed record FusionRefusal(
    StageOperation Stage, Operation? Maker, FusionObstacle Obstacle, Value? Operand = null)
{
    /// <summary>All such operations of a program that <see cref="Fusion"/> has made.</summary>
    /// <param name="program">The program.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static IReadOnlyList<FusionRefusal> Find(
        IReadOnlyList<Operation> program, CancellationToken cancellation)
    {
        var refusals = new List<FusionRefusal>();
        var firstWrite = new Dictionary<Value, int>();
        var lastWrite = new Dictionary<Value, int>();
        for (int number = 0; number < program.Count; number++)
        {
            cancellation.Look();
            if (!program[number].IsRecomputed && program[number].Parts.First() is StageOperation stage)
            {
                refusals.Add(lastWrite.TryGetValue(stage.Source.Root, out int maker)
                    ? Of(stage, program[maker], operand => firstWrite.TryGetValue(operand, out int at) && at < maker)
                    : new FusionRefusal(stage, null, FusionObstacle.NothingMakesSource));
            }

            foreach (Value write in program[number].Writes.Select(value => value.Root))
            {
                lastWrite[write] = number;
                firstWrite[write] = firstWrite.TryGetValue(write, out int before) ? before : number;
            }
        }

        return refusals;
    }

    private static FusionRefusal Of(StageOperation stage, Operation maker, Func<Value, bool> isThere)
    {
        Operation[] parts = [.. maker.Parts];
        int? columns = parts[0] is HostOperation host && parts.Any(part => IsRow(part, stage.Source))
            ? host.Columns
            : (parts[0] as StageOperation)?.Columns;
        return columns is null ? new(stage, maker, FusionObstacle.MakerTakesNoStages)
            : !Fusion.HasRows(stage, columns.Value) ? new(stage, maker, FusionObstacle.OtherRows)
            : Fusion.Missing(stage, isThere) is { } operand
                ? new(stage, maker, FusionObstacle.OperandIsMadeLater, operand)
            : new(stage, maker, FusionObstacle.AnotherIsFused);
    }

    private static bool IsRow(Operation part, Value source) =>
        (part is HostOperation host && host.Result.Root == source.Root)
        || (part is StageOperation stage && stage.Result.Root == source.Root);
}

/// <summary>What keeps an element-wise operation from the rows of the one before it.</summary>
internal enum FusionObstacle
{
    /// <summary>Its source is there before the program: the samples, or a parameter.</summary>
    NothingMakesSource,

    /// <summary>The kernel that makes its source does not finish rows, such as a softmax.</summary>
    MakerTakesNoStages,

    /// <summary>It counts in rows of another width.</summary>
    OtherRows,

    /// <summary>It also reads a value that is not there yet when its source is made.</summary>
    OperandIsMadeLater,

    /// <summary>Several operations read the source, and another of them runs on its rows.</summary>
    AnotherIsFused,
}
