namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/batch) Σ t·(log t - log p), with p the distributions that the model gives; a term with t = 0 is 0. The gradient is
/// -t / batch where the outputs are log p, and -t / (p·batch) where they are p. Kullback and Leibler (1951).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class KullbackLeiblerLoss
{
    internal const string Name = "the Kullback-Leibler divergence";

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Distributions of the output's shape, with values in [0, 1].</param>
    /// <param name="batch">The number of distributions; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a distribution; positive.</param>
    /// <param name="fromProbabilities">Whether the outputs are p; otherwise they are log p.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int columns, bool fromProbabilities, int rowsPerSample = 1) =>
        Evaluate(outputs, targets, batch, columns, fromProbabilities, rowsPerSample, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The model's outputs: [batch, columns].</param>
    /// <param name="targets">Distributions of the output's shape, with values in [0, 1].</param>
    /// <param name="gradient">Where the gradient goes: [batch, columns]; may be the outputs.</param>
    /// <param name="batch">The number of distributions; with 0 the loss is 0.</param>
    /// <param name="columns">The number of outputs of a distribution; positive.</param>
    /// <param name="fromProbabilities">Whether the outputs are p; otherwise they are log p.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <param name="rowsPerSample">How many rows belong to a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int columns, bool fromProbabilities,
        float gradientScale = 1f, int rowsPerSample = 1) =>
        Evaluate(
            outputs,
            targets,
            batch,
            columns,
            fromProbabilities,
            rowsPerSample,
            LossGradient.Of(gradient, batch, columns, gradientScale));

    private static float Evaluate(
        FloatSpan outputs,
        Targets targets,
        int batch,
        int columns,
        bool fromProbabilities,
        int rowsPerSample,
        LossGradient gradient)
    {
        Guard.Matrix(outputs, batch, columns);
        ReadOnlySpan<float> values = TargetGuard.Probabilities(
            targets, batch, columns, Name);

        // The mean over the elements, times their number in a distribution.
        gradient = gradient.Times(columns);
        fixed (float* weights = targets.SampleWeights)
        {
            int length = rowsPerSample * columns;
            double total = LossWeight.Add(0, targets.SampleWeights, batch / rowsPerSample, length);
            var mean = LossMean.Over(total, targets, weights, batch, rowsPerSample, columns);
            return columns * (fromProbabilities
                ? ElementLoss.Mean(default(DivergenceOfProbability), outputs, values, length, mean, gradient)
                : ElementLoss.Mean(default(DivergenceOfLogarithm), outputs, values, length, mean, gradient));
        }
    }
}

/// <summary>t·(log t - log y), and 0 where t = 0; the derivative is -t / y.</summary>
internal readonly struct DivergenceOfProbability : IElementLoss
{
    public static string Name => KullbackLeiblerLoss.Name;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector present = TVector.GreaterThan(target, TVector.Zero);
        derivative = VectorMath.UnlessNaN(output, TVector.ConditionalSelect(present, -(target / output), TVector.Zero));
        TVector divergence = target * (VectorMath.Log(target) - VectorMath.Log(output));
        return VectorMath.UnlessNaN(output, TVector.ConditionalSelect(present, divergence, TVector.Zero));
    }
}

/// <summary>t·(log t - y), and 0 where t = 0; the derivative is -t.</summary>
internal readonly struct DivergenceOfLogarithm : IElementLoss
{
    public static string Name => KullbackLeiblerLoss.Name;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
        where TVector : struct, ISimdVector<TVector>
    {
        derivative = VectorMath.UnlessNaN(output, -target);

        // The logarithm of a probability of zero is -∞, which the product would turn into NaN.
        return VectorMath.UnlessNaN(
            output,
            TVector.ConditionalSelect(
                TVector.GreaterThan(target, TVector.Zero), target * (VectorMath.Log(target) - output), TVector.Zero));
    }
}
