namespace ModelDsl.Kernels;

/// <summary>
/// -(1/batch) Σ t·log softmax(y), with y the logits of a sample; the gradient is (softmax(y)·Σt - t) / batch.
/// </summary>
/// <remarks>Softmax and cross-entropy in one: log softmax(y) = y - max - log Σ e^(y - max), which does not overflow.</remarks>
public static class SoftmaxCrossEntropyLoss
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
        if (batch == 0)
        {
            return 0f;
        }

        double sum = 0;
        for (int row = 0; row < batch; row++)
        {
            ReadOnlySpan<float> y = outputs.Slice(row * columns, columns);
            float max = float.NegativeInfinity;
            foreach (float value in y)
            {
                max = MathF.Max(max, value);
            }

            float total = 0f;
            foreach (float value in y)
            {
                total += MathF.Exp(value - max);
            }

            float logTotal = max + MathF.Log(total);
            float weight = 1f;
            if (byLabel)
            {
                sum += logTotal - y[labels[row]];
            }
            else
            {
                weight = 0f;
                for (int i = 0; i < columns; i++)
                {
                    float t = values[(row * columns) + i];
                    weight += t;
                    sum += t == 0f ? 0f : t * (logTotal - y[i]);
                }
            }

            if (withGradient)
            {
                Span<float> g = gradient.Slice(row * columns, columns);
                for (int i = 0; i < columns; i++)
                {
                    float t = byLabel ? (i == labels[row] ? 1f : 0f) : values[(row * columns) + i];
                    g[i] = ((MathF.Exp(y[i] - max) / total * weight) - t) / batch;
                }
            }
        }

        return (float)(sum / batch);
    }
}
