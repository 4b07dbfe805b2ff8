namespace ModelDsl.Kernels;

/// <summary>As <see cref="ILoss"/>, with constants of its own.</summary>
internal interface IElementLoss
{
    /// <summary>l(output, target) and ∂l/∂output, lane by lane.</summary>
    TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>(1/N) Σ l(y, t) over all N elements of a batch, and the gradient l'(y, t) / N, in one pass.</summary>
internal static unsafe class ElementLoss
{
    /// <summary>The mean loss of a batch, and its gradient where <paramref name="gradient"/> is not empty.</summary>
    /// <param name="loss">The loss of one element.</param>
    /// <param name="outputs">[batch, columns].</param>
    /// <param name="values">Targets of the output's shape.</param>
    /// <param name="gradient">[batch, columns] or empty; may be the outputs.</param>
    /// <param name="count">batch · columns.</param>
    /// <param name="gradientScale">What the gradient is multiplied by.</param>
    public static float Evaluate<TLoss>(
        TLoss loss, FloatSpan outputs, ReadOnlySpan<float> values, FloatSpan gradient, int count, float gradientScale)
        where TLoss : struct, IElementLoss
    {
        if (count == 0)
        {
            return 0f;
        }

        int chunks = (count + ElementLossKernel<TLoss>.ChunkLength - 1) / ElementLossKernel<TLoss>.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        fixed (float* target = values)
        {
            var kernel = new ElementLossKernel<TLoss>(
                loss, outputs.Pointer, target, gradient.Pointer, count, gradientScale, partials);
            return (float)(LossSum.Run(kernel, partials, chunks, ElementLossKernel<TLoss>.ChunkLength) / count);
        }
    }
}

/// <summary>The sums of an element-wise loss over chunks of the elements, and the gradient.</summary>
internal readonly unsafe struct ElementLossKernel<TLoss>(
    TLoss loss, float* outputs, float* targets, float* gradient, int count, float gradientScale, double* partials) : IRangeKernel
    where TLoss : struct, IElementLoss
{
    /// <summary>
    /// The elements that are summed in single precision before their sum is added in double precision.
    /// </summary>
    public const int ChunkLength = 1024;

    private readonly TLoss _loss = loss;
    private readonly float* _outputs = outputs;
    private readonly float* _targets = targets;
    private readonly float* _gradient = gradient;
    private readonly double* _partials = partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scale = TVector.Broadcast((float)((double)gradientScale / count));
        for (int chunk = start; chunk < end; chunk++)
        {
            int i = chunk * ChunkLength;
            int last = (int)Math.Min(count, ((long)chunk + 1) * ChunkLength);

            // One sum would wait for itself: an addition takes longer than all else that a vector needs.
            TVector sum0 = TVector.Zero;
            TVector sum1 = TVector.Zero;
            TVector sum2 = TVector.Zero;
            TVector sum3 = TVector.Zero;
            for (; i <= last - (4 * TVector.Count); i += 4 * TVector.Count)
            {
                sum0 += Evaluate(i, TVector.Count, scale);
                sum1 += Evaluate(i + TVector.Count, TVector.Count, scale);
                sum2 += Evaluate(i + (2 * TVector.Count), TVector.Count, scale);
                sum3 += Evaluate(i + (3 * TVector.Count), TVector.Count, scale);
            }

            for (; i < last; i += TVector.Count)
            {
                // What a loss makes of the empty lanes' zeros is its own affair.
                int lanes = Math.Min(TVector.Count, last - i);
                TVector loss = Evaluate(i, lanes, scale);
                sum0 += lanes == TVector.Count
                    ? loss
                    : TVector.ConditionalSelect(TVector.FirstLanes(lanes), loss, TVector.Zero);
            }

            _partials[chunk] = TVector.Sum(sum0 + sum1 + (sum2 + sum3));
        }
    }

    /// <summary>The losses of some elements; writes their gradient where it is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Evaluate<TVector>(int i, int lanes, TVector scale)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector loss = _loss.Evaluate(
            Operand.Load<TVector>(_outputs + i, lanes), Operand.Load<TVector>(_targets + i, lanes), out TVector derivative);
        if (_gradient is not null)
        {
            Operand.Store(derivative * scale, _gradient + i, lanes);
        }

        return loss;
    }
}
