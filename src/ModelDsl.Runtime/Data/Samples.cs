using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl;

/// <summary>Where a data set keeps its samples.</summary>
internal interface ISampleSource
{
    /// <summary>Writes the samples at <paramref name="indices"/> one after the other.</summary>
    /// <param name="indices">Which samples, each within the source.</param>
    /// <param name="sampleLength">The floats of one sample.</param>
    /// <param name="destination">Exactly as many floats as the samples take.</param>
    void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination);
}

/// <summary>Samples that are kept as floats.</summary>
internal sealed class FloatSamples(float[] values) : ISampleSource
{
    /// <inheritdoc />
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination) =>
        Indices.Gather(values.AsSpan(), indices, sampleLength, sampleLength, destination);
}

/// <summary>
/// Samples that are kept as bytes, a quarter of their size as floats, and scaled from [0, 255] to [0, 1] when they are
/// gathered.
/// </summary>
internal sealed unsafe class ByteSamples(ReadOnlyMemory<byte> bytes) : ISampleSource
{
    private const int CacheLine = 64;

    // 1/255 in two parts. The first has 16 bits, so its product with a byte is exact; the sum of both products is then
    // rounded once, and equals x / 255 for all bytes at a fraction of a division's cost.
    private const float UpperPart = 0x8080 / (float)(1 << 23);
    private const float LowerPart = (float)((1.0 / byte.MaxValue) - UpperPart);

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        ReadOnlySpan<byte> source = bytes.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            if (i + 1 < indices.Length)
            {
                Prefetch(source.Slice(indices[i + 1] * sampleLength, sampleLength));
            }

            ToUnit(source.Slice(indices[i] * sampleLength, sampleLength), destination.Slice(i * sampleLength, sampleLength));
        }
    }

    /// <summary>y = x / 255, each vector of bytes widened to four vectors of floats. Limited by the widening.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ReadOnlySpan<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(destination);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            results[(4 * i) + 3] = ToUnit(fourth);
            results[(4 * i) + 2] = ToUnit(third);
            results[(4 * i) + 1] = ToUnit(second);
            results[4 * i] = ToUnit(first);
        }

        for (int i = vectors.Length * Vector<byte>.Count; i < source.Length; i++)
        {
            destination[i] = (source[i] * UpperPart) + (source[i] * LowerPart);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> ToUnit(Vector<uint> bytes)
    {
        Vector<float> values = Vector.ConvertToSingle(bytes.As<uint, int>());
        return (values * UpperPart) + (values * LowerPart);
    }

    /// <summary>
    /// Brings the next sample closer while the one before is converted: samples are taken in random order.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(ReadOnlySpan<byte> sample)
    {
        if (Sse.IsSupported)
        {
            fixed (byte* start = sample)
            {
                for (int offset = 0; offset < sample.Length; offset += CacheLine)
                {
                    Sse.Prefetch0(start + offset);
                }
            }
        }
    }
}

/// <summary>Windows of one text: sample i starts i · stride tokens behind the first.</summary>
internal sealed class TokenWindows(int[] tokens, int stride) : ISampleSource
{
    /// <inheritdoc />
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<int> window = tokens.AsSpan(indices[i] * stride, sampleLength);
            Span<float> sample = destination.Slice(i * sampleLength, sampleLength);
            for (int step = 0; step < sampleLength; step++)
            {
                sample[step] = window[step];
            }
        }
    }
}
