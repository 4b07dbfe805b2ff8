namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer does on the way back.</summary>
internal unsafe interface IRecurrentBackward
{
    /// <summary>Whether a step's output reaches the next one also without the recurrent weight.</summary>
    static virtual bool HasDirectPath => false;

    /// <summary>
    /// Makes the gradients of a sample's gates at one step. Where there is a direct path, its part of the gradient of
    /// the output before stays in <paramref name="carry"/>.
    /// </summary>
    /// <param name="carry">
    /// The gradient of the output that comes from behind the step; undefined where none does
    /// (<see cref="RecurrentStep.HasCarry"/>).
    /// </param>
    /// <param name="row">The sample's step, counted through all samples.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Differentiate<TVector>(float* carry, nint row, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>
    /// At a step that is padding the gradients of the gates are zero, and those of the states go on to the step before.
    /// </summary>
    /// <param name="carry">As above, which gets the gradient of the step's own output in addition.</param>
    /// <param name="row">The sample's step, counted through all samples.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Pass<TVector>(float* carry, nint row, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>The backward pass of a recurrent layer over some or all steps, from the one that is read last.</summary>
/// <remarks>
/// Divided as <see cref="RecurrentForward{TCell}"/>. At each step one pass makes the gradients of the gates, and their product
/// with the recurrent weight is the gradient of the output before. The gradients of weights and inputs are left to products
/// over all steps at once. Limited by the multiply-add units.
/// </remarks>
internal readonly unsafe struct RecurrentBackward<TCell>(
    TCell cell, float* gradient, float* packed, float* carry, RecurrentSteps steps, StateGradients states)
    : IRangeKernel
    where TCell : struct, IRecurrentBackward
{
    private readonly TCell _cell = cell;
    private readonly float* _gradient = gradient;
    private readonly float* _packed = packed;
    private readonly float* _carry = carry;

    /// <summary>
    /// Whether something reaches the output before without the weight, where a step is padding at least.
    /// </summary>
    private bool Accumulates => TCell.HasDirectPath || steps.HasPadding;

    /// <summary>Makes the gradients of some steps.</summary>
    /// <param name="cell">What makes the gradients of the gates.</param>
    /// <param name="gradient">Where it puts those of the recurrent products: [batch, steps, gates·units].</param>
    /// <param name="packed">The recurrent weight.</param>
    /// <param name="carry">The gradient of the output before the first of the steps.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="states">The gradients of the output before the first step and behind the last.</param>
    public static void Run(
        in TCell cell,
        FloatSpan gradient,
        FloatSpan packed,
        FloatSpan carry,
        RecurrentSteps steps,
        StateGradients states)
    {
        int width = BlockSizes.RoundUp(steps.Shape.Units, RecurrentWeight.Grain);
        Guard.Matrix(packed, steps.Rows, width);
        steps.CheckRows(carry, width);
        states.Begin(carry, width);
        steps.Run(
            new RecurrentBackward<TCell>(cell, gradient.Pointer, packed.Pointer, carry.Pointer, steps, states));
        states.End(carry, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        RecurrentShape shape = steps.Shape;
        int depth = steps.Rows;
        nint stride = (nint)shape.Steps * depth;
        int width = BlockSizes.RoundUp(shape.Units, RecurrentWeight.Grain);
        int blocks = (end - start + RecurrentSteps.BlockSamples - 1) / RecurrentSteps.BlockSamples;
        for (int block = 0; block < blocks; block++)
        {
            (int first, int last) = Partition.Part(end - start, blocks, block, grain: 1);
            float* carry = _carry + ((nint)(start + first) * width);
            for (int number = steps.End - 1; number >= steps.First; number--)
            {
                RecurrentStep step = states.StepAt(number);
                for (int sample = start + first; sample < start + last; sample++)
                {
                    Differentiate<TVector>(_carry + ((nint)sample * width), width, sample, step);
                }

                if (!step.IsFirst || states.HasInitial)
                {
                    float* gradient = _gradient + ((start + first) * stride) + ((nint)step.Position * depth);
                    RecurrentProduct.Multiply<TVector>(
                        gradient, stride, last - first, depth, _packed, shape.Units, carry, width, Accumulates);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Differentiate<TVector>(float* carry, int width, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>
    {
        nint row = steps.Shape.Row(sample, step);
        if (steps.IsPadding(row))
        {
            _cell.Pass<TVector>(carry, row, sample, step);
            return;
        }

        _cell.Differentiate<TVector>(carry, row, sample, step);
        if (Accumulates && !TCell.HasDirectPath)
        {
            new Span<float>(carry, width).Clear();
        }
    }
}

/// <summary>The gradients of a recurrent layer's outputs: of all steps, or of the one that is read last.</summary>
/// <param name="gradient">[batch, steps, units], or [batch, units]; null where all are zero.</param>
/// <param name="shape">The extents.</param>
internal readonly unsafe struct OutputGradients(float* gradient, RecurrentShape shape)
{
    /// <summary>The gradient of a sample's output at a step; null where it is zero.</summary>
    public float* Of(int sample, RecurrentStep step)
    {
        if (gradient is null)
        {
            return null;
        }

        if (!shape.LastOnly)
        {
            return gradient + (shape.Row(sample, step) * shape.Units);
        }

        return step.IsLast ? gradient + ((nint)sample * shape.Units) : null;
    }

    /// <summary>Adds the gradient from the reader of the layer to that from behind the step.</summary>
    public void AddTo<TVector>(float* carry, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>
    {
        float* output = Of(sample, step);
        for (int i = 0; i < shape.Units; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, shape.Units - i);
            Operand.Store(Sum<TVector>(output, carry, step, i, count), carry + i, count);
        }
    }

    /// <summary>The gradient from the reader of the layer and from behind the step together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sum<TVector>(float* output, float* carry, RecurrentStep step, int index, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = output is null ? TVector.Zero : Operand.Load<TVector>(output + index, count);
        return step.HasCarry ? sum + Operand.Load<TVector>(carry + index, count) : sum;
    }
}
