namespace ModelDsl.Kernels;

/// <summary>(1/N) Σ |y - t| over all N elements of a batch; the gradient is sign(y - t) / N, and 0 where y = t.</summary>
public static class MeanAbsoluteErrorLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(FloatSpan outputs, Targets targets, int batch, int columns) =>
        Evaluate(outputs, targets, default, batch, columns, withGradient: false);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or an operand is shorter than its shape.
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
        ReadOnlySpan<float> values = TargetGuard.Values(targets, batch, columns, "the mean absolute error");
        int count = batch * columns;
        if (count == 0)
        {
            return 0f;
        }

        double sum = 0;
        float step = 1f / count;
        for (int i = 0; i < count; i++)
        {
            float difference = outputs[i] - values[i];
            sum += Math.Abs(difference);
            if (withGradient)
            {
                gradient[i] = difference > 0f ? step : difference < 0f ? -step : 0f;
            }
        }

        return (float)(sum / count);
    }
}
