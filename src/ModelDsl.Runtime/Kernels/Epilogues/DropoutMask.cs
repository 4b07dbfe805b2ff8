using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Kernels;

/// <summary>Which of 128 neighbouring columns of a row dropout keeps, from sixteen Philox blocks.</summary>
/// <remarks>
/// The block for the counter (row, 16·group + lane, stream) gives four words; the halves of word w decide the columns
/// 32·w + lane and 32·w + 16 + lane of the group. So the words of sixteen counters in a vector are masks of neighbouring
/// columns, and narrower vectors give the same. These are whole numbers, so their width is chosen here. Limited by the
/// multiplications: about 25 cycles for 16 columns.
/// </remarks>
internal static unsafe class DropoutMask
{
    /// <summary>The number of columns in a group.</summary>
    public const int Columns = 128;

    private const int Lanes = 16;

    /// <summary>kept[i] = all ones if the group's column i is kept, else zero.</summary>
    /// <param name="kept">Room for <see cref="Columns"/> words.</param>
    /// <param name="seed">Philox's key.</param>
    /// <param name="stream">The upper half of its counter.</param>
    /// <param name="row">The row.</param>
    /// <param name="group">The group's number in the row.</param>
    /// <param name="threshold">The probability of a zero, in 2⁻¹⁶.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fill(uint* kept, ulong seed, ulong stream, int row, int group, uint threshold)
    {
        if (Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            FillWords<PhiloxLanes16>(kept, seed, stream, row, group);
        }
        else if (Vector256.IsHardwareAccelerated && Avx2.IsSupported)
        {
            FillWords<PhiloxLanes8>(kept, seed, stream, row, group);
        }
        else
        {
            FillWords<PhiloxLane>(kept, seed, stream, row, group);
        }

        // The words stand in every other sixteen columns: compare their halves in place.
        for (int word = 0; word < 4; word++)
        {
            uint* low = kept + (word * 2 * Lanes);
            for (int lane = 0; lane < Lanes; lane += Vector128<uint>.Count)
            {
                Vector128<uint> words = Vector128.Load(low + lane);
                Vector128<uint> limit = Vector128.Create(threshold);
                Vector128.GreaterThanOrEqual(words & Vector128.Create(0xFFFFu), limit).Store(low + lane);
                Vector128.GreaterThanOrEqual(words >> 16, limit).Store(low + Lanes + lane);
            }
        }
    }

    /// <summary>The words of the group's counters; those of one place in their blocks are neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillWords<TLanes>(uint* words, ulong seed, ulong stream, int row, int group)
        where TLanes : struct, IPhiloxLanes<TLanes>
    {
        for (int lane = 0; lane < Lanes; lane += TLanes.Count)
        {
            TLanes word0 = TLanes.Broadcast((uint)row), word1 = TLanes.From((uint)((group * Lanes) + lane));
            TLanes word2 = TLanes.Broadcast((uint)stream), word3 = TLanes.Broadcast((uint)(stream >> 32));
            Philox.Mix(ref word0, ref word1, ref word2, ref word3, seed);
            word0.Store(words + lane);
            word1.Store(words + (2 * Lanes) + lane);
            word2.Store(words + (4 * Lanes) + lane);
            word3.Store(words + (6 * Lanes) + lane);
        }
    }
}
