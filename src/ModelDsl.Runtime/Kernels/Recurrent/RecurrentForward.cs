namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer makes of the products of a step.</summary>
internal unsafe interface IRecurrentForward
{
    /// <summary>Makes an output from the products of the recurrent weight, [gates·units].</summary>
    /// <param name="products">The products.</param>
    /// <param name="row">The sample's step, counted through all samples.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Finish<TVector>(float* products, nint row, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;

    /// <summary>Leaves the states as they are at a step that is padding, whose output is the one before.</summary>
    /// <param name="row">The sample's step, counted through all samples.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="step">The step.</param>
    void Keep(nint row, int sample, RecurrentStep step);
}

/// <summary>The forward pass of a recurrent layer over some or all steps.</summary>
/// <remarks>
/// Samples do not depend on each other, so threads divide them and go through all steps without waiting for each other. A
/// block of samples passes over all steps before the next one, with its products in the second cache: at each step the
/// product with the recurrent weight, then one pass that makes gates, states and outputs of it. At a step that is
/// padding nobody reads the product, which saves telling samples apart. Limited by the multiply-add units and, with few
/// units, by the exponentials.
/// </remarks>
internal readonly unsafe struct RecurrentForward<TCell>(
    TCell cell, HiddenStates hidden, float* packed, RecurrentSteps steps) : IRangeKernel
    where TCell : struct, IRecurrentForward
{
    private readonly TCell _cell = cell;
    private readonly float* _packed = packed;

    /// <summary>Makes the outputs of some steps.</summary>
    /// <param name="cell">What is made of the products.</param>
    /// <param name="hidden">The outputs.</param>
    /// <param name="packed">The recurrent weight.</param>
    /// <param name="steps">The steps.</param>
    public static void Run(in TCell cell, HiddenStates hidden, FloatSpan packed, RecurrentSteps steps)
    {
        Guard.Matrix(packed, BlockSizes.RoundUp(steps.Rows, RecurrentWeight.Grain), steps.Shape.Units);
        steps.Run(new RecurrentForward<TCell>(cell, hidden, packed.Pointer, steps));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        RecurrentShape shape = steps.Shape;
        int lanes = steps.Rows;
        int width = BlockSizes.RoundUp(lanes, RecurrentWeight.Grain);
        int blocks = (end - start + RecurrentSteps.BlockSamples - 1) / RecurrentSteps.BlockSamples;
        float* products = Scratch.Get((long)Math.Min(end - start, RecurrentSteps.BlockSamples) * width);
        for (int block = 0; block < blocks; block++)
        {
            (int first, int last) = Partition.Part(end - start, blocks, block, grain: 1);
            for (int number = steps.First; number < steps.End; number++)
            {
                RecurrentStep step = shape.StepAt(number);
                Multiply<TVector>(start + first, last - first, step, products, lanes, width);
                for (int sample = start + first; sample < start + last; sample++)
                {
                    float* own = products + ((nint)(sample - start - first) * width);
                    nint row = shape.Row(sample, step);
                    if (steps.IsPadding(row))
                    {
                        _cell.Keep(row, sample, step);
                    }
                    else
                    {
                        _cell.Finish<TVector>(own, row, sample, step);
                    }
                }
            }
        }
    }

    private void Multiply<TVector>(int sample, int rows, RecurrentStep step, float* products, int lanes, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int row = 0; row < rows && step.IsFirst; row++)
        {
            hidden.Begin(sample + row, step);
        }

        if (step.IsFirst && !hidden.HasInitial)
        {
            new Span<float>(products, rows * width).Clear();
            return;
        }

        float* source = hidden.Source(sample, step, out nint stride);
        RecurrentProduct.Multiply<TVector>(
            source, stride, rows, steps.Shape.Units, _packed, lanes, products, width, accumulate: false);
    }
}
