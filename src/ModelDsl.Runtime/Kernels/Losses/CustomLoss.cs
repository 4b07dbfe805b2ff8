namespace ModelDsl.CompilerServices;

/// <summary>(1/N) Σ l(y, t) over all N elements of a batch, with l a loss of the user's own; the gradient is l'(y, t) / N.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CustomLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <typeparam name="TLoss">The loss of one element.</typeparam>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate<TLoss>(
        FloatSpan outputs, Targets targets, int batch, int columns, int rowsPerSample = 1)
        where TLoss : struct, ILoss =>
        ElementLoss.Mean(
            default(CustomElementLoss<TLoss>), outputs, targets, batch, columns, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Values of the output's shape.</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a sample; positive.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <typeparam name="TLoss">The loss of one element.</typeparam>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind or count, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient<TLoss>(
        FloatSpan outputs,
        Targets targets,
        FloatSpan gradient,
        int batch,
        int columns,
        float gradientScale = 1f,
        int rowsPerSample = 1)
        where TLoss : struct, ILoss =>
        ElementLoss.Mean(
            default(CustomElementLoss<TLoss>),
            outputs,
            targets,
            batch,
            columns,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));
}

/// <summary>A loss of the user's own as one of ours.</summary>
internal readonly struct CustomElementLoss<TLoss> : IElementLoss
    where TLoss : struct, ILoss
{
    public static string Name => "a custom loss";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector> =>
        TLoss.Evaluate(output, target, out derivative);
}
