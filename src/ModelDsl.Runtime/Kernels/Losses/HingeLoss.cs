namespace ModelDsl.CompilerServices;

/// <summary>
/// The margin loss, averaged over the batch. With one output: max(0, 1 - t·y) with t = ±1. With n outputs:
/// (1/n) Σ max(0, 1 - y[label] + y[j]) over j ≠ label. Weston and Watkins (1999).
/// </summary>
/// <remarks>The gradient is that of the terms which are positive; at the kink it is 0.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class HingeLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label per sample; with one output the labels 0 and 1, or values -1 and 1.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, int rowsPerSample = 1) =>
        Evaluate(outputs, targets, batch, columns, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">One class label per sample; with one output the labels 0 and 1, or values -1 and 1.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        float gradientScale = 1f,
        int rowsPerSample = 1) =>
        Evaluate(
            outputs, targets, batch, columns, rowsPerSample, LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, int rowsPerSample, LossGradient gradient)
    {
        Guard.Matrix(outputs, batch, columns);
        bool binary = columns == 1;
        bool bySign = binary && targets.Labels.IsEmpty;
        ReadOnlySpan<float> signs = bySign ? TargetGuard.Signs(targets, batch, 1, "the hinge loss") : default;
        int* labels =
            bySign ? null : TargetGuard.Labels(targets, batch, binary ? 2 : columns, "the hinge loss", out _);
        if (batch == 0)
        {
            return 0f;
        }

        fixed (float* weights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, weights, batch, rowsPerSample);
            double sum = 0;
            for (int row = 0; row < batch; row++)
            {
                float weight = mean.WeightOf(row);
                if (weight == 0f)
                {
                    // Also where its loss is no number.
                    gradient.Clear((nint)row * columns, columns);
                    continue;
                }

                float step = mean.Share(gradient.Scale, weight, binary ? 1 : columns);
                sum += weight * (binary
                    ? EvaluateSign(outputs[row], bySign ? signs[row] : (2 * labels[row]) - 1, gradient, row, step)
                    : EvaluateLabel(outputs.Slice(row * columns, columns), labels[row], gradient, row, step));
            }

            return mean.Of(sum);
        }
    }

    /// <summary>The loss of one output, whose sign should be that of <paramref name="t"/>.</summary>
    private static double EvaluateSign(float y, float t, LossGradient gradient, int row, float step)
    {
        float margin = 1f - (t * y);
        if (gradient.IsWanted)
        {
            gradient.Values[row] = margin > 0f ? -t * step : ZeroOrNaN(margin);
        }

        return margin > 0f || float.IsNaN(margin) ? margin : 0f;
    }

    /// <summary>The mean over the outputs of how much each is too near to that of the label, or above it.</summary>
    private static double EvaluateLabel(ReadOnlySpan<float> y, int label, LossGradient gradient, int row, float step)
    {
        double sum = 0;
        float own = y[label];
        int violations = 0;
        float undefined = 0f;
        float* g = gradient.IsWanted ? gradient.Values + ((nint)row * y.Length) : null;
        for (int i = 0; i < y.Length; i++)
        {
            float margin = 1f - own + y[i];
            bool violated = i != label && margin > 0f;
            sum += i != label && (violated || float.IsNaN(margin)) ? margin / y.Length : 0f;
            violations += violated ? 1 : 0;
            if (g is not null)
            {
                // The gradient may be the outputs: each is written after it was read.
                float none = i == label ? 0f : ZeroOrNaN(margin);
                undefined += none;
                g[i] = violated ? step : none;
            }
        }

        if (g is not null)
        {
            g[label] = (-violations * step) + undefined;
        }

        return sum;
    }

    /// <summary>The gradient of a margin that is kept, or NaN where it is no number.</summary>
    private static float ZeroOrNaN(float margin) => float.IsNaN(margin) ? margin : 0f;
}
