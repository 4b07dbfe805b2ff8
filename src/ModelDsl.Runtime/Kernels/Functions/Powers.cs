namespace ModelDsl.Kernels;

/// <summary>x^y = e^(y·log x), lane by lane.</summary>
internal static class Powers
{
    // The exponential is 0 or infinite long before; beyond, the rest of a product is no number.
    private const float Beyond = 512f;

    /// <summary>
    /// x^y, at most 6 units in the last place from the exact value where that is normal; the sign of an odd power where
    /// x is negative and y is an integer, NaN where y is none, and where either is NaN.
    /// </summary>
    /// <remarks>The logarithm and its product with y are sums of two floats: e^z takes an error of z for a relative
    /// one.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Power<TVector>(TVector x, TVector y)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector zero = TVector.Zero, one = TVector.Broadcast(1f);
        TVector magnitude = TVector.Abs(x);
        TVector log = Log(magnitude, out TVector logRest);
        TVector exponent = y * log;
        TVector rest = TVector.MultiplyAdd(y, logRest, TVector.MultiplyAdd(y, log, -exponent));
        rest = TVector.ConditionalSelect(TVector.LessThan(TVector.Abs(exponent), TVector.Broadcast(Beyond)), rest, zero);
        TVector power = VectorMath.Exp(exponent);
        power = TVector.ConditionalSelect(
            TVector.LessThan(power, TVector.Broadcast(float.PositiveInfinity)),
            TVector.MultiplyAdd(power, rest, power),
            power);
        power = TVector.ConditionalSelect(TVector.EqualTo(y, zero), one, power);

        TVector half = y * TVector.Broadcast(0.5f);
        TVector isOdd = TVector.ConditionalSelect(TVector.EqualTo(TVector.Round(half), half), zero, one);
        TVector signed = TVector.ConditionalSelect(TVector.EqualTo(isOdd, zero), power, -power);
        signed = TVector.ConditionalSelect(
            TVector.EqualTo(TVector.Round(y), y), signed, TVector.Broadcast(float.NaN));
        power = TVector.ConditionalSelect(TVector.LessThan(x, zero), signed, power);
        return VectorMath.UnlessNaN(x, VectorMath.UnlessNaN(y, power));
    }

    /// <summary>log x as the sum of a float and a rest, for x from 0 to infinity: -∞ and ∞ at the ends.</summary>
    /// <remarks>As <see cref="VectorMath.Log"/>, with the quotient s and the first terms in two floats.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Log<TVector>(TVector x, out TVector rest)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector one = TVector.Broadcast(1f), infinity = TVector.Broadcast(float.PositiveInfinity);
        TVector small = TVector.LessThan(x, TVector.Broadcast(1.17549435e-38f));
        TVector scaled = TVector.ConditionalSelect(small, x * TVector.Broadcast(16777216f), x);
        TVector n = TVector.Exponent(scaled * TVector.Broadcast(0.707106781f)) + one;
        TVector m = TVector.ScaleByPowerOfTwo(scaled, -n);
        n = TVector.ConditionalSelect(small, n - TVector.Broadcast(24f), n);

        TVector numerator = m - one, denominator = m + one;
        TVector denominatorRest = m - (denominator - one);
        TVector s = numerator / denominator;
        TVector quotientRest = TVector.MultiplyAdd(-s, denominator, numerator) - (s * denominatorRest);
        quotientRest /= denominator;

        TVector square = s * s;
        TVector p = TVector.Broadcast(2f / 13);
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 11));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 9));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 7));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 5));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2f / 3));

        // n·0.693145752 is exact: the constant has few digits.
        TVector high = n * TVector.Broadcast(0.693145752f), twice = s + s;
        TVector sum = high + twice;
        TVector lost = TVector.ConditionalSelect(
            TVector.LessThan(TVector.Abs(high), TVector.Abs(twice)), (twice - sum) + high, (high - sum) + twice);
        rest = TVector.MultiplyAdd(n, TVector.Broadcast(1.42860677e-6f), lost);
        rest = TVector.MultiplyAdd(p * square, s, rest) + (quotientRest + quotientRest);

        // The third power of s is part of the float, and only what that rounds away stays a rest.
        TVector total = sum + rest;
        rest -= total - sum;

        TVector isInner = TVector.LessThan(x, infinity);
        rest = TVector.ConditionalSelect(isInner, rest, TVector.Zero);
        total = TVector.ConditionalSelect(isInner, total, infinity);
        TVector isZero = TVector.EqualTo(x, TVector.Zero);
        rest = TVector.ConditionalSelect(isZero, TVector.Zero, rest);
        return TVector.ConditionalSelect(isZero, TVector.Broadcast(float.NegativeInfinity), total);
    }
}
