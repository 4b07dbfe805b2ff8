namespace ModelDsl.Extensibility;

/// <summary>
/// Functions of a vector, lane by lane, for activations and losses. Every one of them is a polynomial on a reduced
/// argument without branches, passes NaN on and saturates at the infinities.
/// </summary>
public static class VectorMath
{
    /// <summary>
    /// e^x, at most 1.5 units in the last place from the exact value; 0 below -103.98 and infinity above 88.73.
    /// </summary>
    /// <remarks>
    /// x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by a polynomial of degree 7 (Taylor coefficients: the truncation error lies
    /// below 2⁻²⁸), then scaled by 2^n.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        x = TVector.Min(TVector.Broadcast(90f), TVector.Max(TVector.Broadcast(-105f), x));
        TVector n = TVector.Round(x * TVector.Broadcast(1.44269504f));
        TVector p = ExponentialSeries(x, n, out TVector r);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        return TVector.ScaleByPowerOfTwo(p, n);
    }

    /// <summary>
    /// log x, at most 2 units in the last place from the exact value, denormal arguments included; -∞ for 0, NaN below.
    /// </summary>
    /// <remarks>
    /// x = m·2^n with m in [√½, √2); log m = 2·artanh(s) with s = (m - 1) / (m + 1), |s| ≤ 0.172, by its odd power series up
    /// to s¹¹ (the truncation error lies below 2⁻³²).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        TVector small = TVector.LessThan(x, TVector.Broadcast(1.17549435e-38f));
        TVector scaled = TVector.ConditionalSelect(small, x * TVector.Broadcast(16777216f), x);
        TVector n = TVector.Exponent(scaled * TVector.Broadcast(0.707106781f)) + one;
        TVector m = TVector.ScaleByPowerOfTwo(scaled, -n);
        n = TVector.ConditionalSelect(small, n - TVector.Broadcast(24f), n);
        TVector s = (m - one) / (m + one);
        TVector square = s * s;
        TVector p = TVector.Broadcast(2f / 11);
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 9));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 7));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 5));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 3));
        TVector low = TVector.MultiplyAdd(n, TVector.Broadcast(1.42860677e-6f), p * square * s);
        TVector log = TVector.MultiplyAdd(n, TVector.Broadcast(0.693145752f), (s + s) + low);
        log = TVector.ConditionalSelect(
            TVector.EqualTo(x, TVector.Zero), TVector.Broadcast(float.NegativeInfinity), log);
        log = TVector.ConditionalSelect(TVector.LessThan(x, TVector.Broadcast(float.PositiveInfinity)), log, x);
        return TVector.ConditionalSelect(TVector.LessThan(x, TVector.Zero), TVector.Broadcast(float.NaN), log);
    }

    /// <summary>1 / (1 + e^-x), at most 3 units in the last place from the exact value, denormal results included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        // e^-|x| never overflows; for negative x it is the numerator, which keeps tiny results exact.
        TVector e = Exp(-TVector.Abs(x));
        TVector numerator = TVector.ConditionalSelect(TVector.LessThan(x, TVector.Zero), e, TVector.Broadcast(1f));
        return numerator / (TVector.Broadcast(1f) + e);
    }

    /// <summary>tanh x, at most 4.5 units in the last place from the exact value.</summary>
    /// <remarks>
    /// x·P(x²) / Q(x²) up to |x| = 9.1, from where the result is 1 in single precision: the rational function of degrees 4 and 4
    /// whose largest relative error is least, 2.3e-8, found by Lawson's iteration. Limited by the division.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector argument = x;
        x = Clamp(x, 9.1f);
        TVector square = x * x;
        TVector p = Polynomial(
            square, 1.3175125412e-8f, 2.04796864334e-5f, 3.48773270195e-3f, 0.133744145192f, 0.999999977891f);
        TVector q = Polynomial(square, 7.70312834333e-7f, 3.27278241892e-4f, 2.58471063432e-2f, 0.467077286193f, 1f);
        return Saturated(argument, 9.1f, x * p / q);
    }

    /// <summary>erf x = 2/√π ∫₀ˣ e^-t² dt, at most 4.5 units in the last place from the exact value.</summary>
    /// <remarks>
    /// x·P(x²) / Q(x²) up to |x| = 4, from where the result is 1 in single precision: the rational function of degrees 5 and 5
    /// whose largest relative error is least, 2.5e-8, found by Lawson's iteration. Limited by the division and the
    /// multiply-adds alike.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector argument = x;
        x = Clamp(x, 4f);
        TVector square = x * x;
        TVector p = Polynomial(
            square, 1.98656886812e-6f, 2.84469175712e-4f, 3.88104661335e-3f, 5.30945321837e-2f, 0.193498002409f,
            1.12837914012f);
        TVector q = Polynomial(
            square, 3.74128590265e-5f, 1.1849290696e-3f, 1.52026945388e-2f, 0.115329652423f, 0.504815709683f, 1f);
        return Saturated(argument, 4f, x * p / q);
    }

    /// <summary>e^x - 1, at most 3 units in the last place from the exact value; -1 below -17.4 and infinity above 88.73.</summary>
    /// <remarks>
    /// x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r - 1 by its power series up to r⁷ without the leading 1, which would round small results
    /// away; then 2^n·(e^r - 1) + (2^n - 1).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        x = TVector.Min(TVector.Broadcast(90f), TVector.Max(TVector.Broadcast(-20f), x));
        TVector n = TVector.Round(x * TVector.Broadcast(1.44269504f));
        TVector series = SeriesWithoutOne(x, n);

        // 2^128 is no float: what lies beyond 2^127 is a factor for the end.
        TVector low = TVector.Min(TVector.Broadcast(127f), n);
        TVector one = TVector.Broadcast(1f);
        TVector power = TVector.ScaleByPowerOfTwo(one, low);
        return TVector.MultiplyAdd(power, series, power - one) * (one + (n - low));
    }

    /// <summary>e^x - 1 for x up to 0, as <see cref="ExpMinusOne"/> but shorter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector ExpMinusOneBelowZero<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        x = TVector.Max(TVector.Broadcast(-20f), x);
        TVector n = TVector.Round(x * TVector.Broadcast(1.44269504f));
        TVector power = TVector.ScaleByPowerOfTwo(TVector.Broadcast(1f), n);
        return TVector.MultiplyAdd(power, SeriesWithoutOne(x, n), power - TVector.Broadcast(1f));
    }

    /// <summary>e^r - 1 with r = x - n·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector SeriesWithoutOne<TVector>(TVector x, TVector n)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector p = ExponentialSeries(x, n, out TVector r);
        return TVector.MultiplyAdd(p * r, r, r);
    }

    /// <summary>(e^r - 1 - r) / r² with r = x - n·ln 2, by the power series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ExponentialSeries<TVector>(TVector x, TVector n, out TVector r)
        where TVector : struct, ISimdVector<TVector>
    {
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-0.693145752f), x);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-1.42860677e-6f), r);
        return Polynomial(r, 1f / 5040, 1f / 720, 1f / 120, 1f / 24, 1f / 6, 0.5f);
    }

    /// <summary>The value, or NaN where x is NaN: for functions by cases, none of which a NaN belongs to.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector UnlessNaN<TVector>(TVector x, TVector value)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(TVector.EqualTo(x, x), value, x);

    /// <summary>The larger of the two, or NaN where either is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector MaxOrNaN<TVector>(TVector left, TVector right)
        where TVector : struct, ISimdVector<TVector> =>
        UnlessNaN(left, TVector.Max(left, right));

    /// <summary>A polynomial by Horner's rule, the coefficient of the highest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TVector>(TVector x, float c4, float c3, float c2, float c1, float c0)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector sum = TVector.MultiplyAdd(TVector.Broadcast(c4), x, TVector.Broadcast(c3));
        sum = TVector.MultiplyAdd(sum, x, TVector.Broadcast(c2));
        sum = TVector.MultiplyAdd(sum, x, TVector.Broadcast(c1));
        return TVector.MultiplyAdd(sum, x, TVector.Broadcast(c0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TVector>(TVector x, float c5, float c4, float c3, float c2, float c1, float c0)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MultiplyAdd(Polynomial(x, c5, c4, c3, c2, c1), x, TVector.Broadcast(c0));

    /// <summary>±1 from where a function that tends to it is that in single precision, and never more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Saturated<TVector>(TVector x, float bound, TVector value)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f);
        TVector beyond = TVector.GreaterThan(TVector.Abs(x), TVector.Broadcast(bound));
        return TVector.ConditionalSelect(beyond, TVector.CopySign(one, x), Clamp(value, 1f));
    }

    /// <summary>x, or the lowest float where x is -∞: so that its product with a share of 0 is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector AboveNegativeInfinity<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Max(TVector.Broadcast(float.MinValue), x);

    /// <summary>x between -bound and bound; NaN stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector Clamp<TVector>(TVector x, float bound)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Max(TVector.Broadcast(-bound), TVector.Min(TVector.Broadcast(bound), x));

    /// <summary>log(1 + u) for u in [0, 1], at most 2 units in the last place from the exact value.</summary>
    /// <remarks>2·artanh(s) with s = u / (2 + u) ≤ 1/3, by its odd power series up to s¹⁷.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector LogOnePlus<TVector>(TVector u)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector s = u / (TVector.Broadcast(2f) + u);
        TVector square = s * s;
        TVector p = TVector.Broadcast(2f / 17);
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 15));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 13));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 11));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 9));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 7));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 5));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 3));
        return TVector.MultiplyAdd(p * square, s, s + s);
    }
}
