namespace ModelDsl.Simd;

/// <summary>A sum of many terms, lane by lane, whose error does not grow with their number.</summary>
/// <remarks>
/// Terms are added up plainly in blocks of <see cref="Block"/>, and the blocks with compensation: what an addition
/// rounds away is kept and added to the next block (Kahan, 1965). The relative error of a sum of positive terms stays
/// below 1e-6, however many there are. It costs no time where a plain sum would wait for each of its additions.
/// </remarks>
internal static unsafe class LongSum
{
    /// <summary>
    /// The number of terms that are added up plainly, of which a chain's error stays below that bound.
    /// </summary>
    public const int Block = 64;

    /// <summary>total + rest += block, with the total rounded and the rest what rounding has taken from it.</summary>
    /// <remarks>
    /// An infinite or undefined total has no rest, so that infinities and NaN come through as they do in a plain sum.
    /// </remarks>
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

    /// <summary>total + rest += the terms from 0 to before <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddTerms<TVector, TTerm>(ref TVector total, ref TVector rest, int count, TTerm term)
        where TVector : struct, ISimdVector<TVector>
        where TTerm : struct, ISumTerm
    {
        for (int i = 0; i < count;)
        {
            TVector block = TVector.Zero;
            for (int end = Math.Min(count, i + Block); i < end; i++)
            {
                block = term.AddTo(block, i);
            }

            Add(ref total, ref rest, block);
        }
    }

    /// <summary>The sum of the terms from 0 to before <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector, TTerm>(int count, TTerm term)
        where TVector : struct, ISimdVector<TVector>
        where TTerm : struct, ISumTerm
    {
        TVector total = TVector.Zero, rest = TVector.Zero;
        AddTerms(ref total, ref rest, count, term);
        return total;
    }
}

/// <summary>The terms of a <see cref="LongSum"/>.</summary>
internal interface ISumTerm
{
    /// <summary>sum + term number <paramref name="i"/>.</summary>
    TVector AddTo<TVector>(TVector sum, int i)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>row[i] of rows that lie at equal distances.</summary>
/// <param name="first">The elements of the first row.</param>
/// <param name="distance">The floats from one row to the next.</param>
/// <param name="count">The number of elements, at most those of a vector.</param>
internal readonly unsafe struct RowTerm(float* first, nint distance, int count) : ISumTerm
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector AddTo<TVector>(TVector sum, int i)
        where TVector : struct, ISimdVector<TVector> => sum + Operand.Load<TVector>(first + (i * distance), count);
}
