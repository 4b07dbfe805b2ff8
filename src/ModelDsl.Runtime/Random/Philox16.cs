using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl;

/// <summary>Philox blocks of 16 successive counters at a time. See <see cref="Philox"/>.</summary>
internal static unsafe class Philox16
{
    /// <summary>The distance between where the first, second, third and fourth words go.</summary>
    private const int WordDistance = 32;

    /// <summary>The words at the counters (counter0, counter1 + lane, stream), word by word, for 16 lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Block(uint counter0, uint counter1, ulong stream, ulong seed, uint* destination)
    {
        Vector512<uint> word0 = Vector512.Create(counter0);
        Vector512<uint> word1 = Vector512.Create(counter1) + Vector512<uint>.Indices;
        Vector512<uint> word2 = Vector512.Create((uint)stream);
        Vector512<uint> word3 = Vector512.Create((uint)(stream >> 32));
        uint key0 = (uint)seed;
        uint key1 = (uint)(seed >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Multiply(word0, Philox.FirstMultiplier, out Vector512<uint> high0, out Vector512<uint> low0);
            Multiply(word2, Philox.SecondMultiplier, out Vector512<uint> high2, out Vector512<uint> low2);
            word0 = high2 ^ word1 ^ Vector512.Create(key0);
            word1 = low2;
            word2 = high0 ^ word3 ^ Vector512.Create(key1);
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
    private static void Multiply(Vector512<uint> value, uint multiplier, out Vector512<uint> high, out Vector512<uint> low)
    {
        Vector512<uint> factor = Vector512.Create(multiplier);
        Vector512<uint> odd = Vector512.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector512<ulong> evenProduct = Avx512F.Multiply(value, factor);
        Vector512<ulong> oddProduct = Avx512F.Multiply((value.AsUInt64() >> 32).AsUInt32(), factor);
        low = Vector512.ConditionalSelect(odd, (oddProduct << 32).AsUInt32(), evenProduct.AsUInt32());
        high = Vector512.ConditionalSelect(odd, oddProduct.AsUInt32(), (evenProduct >> 32).AsUInt32());
    }
}
