namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer does on the way back.</summary>
internal unsafe interface IRecurrentBackward
{
    /// <summary>The number of rows of the recurrent weight for each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>Whether a step's output reaches the next one also without the recurrent weight.</summary>
    static abstract bool HasDirectPath { get; }

    /// <summary>The gradients of the recurrent products: [batch, steps, gates·units].</summary>
    float* ProductGradient { get; }

    /// <summary>
    /// Makes the gradients of a sample's gates at one step. Where there is a direct path, its part of the gradient of
    /// the output before stays in <paramref name="carry"/>.
    /// </summary>
    /// <param name="carry">
    /// The gradient of the output that comes from the step after; undefined at the step that is read last.
    /// </param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Differentiate<TVector>(float* carry, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>The backward pass of a recurrent layer over some or all steps, from the one that is read last.</summary>
/// <remarks>
/// Divided as <see cref="RecurrentForward{TCell}"/>. At each step one pass makes the gradients of the gates, and their product
/// with the recurrent weight is the gradient of the output before. The gradients of weights and inputs are left to products
/// over all steps at once. Limited by the multiply-add units.
/// </remarks>
internal readonly unsafe struct RecurrentBackward<TCell> : IRangeKernel
    where TCell : struct, IRecurrentBackward
{
    private const int BlockSamples = 56;

    /// <summary>Multiply-adds that pay for a thread's hand-over.</summary>
    private const long WorkPerThread = 1 << 17;

    private readonly TCell _cell;
    private readonly float* _packed;
    private readonly float* _carry;
    private readonly RecurrentShape _shape;
    private readonly int _firstStep;
    private readonly int _endStep;

    private RecurrentBackward(in TCell cell, float* packed, float* carry, RecurrentShape shape, int firstStep, int endStep)
    {
        _cell = cell;
        _packed = packed;
        _carry = carry;
        _shape = shape;
        _firstStep = firstStep;
        _endStep = endStep;
    }

    public static void Run(
        in TCell cell, FloatSpan packed, FloatSpan carry, int batch, RecurrentShape shape, int firstStep, int endStep)
    {
        int rows = TCell.Gates * shape.Units;
        int width = BlockSizes.RoundUp(shape.Units, RecurrentWeight.Grain);
        Guard.Matrix(packed, rows, width);
        Guard.Matrix(carry, batch, width);
        long work = Math.Max(1L, (long)rows * shape.Units * (endStep - firstStep));
        var kernel = new RecurrentBackward<TCell>(cell, packed.Pointer, carry.Pointer, shape, firstStep, endStep);
        RangeLoop<RecurrentBackward<TCell>>.Run(kernel, batch, grain: 1, (int)Math.Clamp(WorkPerThread / work, 1, int.MaxValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        int depth = TCell.Gates * _shape.Units;
        nint stride = (nint)_shape.Steps * depth;
        int width = BlockSizes.RoundUp(_shape.Units, RecurrentWeight.Grain);
        int blocks = (end - start + BlockSamples - 1) / BlockSamples;
        for (int block = 0; block < blocks; block++)
        {
            (int first, int last) = Partition.Part(end - start, blocks, block, grain: 1);
            float* carry = _carry + ((nint)(start + first) * width);
            for (int number = _endStep - 1; number >= _firstStep; number--)
            {
                RecurrentStep step = _shape.StepAt(number);
                for (int row = 0; row < last - first; row++)
                {
                    _cell.Differentiate<TVector>(carry + ((nint)row * width), start + first + row, step);
                }

                if (!step.IsFirst)
                {
                    float* gradient = _cell.ProductGradient + ((start + first) * stride) + ((nint)step.Position * depth);
                    RecurrentProduct.Multiply<TVector>(
                        gradient, stride, last - first, depth, _packed, _shape.Units, carry, width, TCell.HasDirectPath);
                }
            }
        }
    }
}

/// <summary>The gradients of a recurrent layer's outputs: of all steps, or of the one that is read last.</summary>
/// <param name="gradient">[batch, steps, units], or [batch, units].</param>
/// <param name="shape">The extents.</param>
internal readonly unsafe struct OutputGradients(float* gradient, RecurrentShape shape)
{
    /// <summary>The gradient of a sample's output at a step; null where it is zero.</summary>
    public float* Of(int sample, RecurrentStep step)
    {
        if (!shape.LastOnly)
        {
            return gradient + ((((nint)sample * shape.Steps) + step.Position) * shape.Units);
        }

        return step.IsLast ? gradient + ((nint)sample * shape.Units) : null;
    }

    /// <summary>The gradient from the reader of the layer and from the next step together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum<TVector>(float* output, float* carry, RecurrentStep step, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = output is null ? TVector.Zero : Operand.Load<TVector>(output + index, count);
        return step.IsLast ? sum : sum + Operand.Load<TVector>(carry + index, count);
    }
}
