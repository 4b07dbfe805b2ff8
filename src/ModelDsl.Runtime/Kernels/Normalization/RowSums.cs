namespace ModelDsl.Kernels;

/// <summary>Sums over one row of f(x - center), in as many partial sums as a vector has lanes.</summary>
internal static unsafe class RowSums
{
    /// <summary>The elements that are summed in single precision before their sum is added in double precision.</summary>
    private const int Piece = 1024;

    /// <summary>Σ (x - center).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector> => Sum<TVector, Difference>(x, center, length);

    /// <summary>Σ (x - center)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumOfSquares<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector> => Sum<TVector, Square>(x, center, length);

    /// <summary>Σ (x - center)² of values at equal distances, in double precision.</summary>
    public static double FarSumOfSquares(float* x, nint distance, double center, int length) =>
        FarSum<Square>(x, distance, center, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum<TVector, TPower>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
        where TPower : struct, IPower
    {
        double total = SumPiece<TVector, TPower>(x, center, Math.Min(length, Piece));
        for (int i = Piece; i < length; i += Piece)
        {
            total += SumPiece<TVector, TPower>(x + i, center, Math.Min(length - i, Piece));
        }

        return total;
    }

    /// <summary>A piece's sum in single precision, or in double precision where it leaves its range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double SumPiece<TVector, TPower>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
        where TPower : struct, IPower
    {
        float sum = NearSum<TVector, TPower>(x, center, length);
        return TPower.LeavesRange(sum) ? FarSum<TPower>(x, distance: 1, center, length) : sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double FarSum<TPower>(float* x, nint distance, double center, int length)
        where TPower : struct, IPower
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            sum += TPower.Of(x[i * distance] - center);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float NearSum<TVector, TPower>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
        where TPower : struct, IPower
    {
        // Four sums at once, so that one addition need not wait for the one before.
        TVector middle = TVector.Broadcast(center);
        TVector sum = TVector.Zero, second = TVector.Zero, third = TVector.Zero, fourth = TVector.Zero;
        int i = 0;
        for (; i <= length - (4 * TVector.Count); i += 4 * TVector.Count)
        {
            sum = TPower.Add(sum, TVector.Load(x + i) - middle);
            second = TPower.Add(second, TVector.Load(x + i + TVector.Count) - middle);
            third = TPower.Add(third, TVector.Load(x + i + (2 * TVector.Count)) - middle);
            fourth = TPower.Add(fourth, TVector.Load(x + i + (3 * TVector.Count)) - middle);
        }

        sum = (sum + second) + (third + fourth);
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            sum = TPower.Add(sum, TVector.Load(x + i) - middle);
        }

        float total = TVector.Sum(sum);
        for (; i < length; i++)
        {
            total += TPower.Of(x[i] - center);
        }

        return total;
    }

    /// <summary>The function f.</summary>
    private interface IPower
    {
        static abstract float Of(float difference);

        static abstract double Of(double difference);

        /// <summary>sum + f(difference).</summary>
        static abstract TVector Add<TVector>(TVector sum, TVector difference)
            where TVector : struct, ISimdVector<TVector>;

        /// <summary>Whether a sum is too large for single precision, or terms too small for it may count.</summary>
        static abstract bool LeavesRange(float sum);
    }

    private readonly struct Difference : IPower
    {
        public static float Of(float difference) => difference;

        public static double Of(double difference) => difference;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add<TVector>(TVector sum, TVector difference)
            where TVector : struct, ISimdVector<TVector> => sum + difference;

        public static bool LeavesRange(float sum) => !float.IsFinite(sum);
    }

    private readonly struct Square : IPower
    {
        /// <summary>In a smaller sum, squares may count that were lost below the smallest float.</summary>
        private const float SmallestSum = 1e-24f;

        public static float Of(float difference) => difference * difference;

        public static double Of(double difference) => difference * difference;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Add<TVector>(TVector sum, TVector difference)
            where TVector : struct, ISimdVector<TVector> => TVector.MultiplyAdd(difference, difference, sum);

        public static bool LeavesRange(float sum) =>
            float.IsPositiveInfinity(sum) || sum is > 0f and < SmallestSum;
    }
}
