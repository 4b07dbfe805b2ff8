namespace ModelDsl.Simd;

/// <summary>Reads and writes the whole vectors of a run, and the part of one at its end, by the same code.</summary>
internal static unsafe class Operand
{
    /// <summary>The first <paramref name="count"/> floats; zeros in the other lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load<TVector>(float* source, int count)
        where TVector : struct, ISimdVector<TVector> =>
        count == TVector.Count ? TVector.Load(source) : TVector.LoadPartial(source, count);

    /// <summary>Writes the first <paramref name="count"/> floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<TVector>(TVector value, float* destination, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        if (count == TVector.Count)
        {
            value.Store(destination);
        }
        else
        {
            value.StorePartial(destination, count);
        }
    }
}

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
