namespace ModelDsl.Kernels;

/// <summary>The steps that one call of a recurrent layer works on, for all samples of a batch.</summary>
internal readonly unsafe struct RecurrentSteps
{
    /// <summary>The samples that pass over all steps before the next ones, with their products in the second cache.</summary>
    public const int BlockSamples = 56;

    /// <summary>Multiply-adds that pay for a thread's hand-over.</summary>
    private const long WorkPerThread = 1 << 17;

    private readonly int _batch;
    private readonly float* _mask;

    /// <exception cref="ArgumentException">
    /// An extent is not positive, the steps are none of the sequence, or the mask is too short.
    /// </exception>
    public RecurrentSteps(int batch, RecurrentShape shape, int gates, int first, int end, FloatSpan mask)
    {
        shape.Check(first, end);
        (_batch, Shape, Rows, First, End) = (batch, shape, gates * shape.Units, first, end);
        if (!mask.IsEmpty)
        {
            Guard.Matrix(mask, batch, shape.Steps);
            _mask = mask.Pointer;
        }
    }

    /// <summary>The number of samples.</summary>
    public int Batch => _batch;

    public RecurrentShape Shape { get; }

    /// <summary>The rows of the recurrent weight: one for each gate of each unit.</summary>
    public int Rows { get; }

    public int First { get; }

    /// <summary>The step after the last one.</summary>
    public int End { get; }

    /// <summary>Whether a step of some sample may be padding.</summary>
    public bool HasPadding => _mask is not null;

    /// <summary>Whether a sample's step is padding, which changes no state.</summary>
    /// <param name="row">The sample's step, counted through all samples.</param>
    public bool IsPadding(nint row) => _mask is not null && _mask[row] != 0f;

    /// <summary>Checks that an operand holds a number for each gate, step and sample.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckGates(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Blocks(operand, _batch, Shape.Steps, Rows, name);

    /// <summary>Checks that an operand holds a number for each unit, step and sample.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckStates(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Blocks(operand, _batch, Shape.Steps, Shape.Units, name);

    /// <summary>Checks that an operand holds the outputs, of all steps or of the one that is read last.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckResult(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Matrix(operand, _batch, Shape.ResultLength, name);

    /// <summary>
    /// Checks that an operand holds the gradients of the outputs, where it is not empty.
    /// </summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckResultGradient(
        FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if (!operand.IsEmpty)
        {
            CheckResult(operand, name);
        }
    }

    /// <summary>Checks that an operand holds a number for each unit and sample, where it is not empty.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckState(FloatSpan operand, [CallerArgumentExpression(nameof(operand))] string name = "")
    {
        if (!operand.IsEmpty)
        {
            CheckRows(operand, Shape.Units, name);
        }
    }

    /// <summary>Checks that an operand holds a row for each sample.</summary>
    /// <exception cref="ArgumentException">It is too short.</exception>
    public void CheckRows(
        FloatSpan operand, int width, [CallerArgumentExpression(nameof(operand))] string name = "") =>
        Guard.Matrix(operand, _batch, width, name);

    /// <summary>Runs a kernel over the samples.</summary>
    public void Run<TKernel>(in TKernel kernel)
        where TKernel : struct, IRangeKernel
    {
        long work = Math.Max(1L, (long)Rows * Shape.Units * (End - First));
        RangeLoop<TKernel>.Run(kernel, _batch, grain: 1, (int)Math.Clamp(WorkPerThread / work, 1, int.MaxValue));
    }
}
