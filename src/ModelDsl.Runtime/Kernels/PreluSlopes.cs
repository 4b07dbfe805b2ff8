namespace ModelDsl.CompilerServices;

/// <summary>∂slope[c] = Σ g[·, c]·min(x[·, c], 0), or the sum of them all where there is one slope.</summary>
/// <remarks>
/// Blocks of rows are summed first, then the blocks in order, so the bits do not depend on the threads. Limited by memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PreluSlopes
{
    private const int BlockRows = 64;

    /// <summary>The gradient of the slopes of <see cref="Prelu"/>.</summary>
    /// <param name="gradient">The gradient of the output: [rows, columns].</param>
    /// <param name="input">What was given to the activation: [rows, columns].</param>
    /// <param name="slopeGradient">[columns], or one value.</param>
    /// <param name="rows">The number of rows; with 0 the gradient is 0.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="accumulate">Whether the gradient is added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Gradient(
        FloatSpan gradient, FloatSpan input, FloatSpan slopeGradient, int rows, int columns, bool accumulate = false)
    {
        Guard.Matrix(gradient, rows, columns);
        Guard.Matrix(input, rows, columns);
        bool isShared = slopeGradient.Length == 1;
        Guard.Vector(slopeGradient, isShared ? 1 : columns);
        int blocks = (rows + BlockRows - 1) / BlockRows;
        FloatSpan parts = SharedScratch.Get((blocks + 1) * columns);
        var work = new SumWork(gradient, input, parts, rows, columns);
        LineWork.Run(blocks, (long)rows * columns, ref work);

        Span<float> sums = isShared ? parts.Slice(blocks * columns, columns) : slopeGradient.Slice(0, columns);
        if (isShared || !accumulate)
        {
            sums.Clear();
        }

        ElementwiseRun.Apply(sums, new SumBlocksRun(parts.Pointer, blocks, columns));

        if (isShared)
        {
            double total = accumulate ? slopeGradient[0] : 0;
            foreach (float sum in sums)
            {
                total += sum;
            }

            slopeGradient[0] = (float)total;
        }
    }

    private readonly struct SumWork(FloatSpan gradient, FloatSpan input, FloatSpan parts, int rows, int columns) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int block)
        {
            nint first = (nint)block * BlockRows * columns;
            ElementwiseRun.Apply(
                parts.Slice(block * columns, columns),
                new Total(gradient.Pointer + first, input.Pointer + first, Math.Min(BlockRows, rows - (block * BlockRows)), columns));
        }
    }

    private readonly struct Total(float* gradient, float* input, int rows, int columns) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            LongSum.Of<TVector, Term>(rows, new(gradient + index, input + index, columns, count));
    }

    /// <summary>g[i, ·]·min(x[i, ·], 0).</summary>
    private readonly struct Term(float* gradient, float* input, int columns, int count) : ISumTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TVector>(TVector sum, int i)
            where TVector : struct, ISimdVector<TVector>
        {
            nint place = (nint)i * columns;
            TVector negative = TVector.Min(TVector.Zero, Operand.Load<TVector>(input + place, count));
            return TVector.MultiplyAdd(Operand.Load<TVector>(gradient + place, count), negative, sum);
        }
    }
}
