namespace ModelDsl.CompilerServices;

/// <summary>
/// -(1/D) Σ Σ w[c]·q[c]·log softmax(y)[c] over rows and classes, with q = (1 - ε)·t + ε/n the target t smoothed over n
/// classes, and w the weights of the classes. D is the sum of the labels' weights over the rows that are not ignored;
/// where the targets are distributions it is the number of rows. The gradient is (softmax(y)·Σ w·q - w·q) / D. The
/// weight of a row's sample is a factor of its loss and of what it adds to D.
/// </summary>
/// <remarks>
/// <para>The reductions are those of PyTorch's cross_entropy, but a batch whose every row is ignored (or of weight 0)
/// has the loss 0 instead of 0/0. Label smoothing: Szegedy et al. (2016).</para>
/// <para>Softmax and cross-entropy in one: log softmax(y) = y - max - log Σ e^(y - max), which does not
/// overflow.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class SoftmaxCrossEntropyLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label for each row, or a distribution over the classes (one-hot or
    /// soft).</param>
    /// <param name="batch">The number of rows; with 0, or with none that takes part, the loss is 0.</param>
    /// <param name="columns">The number of classes; positive.</param>
    /// <param name="classWeights">A factor of at least 0 for each class; empty where all are 1.</param>
    /// <param name="labelSmoothing">The part of the target, in [0, 1), that is spread evenly over all classes.</param>
    /// <param name="ignoredLabel">The label of rows that take no part; null where there is none.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, there is not one weight for each class, or the outputs are
    /// shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> classWeights = default,
        float labelSmoothing = 0f,
        int? ignoredLabel = null,
        int rowsPerSample = 1) =>
        Evaluate(
            outputs,
            targets,
            batch,
            columns,
            classWeights,
            labelSmoothing,
            ignoredLabel,
            rowsPerSample,
            LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label for each row, or a distribution over the classes (one-hot or
    /// soft).</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of rows; with 0, or with none that takes part, the loss is 0.</param>
    /// <param name="columns">The number of classes; positive.</param>
    /// <param name="classWeights">A factor of at least 0 for each class; empty where all are 1.</param>
    /// <param name="labelSmoothing">The part of the target, in [0, 1), that is spread evenly over all classes.</param>
    /// <param name="ignoredLabel">The label of rows that take no part; null where there is none.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
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
        float gradientScale = 1f,
        int rowsPerSample = 1) =>
        Evaluate(
            outputs,
            targets,
            batch,
            columns,
            classWeights,
            labelSmoothing,
            ignoredLabel,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        ReadOnlySpan<float> classWeights,
        float labelSmoothing,
        int? ignoredLabel,
        int rowsPerSample,
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
        fixed (float* sampleWeights = targets.SampleWeights)
        {
            if (weights is null && labelSmoothing == 0f && ignoredLabel is null)
            {
                var mean = new LossMean(targets, sampleWeights, batch, rowsPerSample);
                if (byLabel && columns <= FewClassesKernel.MostClasses)
                {
                    var few = new FewClassesKernel(outputs.Pointer, labels, mean, gradient, partials, columns);
                    return mean.Of(LossSum.Run(few, partials, batch, columns));
                }

                var plain = new SoftmaxCrossEntropyKernel(outputs.Pointer, labels, target, gradient, columns);
                return LossSum.MeanOfRows(plain, mean, gradient, partials, batch, columns);
            }

            var kernel = new WeightedCrossEntropyKernel(outputs.Pointer, labels, target, gradient.Values, columns)
            {
                Weights = weights,
                Smoothing = labelSmoothing,
                IgnoredLabel = ignoredLabel,
            };
            var weightedMean = byLabel && (weights is not null || ignoredLabel is not null)
                ? OverLabels(new(labels, batch), targets, sampleWeights, rowsPerSample, classWeights, ignoredLabel)
                : new LossMean(targets, sampleWeights, batch, rowsPerSample);
            return LossSum.MeanOfRows(kernel, weightedMean, gradient, partials, batch, columns);
        }
    }

    // Rows count what their labels weigh, without those that are ignored.
    private static LossMean OverLabels(
        ReadOnlySpan<int> labels,
        Targets targets,
        float* sampleWeights,
        int rowsPerSample,
        ReadOnlySpan<float> classWeights,
        int? ignoredLabel)
    {
        TargetGuard.SampleWeights(targets, labels.Length, rowsPerSample);
        double total = 0;
        for (int first = 0; first < labels.Length; first += rowsPerSample)
        {
            float weight = sampleWeights is null ? 1f : sampleWeights[first / rowsPerSample];
            total = LossWeight.AddLabels(
                total, labels.Slice(first, rowsPerSample), weight, classWeights, ignoredLabel);
        }

        return LossMean.Over(total, targets, sampleWeights, labels.Length, rowsPerSample);
    }
}
