using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>
/// -(1/N) Σ (p·t·log σ(y) + (1 - t)·log(1 - σ(y))) over all N logits y of a batch, with σ the sigmoid and p the weight of the
/// positive class; the gradient is ((1 + (p - 1)·t)·σ(y) - p·t) / N.
/// </summary>
/// <remarks>
/// Computed with log σ(y) = -(max(-y, 0) + log(1 + e^-|y|)) and 1 - σ(y) = σ(-y), which neither overflows nor cancels. The weight is
/// PyTorch's pos_weight.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BinaryCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="positiveWeights">
    /// A factor of at least 0 for the positive class: one for all outputs, one for each, or none (1).
    /// </param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, ReadOnlySpan<float> positiveWeights = default) =>
        Evaluate(outputs, targets, default, batch, columns, positiveWeights, 1f);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values in [0, 1] of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="positiveWeights">
    /// A factor of at least 0 for the positive class: one for all outputs, one for each, or none (1).
    /// </param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights = default,
        float gradientScale = 1f)
    {
        Guard.Matrix(gradient, batch, columns);
        return Evaluate(outputs, targets, gradient, batch, columns, positiveWeights, gradientScale);
    }

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        ReadOnlySpan<float> positiveWeights,
        float gradientScale)
    {
        Guard.Matrix(outputs, batch, columns);
        ReadOnlySpan<float> values = TargetGuard.Probabilities(targets, batch, columns, "the binary cross-entropy");
        TargetGuard.Weights(positiveWeights, positiveWeights.Length > 1 ? columns : positiveWeights.Length, "output");
        int count = batch * columns;
        if (count == 0)
        {
            return 0f;
        }

        if (!positiveWeights.IsEmpty)
        {
            return Weighted(outputs, values, gradient, columns, positiveWeights, gradientScale);
        }

        int chunks = (count + BinaryCrossEntropyKernel.ChunkLength - 1) / BinaryCrossEntropyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        fixed (float* target = values)
        {
            var kernel = new BinaryCrossEntropyKernel(
                outputs.Pointer, target, gradient.Pointer, count, gradientScale, partials);
            return (float)(LossSum.Run(kernel, partials, chunks, BinaryCrossEntropyKernel.ChunkLength) / count);
        }
    }

    private static float Weighted(
        FloatSpan outputs,
        ReadOnlySpan<float> values,
        FloatSpan gradient,
        int columns,
        ReadOnlySpan<float> positiveWeights,
        float gradientScale)
    {
        // One weight for all outputs: rows need not be told apart.
        bool byOutput = positiveWeights.Length > 1;
        int length = byOutput ? columns : BinaryCrossEntropyKernel.ChunkLength;
        int parts = (values.Length + length - 1) / length;
        double* partials = LossSum.Partials(parts);
        fixed (float* target = values)
        fixed (float* weights = positiveWeights)
        {
            var kernel = new WeightedBinaryCrossEntropyKernel(
                outputs.Pointer, target, gradient.Pointer, values.Length, length, gradientScale, partials)
            {
                Weights = weights,
                IsByOutput = byOutput,
            };
            return (float)(LossSum.Run(kernel, partials, parts, length) / values.Length);
        }
    }
}
