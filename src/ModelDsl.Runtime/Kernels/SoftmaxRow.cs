using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>The steps of a softmax over one row.</summary>
/// <remarks>A sum is taken lane by lane and its lanes added as a tree, in the same order whatever the threads.</remarks>
internal static unsafe class SoftmaxRow
{
    /// <summary>The largest value.</summary>
    /// <param name="x">The row.</param>
    /// <param name="columns">Its length; positive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max<TVector>(float* x, int columns)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector lowest = TVector.Broadcast(float.NegativeInfinity);
        TVector max = lowest;
        int i = 0;
        for (; i <= columns - TVector.Count; i += TVector.Count)
        {
            max = TVector.Max(max, TVector.Load(x + i));
        }

        if (i < columns)
        {
            TVector last = TVector.LoadPartial(x + i, columns - i);
            max = TVector.Max(max, TVector.ConditionalSelect(TVector.FirstLanes(columns - i), last, lowest));
        }

        return TVector.MaxAcross(max);
    }

    /// <summary>destination[i] = e^(x[i] - max), and returns the sum.</summary>
    /// <param name="x">The row.</param>
    /// <param name="destination">Where the exponentials go; may be the row, or null.</param>
    /// <param name="columns">The row's length.</param>
    /// <param name="max">The row's largest value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Exponentials<TVector>(float* x, float* destination, int columns, float max)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector shift = TVector.Broadcast(max);
        TVector sum = TVector.Zero;
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            TVector e = VectorMath.Exp(Operand.Load<TVector>(x + i, count) - shift);
            if (count < TVector.Count)
            {
                e = TVector.ConditionalSelect(TVector.FirstLanes(count), e, TVector.Zero);
            }

            if (destination is not null)
            {
                Operand.Store(e, destination + i, count);
            }

            sum += e;
        }

        return TVector.Sum(sum);
    }

    /// <summary>values[i] *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale<TVector>(float* values, int columns, float factor)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scale = TVector.Broadcast(factor);
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            Operand.Store(Operand.Load<TVector>(values + i, count) * scale, values + i, count);
        }
    }

    /// <summary>Σ x[i]·y[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Dot<TVector>(float* x, float* y, int columns)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.Zero;
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            sum = TVector.MultiplyAdd(Operand.Load<TVector>(x + i, count), Operand.Load<TVector>(y + i, count), sum);
        }

        return TVector.Sum(sum);
    }
}
