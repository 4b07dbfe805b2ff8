namespace ModelDsl.CompilerServices;

/// <summary>∂slope[c] = Σ g[·, c]·min(x[·, c], 0), or the sum of them all where there is one slope.</summary>
/// <remarks>
/// Groups of rows are summed first, then the groups in order, so the bits do not depend on the threads. Limited by
/// memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class PreluSlopes
{
    private const int GroupRows = 64;

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
        accumulate |= slopeGradient.GoesOn;
        var groups = SumGroups.OfRows(rows, BatchSum.RowsOfBlock(slopeGradient, rows), GroupRows);
        FloatSpan parts = SharedScratch.Get(groups.Count * columns);
        var work = new SumWork(gradient, input, parts, groups, columns);
        LineWork.Run(groups.Count, (long)rows * columns, ref work);
        if (isShared)
        {
            slopeGradient[0] = Total(parts, groups, columns, accumulate ? slopeGradient[0] : 0f);
            return;
        }

        Span<float> sums = slopeGradient.Slice(0, columns);
        if (!accumulate)
        {
            sums.Clear();
        }

        ElementwiseRun.Apply(sums, new SumPartsRun(parts.Pointer, groups.Count, groups.Together, columns));
    }

    // One slope for all columns: what the groups of a block of samples add up to is a term, as it is for each column.
    private static float Total(FloatSpan parts, SumGroups groups, int columns, float total)
    {
        for (int group = 0; group < groups.Count; group += groups.Together)
        {
            double sum = 0;
            int count = Math.Min(groups.Together, groups.Count - group);
            foreach (float part in parts.Slice(group * columns, count * columns).AsSpan())
            {
                sum += part;
            }

            total += (float)sum;
        }

        return total;
    }

    private readonly struct SumWork(
        FloatSpan gradient, FloatSpan input, FloatSpan parts, SumGroups groups, int columns) : ILineWork
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int group)
        {
            (int row, int end) = groups.Range(group);
            nint first = (nint)row * columns;
            ElementwiseRun.Apply(
                parts.Slice(group * columns, columns),
                new Sum(gradient.Pointer + first, input.Pointer + first, end - row, columns));
        }
    }

    private readonly struct Sum(float* gradient, float* input, int rows, int columns) : IElementwiseFunction
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
