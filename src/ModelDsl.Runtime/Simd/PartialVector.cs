namespace ModelDsl.Simd;

/// <summary>Reads and writes a part of a vector where the processor has no masks: through a buffer.</summary>
internal static unsafe class PartialVector
{
    public static TVector Load<TVector>(float* source, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        float* padded = stackalloc float[TVector.Count];
        TVector.Zero.Store(padded);
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(padded, count));
        return TVector.Load(padded);
    }

    public static void Store<TVector>(TVector value, float* destination, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        float* padded = stackalloc float[TVector.Count];
        value.Store(padded);
        new ReadOnlySpan<float>(padded, count).CopyTo(new Span<float>(destination, count));
    }
}
