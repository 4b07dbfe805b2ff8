namespace ModelDsl.Kernels;

/// <summary>The losses of <see cref="SoftmaxCrossEntropyLoss"/> row by row, and the gradient.</summary>
internal readonly unsafe struct SoftmaxCrossEntropyKernel(
    float* outputs, int* labels, float* targets, LossGradient gradient, int columns) : IRowLoss, ITargetShares
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Evaluate<TVector>(int row, float share)
        where TVector : struct, ISimdVector<TVector>
    {
        float* y = outputs + ((nint)row * columns);
        float* g = gradient.IsWanted ? gradient.Values + ((nint)row * columns) : null;
        float* t = targets is null ? null : targets + ((nint)row * columns);

        // The largest logit is taken off first: what is left is as exact as the logits are. The gradient may overwrite the
        // outputs, so what the loss needs of them is taken before it.
        float weight = 1f;
        float max = SoftmaxRow.Max<TVector>(y, columns);
        float matched = t is null
            ? y[labels[row]] - max
            : MatchedSum.Of<TVector, SoftmaxCrossEntropyKernel>(this, t, y, columns, max, out weight);
        float total = SoftmaxRow.Exponentials<TVector>(y, g, columns, max);
        float log = SoftmaxRow.LogOfTotal<TVector>(y, g, columns, max, total, out float others);
        if (g is not null)
        {
            SoftmaxRow.Scale<TVector>(g, columns, weight * share / total);
            if (t is null)
            {
                // p - 1 of the likeliest class is what the others have, negated.
                ref float own = ref g[labels[row]];
                own = matched == 0f ? -share * (others / total) : own - share;
            }
            else
            {
                Subtract<TVector>(g, t, share);
            }
        }

        return ((double)weight * log) - matched;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Shares<TVector>(float* t, int i, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(t + i, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Subtract<TVector>(float* g, float* t, float share)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector factor = TVector.Broadcast(-share);
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            TVector target = Operand.Load<TVector>(t + i, count);
            Operand.Store(TVector.MultiplyAdd(factor, target, Operand.Load<TVector>(g + i, count)), g + i, count);
        }
    }
}
