namespace ModelDsl.Kernels;

/// <summary>The losses of <see cref="SoftmaxCrossEntropyLoss"/> row by row, and the gradient.</summary>
internal readonly unsafe struct SoftmaxCrossEntropyKernel(
    float* outputs, int* labels, float* targets, float* gradient, int batch, int columns, float gradientScale,
    double* partials)
    : IRangeKernel, ITargetShares
{
    private readonly float* _outputs = outputs;
    private readonly int* _labels = labels;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        float share = gradientScale / batch;
        for (int row = start; row < end; row++)
        {
            float* y = _outputs + ((nint)row * columns);
            float* g = _gradient is null ? null : _gradient + ((nint)row * columns);
            float* t = _targets is null ? null : _targets + ((nint)row * columns);

            // The largest logit is taken off first: what is left is as exact as the logits are. The gradient may overwrite the
            // outputs, so what the loss needs of them is taken before it.
            float weight = 1f;
            float max = SoftmaxRow.Max<TVector>(y, columns);
            float matched = t is null
                ? y[_labels[row]] - max
                : MatchedSum.Of<TVector, SoftmaxCrossEntropyKernel>(this, t, y, columns, max, out weight);
            float total = SoftmaxRow.Exponentials<TVector>(y, g, columns, max);
            float log = SoftmaxRow.LogOfTotal<TVector>(y, g, columns, max, total, out float others);
            _partials[row] = ((double)weight * log) - matched;
            if (g is null)
            {
                continue;
            }

            SoftmaxRow.Scale<TVector>(g, columns, weight * share / total);
            if (t is null)
            {
                // p - 1 of the likeliest class is what the others have, negated.
                ref float own = ref g[_labels[row]];
                own = matched == 0f ? -share * (others / total) : own - share;
            }
            else
            {
                Subtract<TVector>(g, t, share);
            }
        }
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
