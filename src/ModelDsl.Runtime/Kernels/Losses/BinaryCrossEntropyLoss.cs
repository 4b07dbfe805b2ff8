namespace ModelDsl.Kernels;

/// <summary>
/// -(1/N) Σ (t·log σ(y) + (1 - t)·log(1 - σ(y))) over all N logits y of a batch, with σ the sigmoid; the gradient is
/// (σ(y) - t) / N.
/// </summary>
/// <remarks>Computed as max(y, 0) - t·y + log(1 + e^-|y|), which neither overflows nor cancels.</remarks>
public static unsafe class BinaryCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(FloatSpan outputs, Targets targets, int batch, int columns) =>
        Evaluate(outputs, targets, default, batch, columns, withGradient: false);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int columns)
    {
        Guard.Matrix(gradient, batch, columns);
        return Evaluate(outputs, targets, gradient, batch, columns, withGradient: true);
    }

    private static float Evaluate(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int columns, bool withGradient)
    {
        Guard.Matrix(outputs, batch, columns);
        ReadOnlySpan<float> values = TargetGuard.Probabilities(targets, batch, columns, "the binary cross-entropy");
        int count = batch * columns;
        if (count == 0)
        {
            return 0f;
        }

        int chunks = (count + BinaryCrossEntropyKernel.ChunkLength - 1) / BinaryCrossEntropyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        fixed (float* target = values)
        {
            var kernel = new BinaryCrossEntropyKernel(
                outputs.Pointer, target, withGradient ? gradient.Pointer : null, count, partials);
            return (float)(LossSum.Run(kernel, partials, chunks, BinaryCrossEntropyKernel.ChunkLength) / count);
        }
    }
}
