namespace ModelDsl.Kernels;

/// <summary>Sine and cosine, lane by lane, at most 2 units in the last place from the exact values.</summary>
/// <remarks>
/// x = n·π/2 + r with |r| ≤ π/4, where π/2 is a sum of three floats (Cody and Waite, 1980), and polynomials of r
/// (Moshier's Cephes). Arguments from 2^16 on, for which those three are too few, are computed in double precision.
/// </remarks>
internal static unsafe class Trigonometry
{
    private const float Far = 65536f;

    /// <summary>sin x; NaN at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sin<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector quarter = Reduce(x, out TVector r);
        TVector value = TVector.ConditionalSelect(IsOdd(quarter), CosSeries(r), SinSeries(r));
        TVector isNegative = TVector.ConditionalSelect(
            TVector.LessThan(quarter, TVector.Broadcast(-0.5f)),
            TVector.EqualTo(r, r),
            TVector.GreaterThan(quarter, TVector.Broadcast(1.5f)));
        value = TVector.ConditionalSelect(isNegative, -value, value);
        return IsNear(x) ? value : WithFar(x, value, isSine: true);
    }

    /// <summary>cos x; NaN at the infinities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Cos<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector quarter = Reduce(x, out TVector r);
        TVector value = TVector.ConditionalSelect(IsOdd(quarter), SinSeries(r), CosSeries(r));
        TVector isNegative = TVector.ConditionalSelect(
            TVector.GreaterThan(quarter, TVector.Broadcast(0.5f)),
            TVector.EqualTo(r, r),
            TVector.LessThan(quarter, TVector.Broadcast(-1.5f)));
        value = TVector.ConditionalSelect(isNegative, -value, value);
        return IsNear(x) ? value : WithFar(x, value, isSine: false);
    }

    // A NaN would hide what stands beside it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNear<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MaxAcross(TVector.ConditionalSelect(TVector.EqualTo(x, x), TVector.Abs(x), TVector.Zero)) < Far;

    /// <summary>n mod 4 between -2 and 2, and r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Reduce<TVector>(TVector x, out TVector r)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector n = TVector.Round(x * TVector.Broadcast(0.636619772f));
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-1.57079637f), x);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(4.37113883e-8f), r);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(1.71512489e-15f), r);
        return TVector.MultiplyAdd(TVector.Round(n * TVector.Broadcast(0.25f)), TVector.Broadcast(-4f), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector IsOdd<TVector>(TVector quarter)
        where TVector : struct, ISimdVector<TVector> => TVector.EqualTo(TVector.Abs(quarter), TVector.Broadcast(1f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SinSeries<TVector>(TVector r)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector square = r * r;
        TVector p = TVector.MultiplyAdd(
            TVector.Broadcast(-1.9515295891e-4f), square, TVector.Broadcast(8.3321608736e-3f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(-1.6666654611e-1f));
        return TVector.MultiplyAdd(p * square, r, r);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CosSeries<TVector>(TVector r)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector square = r * r;
        TVector p = TVector.MultiplyAdd(
            TVector.Broadcast(2.443315711809948e-5f), square, TVector.Broadcast(-1.388731625493765e-3f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(4.166664568298827e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(-0.5f));
        return TVector.MultiplyAdd(p, square, TVector.Broadcast(1f));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TVector WithFar<TVector>(TVector x, TVector value, bool isSine)
        where TVector : struct, ISimdVector<TVector>
    {
        float* arguments = stackalloc float[TVector.Count];
        float* values = stackalloc float[TVector.Count];
        x.Store(arguments);
        value.Store(values);
        for (int i = 0; i < TVector.Count; i++)
        {
            if (Math.Abs(arguments[i]) >= Far)
            {
                values[i] = (float)(isSine ? Math.Sin(arguments[i]) : Math.Cos(arguments[i]));
            }
        }

        return TVector.Load(values);
    }
}
