namespace ModelDsl.Kernels;

/// <summary>
/// Numbers too small for a float's full precision, on which every operation takes a hundred times as long. The running means of a
/// parameter without gradients, as behind a dead ReLU, would end among them.
/// </summary>
internal static class Denormals
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>0 in place of each denormal number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Flush<TVector>(TVector x)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            TVector.LessThan(TVector.Abs(x), TVector.Broadcast(SmallestNormal)), TVector.Zero, x);
}
