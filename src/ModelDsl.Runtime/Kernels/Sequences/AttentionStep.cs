namespace ModelDsl.Kernels;

/// <summary>The attention of one head for one step, to the keys and values of all steps up to it.</summary>
/// <remarks>
/// Each key is read once for its score and each value once for the sum. Limited by how fast they come from the cache.
/// </remarks>
internal static unsafe class AttentionStep
{
    /// <param name="query">The head's query.</param>
    /// <param name="keys">The head's part of the first key.</param>
    /// <param name="values">The head's part of the first value.</param>
    /// <param name="result">Where the head's result goes.</param>
    /// <param name="count">The number of keys.</param>
    /// <param name="stride">The distance of two keys, and of two values.</param>
    /// <param name="size">The features of a head.</param>
    public static void Run<TVector>(
        float* query, float* keys, float* values, float* result, int count, int stride, int size)
        where TVector : struct, ISimdVector<TVector>
    {
        float* scores = Scratch.Get(count);
        float scale = 1f / MathF.Sqrt(size);
        for (int step = 0; step < count; step++)
        {
            scores[step] = scale * SoftmaxRow.Dot<TVector>(query, keys + ((long)step * stride), size);
        }

        float largest = SoftmaxRow.Max<TVector>(scores, count);
        float inverse = 1f / SoftmaxRow.Exponentials<TVector>(scores, scores, count, largest);
        for (int i = 0; i < size; i += TVector.Count)
        {
            int width = Math.Min(TVector.Count, size - i);
            var term = new Term(scores, values + i, stride, width);
            TVector total = LongSum.Of<TVector, Term>(count, term);
            Operand.Store(total * TVector.Broadcast(inverse), result + i, width);
        }
    }

    /// <summary>scores[i]·values[i, ·].</summary>
    private readonly struct Term(float* scores, float* values, int stride, int width) : ISumTerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddTo<TVector>(TVector sum, int i)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector value = Operand.Load<TVector>(values + ((nint)i * stride), width);
            return TVector.MultiplyAdd(TVector.Broadcast(scores[i]), value, sum);
        }
    }
}
