namespace ModelDsl.Kernels;

/// <summary>What one kind of recurrent layer makes of the products of a step.</summary>
internal unsafe interface IRecurrentForward
{
    /// <summary>The number of rows of the recurrent weight for each unit.</summary>
    static abstract int Gates { get; }

    /// <summary>The outputs.</summary>
    HiddenStates Hidden { get; }

    /// <summary>Makes a sample's output of one step from the products of its recurrent weight, [gates·units].</summary>
    void Finish<TVector>(float* products, int sample, RecurrentStep step)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>The forward pass of a recurrent layer over some or all steps.</summary>
/// <remarks>
/// Samples do not depend on each other, so threads divide them and go through all steps without waiting for each other. A
/// block of samples passes over all steps before the next one, with its products in the second cache: at each step the
/// product with the recurrent weight, then one pass that makes gates, states and outputs of it. Limited by the multiply-add
/// units and, with few units, by the exponentials.
/// </remarks>
internal readonly unsafe struct RecurrentForward<TCell> : IRangeKernel
    where TCell : struct, IRecurrentForward
{
    private const int BlockSamples = 56;

    /// <summary>Multiply-adds that pay for a thread's hand-over.</summary>
    private const long WorkPerThread = 1 << 17;

    private readonly TCell _cell;
    private readonly float* _packed;
    private readonly RecurrentShape _shape;
    private readonly int _firstStep;
    private readonly int _endStep;

    private RecurrentForward(in TCell cell, float* packed, RecurrentShape shape, int firstStep, int endStep)
    {
        _cell = cell;
        _packed = packed;
        _shape = shape;
        _firstStep = firstStep;
        _endStep = endStep;
    }

    public static void Run(in TCell cell, FloatSpan packed, int batch, RecurrentShape shape, int firstStep, int endStep)
    {
        int rows = TCell.Gates * shape.Units;
        Guard.Matrix(packed, BlockSizes.RoundUp(rows, RecurrentWeight.Grain), shape.Units);
        long work = Math.Max(1L, (long)rows * shape.Units * (endStep - firstStep));
        var kernel = new RecurrentForward<TCell>(cell, packed.Pointer, shape, firstStep, endStep);
        RangeLoop<RecurrentForward<TCell>>.Run(kernel, batch, grain: 1, (int)Math.Clamp(WorkPerThread / work, 1, int.MaxValue));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        int lanes = TCell.Gates * _shape.Units;
        int width = BlockSizes.RoundUp(lanes, RecurrentWeight.Grain);
        int blocks = (end - start + BlockSamples - 1) / BlockSamples;
        float* products = Scratch.Get((long)Math.Min(end - start, BlockSamples) * width);
        for (int block = 0; block < blocks; block++)
        {
            (int first, int last) = Partition.Part(end - start, blocks, block, grain: 1);
            for (int number = _firstStep; number < _endStep; number++)
            {
                RecurrentStep step = _shape.StepAt(number);
                Multiply<TVector>(start + first, last - first, step, products, lanes, width);
                for (int row = 0; row < last - first; row++)
                {
                    _cell.Finish<TVector>(products + ((nint)row * width), start + first + row, step);
                }
            }
        }
    }

    private void Multiply<TVector>(int sample, int rows, RecurrentStep step, float* products, int lanes, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        if (step.IsFirst)
        {
            new Span<float>(products, rows * width).Clear();
            for (int row = 0; row < rows; row++)
            {
                _cell.Hidden.Begin(sample + row, step);
            }

            return;
        }

        float* source = _cell.Hidden.Source(sample, step, out nint stride);
        RecurrentProduct.Multiply<TVector>(
            source, stride, rows, _shape.Units, _packed, lanes, products, width, accumulate: false);
    }
}
