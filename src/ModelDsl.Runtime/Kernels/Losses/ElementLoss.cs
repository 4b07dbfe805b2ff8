namespace ModelDsl.Kernels;

/// <summary>As <see cref="ILoss"/>, with constants of its own.</summary>
internal interface IElementLoss
{
    /// <summary>What a message calls the loss.</summary>
    static abstract string Name { get; }

    /// <summary>l(output, target) and ∂l/∂output, lane by lane.</summary>
    TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>;
}

/// <summary>(1/N) Σ l(y, t) over all N elements of a batch, and the gradient l'(y, t) / N, in one pass.</summary>
internal static unsafe class ElementLoss
{
    /// <summary>The mean loss of a batch, and its gradient where it is wanted.</summary>
    /// <param name="loss">The loss of one element.</param>
    /// <param name="outputs">[batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample.</param>
    /// <param name="gradient">[batch, columns].</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or the outputs are shorter than their shape.
    /// </exception>
    public static float Mean<TLoss>(
        TLoss loss, FloatSpan outputs, Targets targets, int batch, int columns, LossGradient gradient)
        where TLoss : struct, IElementLoss
    {
        Guard.Matrix(outputs, batch, columns);
        return Mean(loss, outputs, TargetGuard.Values(targets, batch, columns, TLoss.Name), gradient);
    }

    /// <summary>The mean loss of as many outputs as there are targets, which have been checked.</summary>
    public static float Mean<TLoss>(
        TLoss loss, FloatSpan outputs, ReadOnlySpan<float> values, LossGradient gradient)
        where TLoss : struct, IElementLoss
    {
        if (values.IsEmpty)
        {
            return 0f;
        }

        int chunks = (values.Length + ElementLossKernel<TLoss>.ChunkLength - 1) / ElementLossKernel<TLoss>.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        fixed (float* target = values)
        {
            var kernel = new ElementLossKernel<TLoss>(
                loss, outputs.Pointer, target, gradient, values.Length, partials);
            return (float)(LossSum.Run(kernel, partials, chunks, ElementLossKernel<TLoss>.ChunkLength) / values.Length);
        }
    }
}

/// <summary>The sums of an element-wise loss over chunks of the elements, and the gradient.</summary>
internal readonly unsafe struct ElementLossKernel<TLoss>(
    TLoss loss, float* outputs, float* targets, LossGradient gradient, int count, double* partials) : IRangeKernel
    where TLoss : struct, IElementLoss
{
    /// <summary>
    /// The elements that are summed in single precision before their sum is added in double precision.
    /// </summary>
    public const int ChunkLength = 1024;

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void Invoke<TVector>(int start, int end)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector scale = TVector.Broadcast((float)((double)gradient.Scale / count));
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
                TVector terms = Evaluate(i, lanes, scale);
                sum0 += lanes == TVector.Count
                    ? terms
                    : TVector.ConditionalSelect(TVector.FirstLanes(lanes), terms, TVector.Zero);
            }

            partials[chunk] = TVector.Sum(sum0 + sum1 + (sum2 + sum3));
        }
    }

    /// <summary>The losses of some elements; writes their gradient where it is wanted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TVector Evaluate<TVector>(int i, int lanes, TVector scale)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector terms = loss.Evaluate(
            Operand.Load<TVector>(outputs + i, lanes), Operand.Load<TVector>(targets + i, lanes), out TVector derivative);
        if (gradient.IsWanted)
        {
            Operand.Store(derivative * scale, gradient.Values + i, lanes);
        }

        return terms;
    }
}
