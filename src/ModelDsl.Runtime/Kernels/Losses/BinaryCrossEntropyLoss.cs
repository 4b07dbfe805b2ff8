namespace ModelDsl.Kernels;

/// <summary>
/// -(1/N) Σ (t·log σ(y) + (1 - t)·log(1 - σ(y))) over all N logits y of a batch, with σ the sigmoid; the gradient is
/// (σ(y) - t) / N.
/// </summary>
/// <remarks>Computed as max(y, 0) - t·y + log(1 + e^-|y|), which neither overflows nor cancels.</remarks>
public static class BinaryCrossEntropyLoss
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
        ReadOnlySpan<float> values = TargetGuard.Values(targets, batch, columns, "the binary cross-entropy");
        int count = batch * columns;
        if (count == 0)
        {
            return 0f;
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            float y = outputs[i];
            float t = values[i];
            if (!(t is >= 0f and <= 1f))
            {
                throw new ArgumentException(
                    $"expected targets in [0, 1], got {t} for sample {i / columns}", nameof(targets));
            }

            sum += MathF.Max(y, 0f) - (t * y) + MathF.Log(1f + MathF.Exp(-MathF.Abs(y)));
            if (withGradient)
            {
                gradient[i] = ((1f / (1f + MathF.Exp(-y))) - t) / count;
            }
        }

        return (float)(sum / count);
    }
}
