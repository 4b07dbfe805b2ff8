namespace ModelDsl.Kernels;

/// <summary>
/// The losses Σ w[c]·q[c]·(log Σ e^y - y[c]) of <see cref="SoftmaxCrossEntropyLoss"/> row by row, and their gradients,
/// with class weights, label smoothing and rows that take no part.
/// </summary>
internal readonly unsafe struct WeightedCrossEntropyKernel(
    float* outputs, int* labels, float* targets, float* gradient, int columns)
    : IRowLoss, ITargetShares
{
    /// <summary>A factor for each class, or null.</summary>
    public float* Weights { get; init; }

    /// <summary>The part of the target that is spread evenly over all classes.</summary>
    public float Smoothing { get; init; }

    public int? IgnoredLabel { get; init; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Evaluate<TVector>(int row, float scale)
        where TVector : struct, ISimdVector<TVector>
    {
        float* y = outputs + ((nint)row * columns);
        float* g = gradient is null ? null : gradient + ((nint)row * columns);
        if (targets is null && labels[row] == IgnoredLabel)
        {
            if (g is not null)
            {
                new Span<float>(g, columns).Clear();
            }

            return 0;
        }

        float* t = targets is null ? null : targets + ((nint)row * columns);

        // A label's row is all smoothing, and the label's own part on top.
        float own = t is null ? (1f - Smoothing) * (Weights is null ? 1f : Weights[labels[row]]) : 0f;

        // The largest logit is taken off first. The gradient may overwrite the outputs, so what the loss needs of them is
        // taken before it.
        float max = SoftmaxRow.Max<TVector>(y, columns);
        double matched = MatchedSum.Of<TVector, WeightedCrossEntropyKernel>(this, t, y, columns, max, out float weight);
        float distance = t is null ? y[labels[row]] - max : 0f;
        if (t is null)
        {
            // A label of weight 0 may have the logit -∞.
            matched += own == 0f && float.IsNegativeInfinity(distance) ? 0f : own * distance;
            weight += own;
        }

        float total = SoftmaxRow.Exponentials<TVector>(y, g, columns, max);
        float log = SoftmaxRow.LogOfTotal<TVector>(y, g, columns, max, total, out float others);
        if (g is not null)
        {
            Finish<TVector>(g, t, weight * scale / total, scale);
            if (t is null && distance == 0f && Smoothing == 0f)
            {
                // w·(p - 1) of the likeliest class is what the others have, negated.
                g[labels[row]] = -own * scale * (others / total);
            }
            else if (t is null)
            {
                g[labels[row]] -= own * scale;
            }
        }

        return ((double)weight * log) - matched;
    }

    /// <summary>g = factor·g - scale·w·q.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Finish<TVector>(float* g, float* t, float factor, float scale)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int i = 0; i < columns; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, columns - i);
            TVector softmax = Operand.Load<TVector>(g + i, count) * TVector.Broadcast(factor);
            Operand.Store(
                TVector.MultiplyAdd(TVector.Broadcast(-scale), Shares<TVector>(t, i, count), softmax), g + i, count);
        }
    }

    /// <summary>w·((1 - ε)·t + ε/n), without the label's own part where the target is a label; zero in empty lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Shares<TVector>(float* t, int i, int count)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector share = TVector.Broadcast(Smoothing / columns);
        if (t is not null)
        {
            share = TVector.MultiplyAdd(TVector.Broadcast(1f - Smoothing), Operand.Load<TVector>(t + i, count), share);
        }

        if (Weights is not null)
        {
            return share * Operand.Load<TVector>(Weights + i, count);
        }

        return count == TVector.Count ? share : TVector.ConditionalSelect(
            TVector.FirstLanes(count), share, TVector.Zero);
    }
}
