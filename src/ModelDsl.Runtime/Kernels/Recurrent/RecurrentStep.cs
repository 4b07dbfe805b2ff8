namespace ModelDsl.Kernels;

/// <summary>One step of a sequence as a recurrent layer reads it.</summary>
/// <param name="Position">Where the step lies in the sequence.</param>
/// <param name="Direction">1 or -1: the way from a step to the one that is read next.</param>
/// <param name="IsFirst">Whether it is read first.</param>
/// <param name="IsLast">Whether it is read last.</param>
internal readonly record struct RecurrentStep(int Position, int Direction, bool IsFirst, bool IsLast)
{
    /// <summary>
    /// Whether a gradient of the state comes from behind the step: from the step that is read after it, or from who
    /// reads the last state.
    /// </summary>
    public bool HasCarry { get; init; }

    /// <summary>Where the step that is read before this one lies.</summary>
    public int Before => Position - Direction;

    /// <summary>Where the step that is read after this one lies.</summary>
    public int After => Position + Direction;
}

/// <summary>
/// One step of one sequence behind others, whose output and state are where those of the step before were.
/// </summary>
internal readonly unsafe struct RecurrentStepKernel<TCell>(TCell cell, float* products) : IRangeKernel
    where TCell : struct, IRecurrentForward
{
    private readonly TCell _cell = cell;
    private readonly float* _products = products;

    /// <summary>The shape that a cell for one step has.</summary>
    public static RecurrentShape Shape(int units) => new(1, units) { LastOnly = true };

    public static void Run(TCell cell, float* products) =>
        RangeLoop<RecurrentStepKernel<TCell>>.Run(
            new RecurrentStepKernel<TCell>(cell, products), length: 1, grain: 1, perThread: 1);

    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector> =>
        _cell.Finish<TVector>(
            _products, row: 0, sample: 0, new RecurrentStep(Position: 0, Direction: 1, IsFirst: false, IsLast: true));
}
