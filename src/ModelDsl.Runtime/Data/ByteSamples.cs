using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// Samples that are kept as bytes, a quarter of their size as floats, and scaled from [0, 255] to [0, 1] when they are
/// gathered.
/// </summary>
internal sealed class ByteSamples(ReadOnlyMemory<byte> bytes) : ISampleSource
{
    private const float Highest = byte.MaxValue;

    /// <inheritdoc />
    public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        ReadOnlySpan<byte> source = bytes.Span;
        for (int i = 0; i < indices.Length; i++)
        {
            ToUnit(source.Slice(indices[i] * sampleLength, sampleLength), destination.Slice(i * sampleLength, sampleLength));
        }
    }

    /// <summary>y = x / 255, each vector of bytes widened to four vectors of floats. Limited by division.</summary>
    internal static void ToUnit(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ReadOnlySpan<Vector<byte>> vectors = MemoryMarshal.Cast<byte, Vector<byte>>(source);
        Span<Vector<float>> results = MemoryMarshal.Cast<float, Vector<float>>(destination);
        for (int i = 0; i < vectors.Length; i++)
        {
            Vector.Widen(vectors[i], out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low, out Vector<uint> first, out Vector<uint> second);
            Vector.Widen(high, out Vector<uint> third, out Vector<uint> fourth);
            results[(4 * i) + 3] = Vector.ConvertToSingle(fourth.As<uint, int>()) / Highest;
            results[(4 * i) + 2] = Vector.ConvertToSingle(third.As<uint, int>()) / Highest;
            results[(4 * i) + 1] = Vector.ConvertToSingle(second.As<uint, int>()) / Highest;
            results[4 * i] = Vector.ConvertToSingle(first.As<uint, int>()) / Highest;
        }

        for (int i = vectors.Length * Vector<byte>.Count; i < source.Length; i++)
        {
            destination[i] = source[i] / Highest;
        }
    }
}
