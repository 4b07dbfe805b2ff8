namespace ModelDsl.CompilerServices;

/// <summary>
/// -(1/D) Σ Σ w[c]·q[c]·log softmax(y)[c] over rows and classes, with q = (1 - ε)·t + ε/n the target t smoothed over n classes, and w
/// the weights of the classes. D is the sum of the labels' weights over the rows that are not ignored; where the targets
/// are distributions it is the number of rows. The gradient is (softmax(y)·Σ w·q - w·q) / D.
/// </summary>
/// <remarks>
/// <para>The reductions are those of PyTorch's cross_entropy, but a batch whose every row is ignored (or of weight 0) has the
/// loss 0 instead of 0/0. Label smoothing: Szegedy et al. (2016).</para>
/// <para>Softmax and cross-entropy in one: log softmax(y) = y - max - log Σ e^(y - max), which does not overflow.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SoftmaxCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label for each row, or a distribution over the classes (one-hot or soft).</param>
    /// <param name="batch">The number of rows; with 0, or with none that takes part, the loss is 0.</param>
    /// <param name="columns">The number of classes; positive.</param>
    /// <param name="classWeights">A factor of at least 0 for each class; empty where all are 1.</param>
    /// <param name="labelSmoothing">The part of the target, in [0, 1), that is spread evenly over all classes.</param>
    /// <param name="ignoredLabel">The label of rows that take no part; null where there is none.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, there is not one weight for each class, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> classWeights = default,
        float labelSmoothing = 0f,
        int? ignoredLabel = null) =>
        Evaluate(outputs, targets, batch, columns, classWeights, labelSmoothing, ignoredLabel, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label for each row, or a distribution over the classes (one-hot or soft).</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of rows; with 0, or with none that takes part, the loss is 0.</param>
    /// <param name="columns">The number of classes; positive.</param>
    /// <param name="classWeights">A factor of at least 0 for each class; empty where all are 1.</param>
    /// <param name="labelSmoothing">The part of the target, in [0, 1), that is spread evenly over all classes.</param>
    /// <param name="ignoredLabel">The label of rows that take no part; null where there is none.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, there is not one weight for each class, or an operand is
    /// shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        ReadOnlySpan<float> classWeights = default,
        float labelSmoothing = 0f,
        int? ignoredLabel = null,
        float gradientScale = 1f) =>
        Evaluate(
            outputs,
            targets,
            batch,
            columns,
            classWeights,
            labelSmoothing,
            ignoredLabel,
            LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> classWeights,
        float labelSmoothing,
        int? ignoredLabel,
        LossGradient gradient)
    {
        Guard.Matrix(outputs, batch, columns);
        TargetGuard.Weights(classWeights, columns, "class");
        bool byLabel = targets.Values.IsEmpty;
        const string Loss = "the softmax cross-entropy";
        double* partials = null;
        int* labels = byLabel ? TargetGuard.Labels(targets, batch, columns, Loss, out partials, ignoredLabel) : null;
        ReadOnlySpan<float> values = byLabel ? default : TargetGuard.Values(targets, batch, columns, Loss);
        if (batch == 0 || columns == 0)
        {
            return 0f;
        }

        partials = byLabel ? partials : LossSum.Partials(batch);
        fixed (float* target = values)
        fixed (float* weights = classWeights)
        {
            if (weights is null && labelSmoothing == 0f && ignoredLabel is null)
            {
                var plain = new SoftmaxCrossEntropyKernel(
                    outputs.Pointer, labels, target, gradient, batch, columns);
                return (float)(LossSum.OfRows(plain, partials, batch, columns) / batch);
            }

            // Where nothing takes part, everything the kernel writes is 0 by whatever it is divided.
            double total = byLabel ? Total(new(labels, batch), classWeights, ignoredLabel) : batch;
            double divisor = total > 0 ? total : 1;
            var kernel = new WeightedCrossEntropyKernel(
                outputs.Pointer, labels, target, gradient.Values, columns, (float)(gradient.Scale / divisor))
            {
                Weights = weights,
                Smoothing = labelSmoothing,
                IgnoredLabel = ignoredLabel,
            };
            double loss = LossSum.OfRows(kernel, partials, batch, columns);
            return total > 0 ? (float)(loss / divisor) : 0f;
        }
    }

    /// <summary>The sum of the labels' weights, without those that are ignored.</summary>
    private static double Total(ReadOnlySpan<int> labels, ReadOnlySpan<float> classWeights, int? ignoredLabel)
    {
        double total = 0;
        foreach (int label in labels)
        {
            if (label != ignoredLabel)
            {
                total += classWeights.IsEmpty ? 1f : classWeights[label];
            }
        }

        return total;
    }
}
