namespace ModelDsl.Kernels;

/// <summary>
/// -(1/batch) Σ t·log softmax(y), with y the logits of a sample; the gradient is (softmax(y)·Σt - t) / batch.
/// </summary>
/// <remarks>Softmax and cross-entropy in one: log softmax(y) = y - max - log Σ e^(y - max), which does not overflow.</remarks>
public static unsafe class SoftmaxCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label per sample, or a distribution over the classes (one-hot or soft).</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(FloatSpan outputs, Targets targets, int batch, int columns) =>
        Evaluate(outputs, targets, default, batch, columns, withGradient: false);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label per sample, or a distribution over the classes (one-hot or soft).</param>
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
        bool byLabel = targets.Values.IsEmpty;
        ReadOnlySpan<int> labels =
            byLabel ? TargetGuard.Labels(targets, batch, columns, "the softmax cross-entropy") : default;
        ReadOnlySpan<float> values =
            byLabel ? default : TargetGuard.Values(targets, batch, columns, "the softmax cross-entropy");
        if (batch == 0 || columns == 0)
        {
            return 0f;
        }

        double* partials = LossSum.Partials(batch);
        fixed (int* label = labels)
        fixed (float* target = values)
        {
            var kernel = new SoftmaxCrossEntropyKernel(
                outputs.Pointer, label, target, withGradient ? gradient.Pointer : null, batch, columns, partials);
            return (float)(LossSum.Run(kernel, partials, batch, columns) / batch);
        }
    }
}
