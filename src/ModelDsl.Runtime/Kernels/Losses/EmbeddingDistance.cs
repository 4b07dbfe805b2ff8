namespace ModelDsl.Kernels;

/// <summary>Distances between two embeddings.</summary>
internal static unsafe class EmbeddingDistance
{
    /// <summary>Below it, squares that single precision has lost may count; it is far above what is lost.</summary>
    private const float SmallestSquare = 1e-24f;

    /// <summary>Σ (a - b + offset)², also where it is no float: distances of 10⁻³⁸ to 10³⁸ have a square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Square<TVector>(float* a, float* b, float offset, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        float square = Scaled<TVector>(a, b, offset, 1f, width);
        return square >= SmallestSquare && square < float.PositiveInfinity
            ? square
            : FarSquare<TVector>(a, b, offset, width, square);
    }

    /// <summary>The square by differences that are scaled, exactly, so that the largest is about 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static double FarSquare<TVector>(float* a, float* b, float offset, int width, float square)
        where TVector : struct, ISimdVector<TVector>
    {
        float largest = 0f;
        for (int i = 0; i < width; i++)
        {
            largest = MathF.Max(largest, MathF.Abs(a[i] - b[i] + offset));
        }

        if (!(largest > 0f && largest < float.PositiveInfinity))
        {
            return square;
        }

        int exponent = Math.Clamp(Math.ILogB(largest), -126, 126);
        return Math.ScaleB(Scaled<TVector>(a, b, offset, MathF.ScaleB(1f, -exponent), width), 2 * exponent);
    }

    /// <summary>Σ (scale·(a - b + offset))².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Scaled<TVector>(float* a, float* b, float offset, float scale, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector total = TVector.Zero, rest = TVector.Zero;
        for (int i = 0; i < width;)
        {
            TVector sum = TVector.Zero;
            int end = (int)Math.Min(width, i + ((long)LongSum.Block * TVector.Count));
            for (; i < end; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, width - i);
                TVector difference = Operand.Load<TVector>(a + i, count) - Operand.Load<TVector>(b + i, count);
                difference = (difference + TVector.Broadcast(offset)) * TVector.Broadcast(scale);
                TVector square = difference * difference;
                sum += count == TVector.Count
                    ? square
                    : TVector.ConditionalSelect(TVector.FirstLanes(count), square, TVector.Zero);
            }

            LongSum.Add(ref total, ref rest, sum);
        }

        return TVector.Sum(total);
    }
}
