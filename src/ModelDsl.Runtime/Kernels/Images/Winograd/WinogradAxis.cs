namespace ModelDsl.Kernels;

/// <summary>
/// y = Aᵀ[(G·g) ⊙ (Bᵀ·d)] along one axis: four outputs of a filter of three taps from six inputs, by six products in place
/// of twelve. Here are Bᵀ, G, Aᵀ and, for the gradient of the filter, A and Gᵀ.
/// </summary>
/// <remarks>
/// Both operands are polynomials that are evaluated at 0, ±P, ±Q and infinity, multiplied point by point and interpolated
/// (Winograd, "Arithmetic Complexity of Computations", 1980; Lavin and Gray, "Fast Algorithms for Convolutional Neural
/// Networks", 2015). The points decide the rounding error: with 1 and 2, as in the paper, it is four times that of the direct
/// sum, with 5/8 and 3/2 twice; their powers are exact in single precision.
/// <para>A bound of the error, for C channels with |d| ≤ D and |g| ≤ W: a rounding of 2⁻²⁴ in a transformed pixel or
/// filter, a sum over channels or a transform back is multiplied by no more than |Aᵀ|·(|G|·|g| ⊙ |Bᵀ|·|d|), which along
/// one axis is 23.75·D·W. A value passes through <see cref="TransformRoundings"/> roundings of the three transforms in
/// both directions and C of the sum, so |error| ≤ (C + 28)·2⁻²⁴·23.75²·C·D·W. Roundings are hardly ever of one sign: those
/// that are independent come to the root of (C + 28)·C in place of it, and what is measured is 20 times smaller still.</para>
/// </remarks>
internal static class WinogradAxis
{
    /// <summary>The number of outputs of a tile.</summary>
    public const int Outputs = 4;

    /// <summary>The number of taps of a filter.</summary>
    public const int Taps = 3;

    /// <summary>The number of inputs of a tile, and of points.</summary>
    public const int Points = 6;

    /// <summary>4 in each direction for a pixel and for a filter, 6 for a result.</summary>
    internal const int TransformRoundings = 28;

    /// <summary>The largest row sum of |Aᵀ|·(|G|·1 ⊙ |Bᵀ|·1).</summary>
    internal const double Amplification = 23.75;

    private const float P = 0.625f;
    private const float Q = 1.5f;
    private const float P2 = P * P;
    private const float Q2 = Q * Q;

    /// <summary>The products of each point's distances to the others, for 0, ±P and ±Q.</summary>
    private const float Distance0 = P2 * Q2;
    private const float DistanceP = 2 * P2 * (P2 - Q2);
    private const float DistanceQ = 2 * Q2 * (Q2 - P2);

    /// <summary>Bᵀ·d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Inputs<TVector>(
        TVector d0, TVector d1, TVector d2, TVector d3, TVector d4, TVector d5,
        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector evenP = MultiplyAdd(-Q2, d2, d4);
        TVector oddP = MultiplyAdd(-Q2, d1, d3);
        TVector evenQ = MultiplyAdd(-P2, d2, d4);
        TVector oddQ = MultiplyAdd(-P2, d1, d3);
        t0 = MultiplyAdd(P2 * Q2, d0, MultiplyAdd(-(P2 + Q2), d2, d4));
        t1 = MultiplyAdd(P, oddP, evenP);
        t2 = MultiplyAdd(-P, oddP, evenP);
        t3 = MultiplyAdd(Q, oddQ, evenQ);
        t4 = MultiplyAdd(-Q, oddQ, evenQ);
        t5 = MultiplyAdd(P2 * Q2, d1, MultiplyAdd(-(P2 + Q2), d3, d5));
    }

    /// <summary>G·g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filters<TVector>(
        TVector g0, TVector g1, TVector g2,
        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector evenP = MultiplyAdd(P2 / DistanceP, g2, Multiply(1 / DistanceP, g0));
        TVector evenQ = MultiplyAdd(Q2 / DistanceQ, g2, Multiply(1 / DistanceQ, g0));
        t0 = Multiply(1 / Distance0, g0);
        t1 = MultiplyAdd(P / DistanceP, g1, evenP);
        t2 = MultiplyAdd(-P / DistanceP, g1, evenP);
        t3 = MultiplyAdd(Q / DistanceQ, g1, evenQ);
        t4 = MultiplyAdd(-Q / DistanceQ, g1, evenQ);
        t5 = g2;
    }

    /// <summary>Aᵀ·m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Results<TVector>(
        TVector m0, TVector m1, TVector m2, TVector m3, TVector m4, TVector m5,
        out TVector y0, out TVector y1, out TVector y2, out TVector y3)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector evenP = m1 + m2;
        TVector oddP = m1 - m2;
        TVector evenQ = m3 + m4;
        TVector oddQ = m3 - m4;
        y0 = m0 + evenP + evenQ;
        y1 = MultiplyAdd(Q, oddQ, Multiply(P, oddP));
        y2 = MultiplyAdd(Q2, evenQ, Multiply(P2, evenP));
        y3 = MultiplyAdd(Q2 * Q, oddQ, MultiplyAdd(P2 * P, oddP, m5));
    }

    /// <summary>A·y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gradients<TVector>(
        TVector y0, TVector y1, TVector y2, TVector y3,
        out TVector t0, out TVector t1, out TVector t2, out TVector t3, out TVector t4, out TVector t5)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector evenP = MultiplyAdd(P2, y2, y0);
        TVector oddP = MultiplyAdd(P2, y3, y1);
        TVector evenQ = MultiplyAdd(Q2, y2, y0);
        TVector oddQ = MultiplyAdd(Q2, y3, y1);
        t0 = y0;
        t1 = MultiplyAdd(P, oddP, evenP);
        t2 = MultiplyAdd(-P, oddP, evenP);
        t3 = MultiplyAdd(Q, oddQ, evenQ);
        t4 = MultiplyAdd(-Q, oddQ, evenQ);
        t5 = y3;
    }

    /// <summary>Gᵀ·s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradients<TVector>(
        TVector s0, TVector s1, TVector s2, TVector s3, TVector s4, TVector s5,
        out TVector g0, out TVector g1, out TVector g2)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector evenP = s1 + s2;
        TVector oddP = s1 - s2;
        TVector evenQ = s3 + s4;
        TVector oddQ = s3 - s4;
        g0 = MultiplyAdd(1 / DistanceQ, evenQ, MultiplyAdd(1 / DistanceP, evenP, Multiply(1 / Distance0, s0)));
        g1 = MultiplyAdd(Q / DistanceQ, oddQ, Multiply(P / DistanceP, oddP));
        g2 = MultiplyAdd(Q2 / DistanceQ, evenQ, MultiplyAdd(P2 / DistanceP, evenP, s5));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Multiply<TVector>(float factor, TVector value)
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(factor) * value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyAdd<TVector>(float factor, TVector value, TVector addend)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.MultiplyAdd(TVector.Broadcast(factor), value, addend);
}
