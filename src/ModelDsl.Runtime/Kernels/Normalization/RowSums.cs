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
        TVector sum = TVector.Zero;
        int i = 0;
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
        TVector sum = TVector.Zero;
        int i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            TVector difference = TVector.Load(x + i) - TVector.Broadcast(center);
            sum = TVector.MultiplyAdd(difference, difference, sum);
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
}
