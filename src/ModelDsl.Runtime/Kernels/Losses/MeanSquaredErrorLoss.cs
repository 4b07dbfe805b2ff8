namespace ModelDsl.CompilerServices;

/// <summary>(1/N) Σ (y - t)² over all N elements of a batch; the gradient is 2·(y - t) / N.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MeanSquaredErrorLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, int rowsPerSample = 1) =>
        ElementLoss.Mean(
            default(SquaredErrorElement), outputs, targets, batch, columns, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
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
        ElementLoss.Mean(
            default(SquaredErrorElement),
            outputs,
            targets,
            batch,
            columns,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));
}

/// <summary>(y - t)², with the derivative 2·(y - t).</summary>
internal readonly struct SquaredErrorElement : IElementLoss
{
    public static string Name => "the mean squared error";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector difference = output - target;
        derivative = difference + difference;
        return difference * difference;
    }
}
