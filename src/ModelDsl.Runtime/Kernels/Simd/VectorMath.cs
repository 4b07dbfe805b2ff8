using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

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
        TVector r = TVector.MultiplyAdd(n, TVector.Broadcast(-0.693145752f), x);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-1.42860677e-6f), r);
        TVector p = TVector.Broadcast(1f / 5040);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 720));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 120));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 24));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f / 6));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(0.5f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1f));
        return TVector.ScaleByPowerOfTwo(p, n);
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

    /// <summary>tanh x, at most 3 units in the last place from the exact value.</summary>
    /// <remarks>
    /// Below 0.625 an odd polynomial (Moshier's Cephes library, tanhf), beyond it 1 - 2 / (e^2|x| + 1).
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector magnitude = TVector.Abs(x);
        TVector square = x * x;
        TVector p = TVector.Broadcast(-5.70498872745e-3f);
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(2.06390887954e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(-5.37397155531e-2f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(1.33314422036e-1f));
        p = TVector.MultiplyAdd(p, square, TVector.Broadcast(-3.33332819422e-1f));
        TVector near = TVector.MultiplyAdd(p * square, x, x);
        TVector one = TVector.Broadcast(1f);
        TVector far = one - (TVector.Broadcast(2f) / (Exp(magnitude + magnitude) + one));
        return TVector.ConditionalSelect(
            TVector.LessThan(magnitude, TVector.Broadcast(0.625f)), near, TVector.CopySign(far, x));
    }

    /// <summary>erf x = 2/√π ∫₀ˣ e^-t² dt, at most 2 units in the last place from the exact value.</summary>
    /// <remarks>
    /// Two minimax polynomials that meet at |x| = 475/512; the outer one gives the exponent of 1 - erf. The coefficients are
    /// those published by N. Juffa for single precision.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector>
    {
        // Beyond 4 the result is 1 in single precision; the clamp keeps the polynomial from overflowing.
        TVector magnitude = TVector.Min(TVector.Broadcast(4.5f), TVector.Abs(x));
        TVector square = magnitude * magnitude;
        TVector far = TVector.MultiplyAdd(
            TVector.Broadcast(-1.72853470e-5f), magnitude, TVector.Broadcast(3.83197126e-4f));
        TVector low = TVector.MultiplyAdd(
            TVector.Broadcast(-3.88396438e-3f), magnitude, TVector.Broadcast(2.42546219e-2f));
        far = TVector.MultiplyAdd(far, square, low);
        far = TVector.MultiplyAdd(far, magnitude, TVector.Broadcast(-1.06777877e-1f));
        far = TVector.MultiplyAdd(far, magnitude, TVector.Broadcast(-6.34846687e-1f));
        far = TVector.MultiplyAdd(far, magnitude, TVector.Broadcast(-1.28717512e-1f));
        far = TVector.MultiplyAdd(far, magnitude, -magnitude);
        far = TVector.CopySign(TVector.Broadcast(1f) - Exp(far), x);
        TVector near = TVector.Broadcast(-5.96761703e-4f);
        near = TVector.MultiplyAdd(near, square, TVector.Broadcast(4.99119423e-3f));
        near = TVector.MultiplyAdd(near, square, TVector.Broadcast(-2.67681349e-2f));
        near = TVector.MultiplyAdd(near, square, TVector.Broadcast(1.12819925e-1f));
        near = TVector.MultiplyAdd(near, square, TVector.Broadcast(-3.76125336e-1f));
        near = TVector.MultiplyAdd(near, square, TVector.Broadcast(1.28379166e-1f));
        near = TVector.MultiplyAdd(near, x, x);
        return TVector.ConditionalSelect(TVector.GreaterThan(magnitude, TVector.Broadcast(0.927734375f)), far, near);
    }

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
