namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/N) Σ h(y - t) over all N elements of a batch, with h(d) = d²/2 where |d| ≤ δ and δ·(|d| - δ/2) elsewhere; the gradient is
/// d / N with d clamped to [-δ, δ]. Huber (1964).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HuberLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="delta">Where the parabola becomes a line; positive.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, float delta, int rowsPerSample = 1) =>
        ElementLoss.Mean(
            new HuberElement(delta), outputs, targets, batch, columns, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="delta">Where the parabola becomes a line; positive.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        float delta,
        float gradientScale = 1f,
        int rowsPerSample = 1) =>
        ElementLoss.Mean(
            new HuberElement(delta),
            outputs,
            targets,
            batch,
            columns,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));
}

/// <summary>
/// d²/2 where |d| ≤ δ and δ·(|d| - δ/2) elsewhere, with d = y - t; the derivative is d, clamped to [-δ, δ].
/// </summary>
internal readonly struct HuberElement(float delta) : IElementLoss
{
    public static string Name => "the Huber loss";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector limit = TVector.Broadcast(delta);
        TVector difference = output - target;
        derivative = TVector.Max(-limit, TVector.Min(limit, difference));

        // With c the clamped difference, both branches are c·(d - c/2).
        return derivative * TVector.MultiplyAdd(TVector.Broadcast(-0.5f), derivative, difference);
    }
}
