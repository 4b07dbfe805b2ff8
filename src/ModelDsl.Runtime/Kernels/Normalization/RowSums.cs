using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Sums over one row, in as many partial sums as a vector has lanes.</summary>
internal static unsafe class RowSums
{
    /// <summary>The elements that are summed in single precision before their sum is added in double precision.</summary>
    private const int Piece = 1024;

    /// <summary>In a smaller sum, squares may count that were lost below the smallest float.</summary>
    private const float SmallestSum = 1e-24f;

    /// <summary>Σ (x - center).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        double total = Differences<TVector>(x, center, Math.Min(length, Piece));
        for (int i = Piece; i < length; i += Piece)
        {
            total += Differences<TVector>(x + i, center, Math.Min(length - i, Piece));
        }

        return total;
    }

    /// <summary>Σ (x - center)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumOfSquares<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        double total = Squares<TVector>(x, center, Math.Min(length, Piece));
        for (int i = Piece; i < length; i += Piece)
        {
            total += Squares<TVector>(x + i, center, Math.Min(length - i, Piece));
        }

        return total;
    }

    /// <summary>A piece's sum in single precision, or in double precision where it leaves its range.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Differences<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        float sum = SumPiece<TVector>(x, center, length);
        return float.IsFinite(sum) ? sum : FarSum(x, center, length, power: 1);
    }

    /// <summary>
    /// A piece's sum of squares in single precision, or in double precision where they leave its range.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Squares<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        float squares = SquarePiece<TVector>(x, center, length);
        return float.IsPositiveInfinity(squares) || squares is > 0f and < SmallestSum
            ? FarSum(x, center, length, power: 2)
            : squares;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double FarSum(float* x, float center, int length, int power)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            double difference = (double)x[i] - center;
            sum += power == 1 ? difference : difference * difference;
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SumPiece<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        // Four sums at once, so that one addition need not wait for the one before.
        TVector middle = TVector.Broadcast(center);
        TVector sum = TVector.Zero, second = TVector.Zero, third = TVector.Zero, fourth = TVector.Zero;
        int i = 0;
        for (; i <= length - (4 * TVector.Count); i += 4 * TVector.Count)
        {
            sum += TVector.Load(x + i) - middle;
            second += TVector.Load(x + i + TVector.Count) - middle;
            third += TVector.Load(x + i + (2 * TVector.Count)) - middle;
            fourth += TVector.Load(x + i + (3 * TVector.Count)) - middle;
        }

        sum = (sum + second) + (third + fourth);
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            sum += TVector.Load(x + i) - middle;
        }

        float total = TVector.Sum(sum);
        for (; i < length; i++)
        {
            total += x[i] - center;
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float SquarePiece<TVector>(float* x, float center, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector middle = TVector.Broadcast(center);
        TVector sum = TVector.Zero, second = TVector.Zero, third = TVector.Zero, fourth = TVector.Zero;
        int i = 0;
        for (; i <= length - (4 * TVector.Count); i += 4 * TVector.Count)
        {
            sum = AddSquare(x + i, middle, sum);
            second = AddSquare(x + i + TVector.Count, middle, second);
            third = AddSquare(x + i + (2 * TVector.Count), middle, third);
            fourth = AddSquare(x + i + (3 * TVector.Count), middle, fourth);
        }

        sum = (sum + second) + (third + fourth);
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            sum = AddSquare(x + i, middle, sum);
        }

        float total = TVector.Sum(sum);
        for (; i < length; i++)
        {
            total += (x[i] - center) * (x[i] - center);
        }

        return total;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddSquare<TVector>(float* x, TVector center, TVector sum)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = TVector.Load(x) - center;
        return TVector.MultiplyAdd(difference, difference, sum);
    }
}
