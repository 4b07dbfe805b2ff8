using System.Runtime.CompilerServices;
using ModelDsl.Kernels;

namespace ModelDsl.Simd;

/// <summary>A sum of many terms, lane by lane, whose error does not grow with their number.</summary>
/// <remarks>
/// Terms are added up plainly in blocks of <see cref="Block"/>, and the blocks with compensation: what an addition rounds away
/// is kept and added to the next block (Kahan, 1965). The relative error of a sum of positive terms stays below 1e-6, however
/// many there are. It costs no time where a plain sum would wait for each of its additions.
/// </remarks>
internal static unsafe class LongSum
{
    /// <summary>The number of terms that are added up plainly, of which a chain's error stays below that bound.</summary>
    public const int Block = 64;

    /// <summary>total + rest += block, with the total rounded and the rest what rounding has taken from it.</summary>
    /// <remarks>An infinite or undefined total has no rest, so that infinities and NaN come through as they do in a plain sum.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add<TVector>(ref TVector total, ref TVector rest, TVector block)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector addend = block + rest;
        TVector sum = total + addend;
        TVector lost = addend - (sum - total);
        rest = TVector.ConditionalSelect(TVector.EqualTo(lost, lost), lost, TVector.Zero);
        total = sum;
    }

    /// <summary>Σ row[i] over rows that lie at equal distances.</summary>
    /// <param name="first">The elements of the first row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="distance">The floats from one row to the next.</param>
    /// <param name="count">The number of elements, at most those of a vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector OfRows<TVector>(float* first, int rows, nint distance, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector total = TVector.Zero, rest = TVector.Zero;
        for (int row = 0; row < rows;)
        {
            TVector sum = TVector.Zero;
            for (int end = Math.Min(rows, row + Block); row < end; row++)
            {
                sum += Operand.Load<TVector>(first, count);
                first += distance;
            }

            Add(ref total, ref rest, sum);
        }

        return total;
    }
}
