using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Sums over one row, in as many partial sums as a vector has lanes.</summary>
internal static unsafe class RowSums
{
    /// <summary>Σ x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum<TVector>(float* x, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        // Four sums at once, so that one addition need not wait for the one before.
        TVector sum = TVector.Zero, second = TVector.Zero, third = TVector.Zero, fourth = TVector.Zero;
        int i = 0;
        for (; i <= length - (4 * TVector.Count); i += 4 * TVector.Count)
        {
            sum += TVector.Load(x + i);
            second += TVector.Load(x + i + TVector.Count);
            third += TVector.Load(x + i + (2 * TVector.Count));
            fourth += TVector.Load(x + i + (3 * TVector.Count));
        }

        sum = (sum + second) + (third + fourth);
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            sum += TVector.Load(x + i);
        }

        float total = TVector.Sum(sum);
        for (; i < length; i++)
        {
            total += x[i];
        }

        return total;
    }

    /// <summary>Σ (x - center)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float SumOfSquares<TVector>(float* x, float center, int length)
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

    /// <summary>Σ x·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot<TVector>(float* x, float* y, int length)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        int i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            sum = TVector.MultiplyAdd(TVector.Load(x + i), TVector.Load(y + i), sum);
        }

        float total = TVector.Sum(sum);
        for (; i < length; i++)
        {
            total += x[i] * y[i];
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
