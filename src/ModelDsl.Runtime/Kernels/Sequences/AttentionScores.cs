namespace ModelDsl.Kernels;

/// <summary>The scores of a tile of queries and a tile of keys, and the softmax carried from tile to tile.</summary>
/// <remarks>
/// For each row the largest score m and the sum l = Σ e^(score - m) so far are carried; a larger score scales what is
/// summed already by e^(old m - new m). The sums are doubles, since their number grows with the sequence.
/// </remarks>
internal static unsafe class AttentionScores
{
    /// <summary>scores[row, i] = query[row]·key[i].</summary>
    /// <param name="shape">The extents.</param>
    /// <param name="queries">A tile of queries in working memory, scaled.</param>
    /// <param name="keys">The tile's first key in working memory, transposed.</param>
    /// <param name="scores">[rows, KeyTile].</param>
    /// <param name="rows">The number of queries.</param>
    /// <param name="seen">The number of keys.</param>
    public static void Compute<TVector>(
        AttentionShape shape, float* queries, float* keys, float* scores, int rows, int seen)
        where TVector : struct, ISimdVector<TVector> =>
        TileProduct.Multiply<TVector>(
            queries, shape.PaddedSize, 1, keys, shape.PaddedSteps, scores, AttentionShape.KeyTile,
            rows, AttentionShape.RoundUp(seen, TileProduct.ColumnGrain), shape.HeadSize, accumulate: false);

    /// <summary>
    /// Replaces a row's scores by e^(score - m), and returns what is to be multiplied with what is summed already.
    /// </summary>
    /// <param name="scores">The row's scores, masked.</param>
    /// <param name="visible">The number of keys that the row sees.</param>
    /// <param name="isFirst">Whether nothing is summed yet.</param>
    /// <param name="maximum">m.</param>
    /// <param name="denominator">l.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Accumulate<TVector>(
        float* scores, int visible, bool isFirst, ref float maximum, ref double denominator)
        where TVector : struct, ISimdVector<TVector>
    {
        float before = isFirst ? float.NegativeInfinity : maximum;
        maximum = MathF.Max(before, visible == 0 ? before : SoftmaxRow.Max<TVector>(scores, visible));

        // Where no key was seen so far all powers are zero, whatever is subtracted.
        float shift = float.IsNegativeInfinity(maximum) ? 0f : maximum;
        double total = SoftmaxRow.Exponentials<TVector>(scores, scores, visible, shift);
        if (isFirst)
        {
            denominator = total;
            return 1f;
        }

        float correction = before == maximum ? 1f : MathF.Exp(before - maximum);
        denominator = (denominator * correction) + total;
        return correction;
    }

    /// <summary>
    /// scores[i] += mask[i], where there is a mask. What is masked is -∞ whatever the score is: a NaN or an infinity
    /// of a key
    /// that nobody sees does not come through.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Mask<TVector>(float* scores, float* mask, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        if (mask is null)
        {
            return;
        }

        TVector hidden = TVector.Broadcast(float.NegativeInfinity);
        for (int i = 0; i < count; i += TVector.Count)
        {
            int lanes = Math.Min(TVector.Count, count - i);
            TVector addend = Operand.Load<TVector>(mask + i, lanes);
            TVector sum = Operand.Load<TVector>(scores + i, lanes) + addend;
            Operand.Store(TVector.ConditionalSelect(TVector.EqualTo(addend, hidden), hidden, sum), scores + i, lanes);
        }
    }
}
