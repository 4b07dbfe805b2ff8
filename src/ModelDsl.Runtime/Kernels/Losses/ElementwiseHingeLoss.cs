namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/N) Σ max(0, 1 - t·y) over all N elements of a batch, or the squares of these, with t = ±1; the gradient is -t / N
/// where the margin is kept too little, or 2·(y - t) / N for squares, and 0 elsewhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ElementwiseHingeLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape, each -1 or 1.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="squared">Whether it is the mean of the squares.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, bool squared, int rowsPerSample = 1) =>
        Mean(outputs, targets, batch, columns, squared, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape, each -1 or 1.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="squared">Whether it is the mean of the squares.</param>
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
        bool squared,
        float gradientScale = 1f,
        int rowsPerSample = 1) =>
        Mean(
            outputs, targets, batch, columns, squared, rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Mean(
        FloatSpan outputs, Targets targets, int batch, int columns, bool squared, int rowsPerSample,
        LossGradient gradient)
    {
        TargetGuard.Signs(targets, batch, columns, HingeElement.Name);
        return ElementLoss.Mean(
            new HingeElement(squared), outputs, targets, batch, columns, rowsPerSample, gradient);
    }
}

/// <summary>
/// m = max(0, 1 - t·y) with t = ±1, whose derivative is -t where m is positive, or m², whose derivative is -2·t·m; NaN
/// where y is.
/// </summary>
internal readonly struct HingeElement(bool squared) : IElementLoss
{
    public static string Name => "the hinge loss";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector margin = TVector.Broadcast(1f) - (target * output);
        TVector isShort = TVector.GreaterThan(margin, TVector.Zero);
        TVector loss = TVector.ConditionalSelect(isShort, margin, TVector.Zero);
        TVector slope = TVector.ConditionalSelect(isShort, -target, TVector.Zero);
        derivative = VectorMath.UnlessNaN(output, squared ? TVector.Broadcast(2f) * loss * slope : slope);
        return VectorMath.UnlessNaN(output, squared ? loss * loss : loss);
    }
}
