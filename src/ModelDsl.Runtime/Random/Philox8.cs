using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl;

/// <summary>Philox blocks of 8 successive counters at a time. See <see cref="Philox"/>.</summary>
internal static unsafe class Philox8
{
    /// <summary>The distance between where the first, second, third and fourth words go.</summary>
    private const int WordDistance = 32;

    /// <summary>The words at the counters (counter0, counter1 + lane, stream), word by word, for 8 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(uint counter0, uint counter1, ulong stream, ulong seed, uint* destination)
    {
        Vector256<uint> word0 = Vector256.Create(counter0);
        Vector256<uint> word1 = Vector256.Create(counter1) + Vector256<uint>.Indices;
        Vector256<uint> word2 = Vector256.Create((uint)stream);
        Vector256<uint> word3 = Vector256.Create((uint)(stream >> 32));
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Multiply(word0, Philox.FirstMultiplier, out Vector256<uint> high0, out Vector256<uint> low0);
            Multiply(word2, Philox.SecondMultiplier, out Vector256<uint> high2, out Vector256<uint> low2);
            word0 = high2 ^ word1 ^ Vector256.Create(key0);
            word1 = low2;
            word2 = high0 ^ word3 ^ Vector256.Create(key1);
            word3 = low0;
            key0 += Philox.FirstWeyl;
            key1 += Philox.SecondWeyl;
        }

        word0.Store(destination);
        word1.Store(destination + WordDistance);
        word2.Store(destination + (2 * WordDistance));
        word3.Store(destination + (3 * WordDistance));
    }

    /// <summary>The halves of the 64-bit products, lane by lane: even and odd lanes are multiplied apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector256<uint> value, uint multiplier, out Vector256<uint> high, out Vector256<uint> low)
    {
        Vector256<uint> factor = Vector256.Create(multiplier);
        Vector256<uint> odd = Vector256.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector256<ulong> evenProduct = Avx2.Multiply(value, factor);
        Vector256<ulong> oddProduct = Avx2.Multiply((value.AsUInt64() >> 32).AsUInt32(), factor);
        low = Vector256.ConditionalSelect(odd, (oddProduct << 32).AsUInt32(), evenProduct.AsUInt32());
        high = Vector256.ConditionalSelect(odd, oddProduct.AsUInt32(), (evenProduct >> 32).AsUInt32());
    }
}
