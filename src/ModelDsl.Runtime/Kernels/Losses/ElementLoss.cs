namespace ModelDsl.Kernels;

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
