namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/N) Σ l over the losses of N samples, which a method of the user's own has made of outputs and targets; with
/// weights of samples Σ w·l / Σ w.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MethodLoss
{
    /// <summary>The targets as values that a method computes with.</summary>
    /// <param name="targets">Values, <paramref name="count"/> for each sample.</param>
    /// <param name="output">Where they go: [batch, count].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="count">The number of values of a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are labels, or of another count, or the memory is shorter than its shape.
    /// </exception>
    public static void LoadValues(Targets targets, FloatSpan output, int batch, int count)
    {
        Guard.Matrix(output, batch, count);
        if (!targets.Labels.IsEmpty)
        {
            throw new ArgumentException("expected values as targets, got class labels", nameof(targets));
        }

        RequireCount(targets, targets.Values.Length, batch, count, "target values");
        targets.Values.CopyTo(output);
    }

    /// <summary>The labels as tokens that a method computes with.</summary>
    /// <param name="targets">Class labels, <paramref name="count"/> for each sample.</param>
    /// <param name="output">Where they go: [batch, count].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="count">The number of labels of a sample.</param>
    /// <exception cref="ArgumentException">
    /// The targets are values, or of another count, or the memory is shorter than its shape.
    /// </exception>
    public static void LoadLabels(Targets targets, FloatSpan output, int batch, int count)
    {
        Guard.Matrix(output, batch, count);
        if (!targets.Values.IsEmpty)
        {
            throw new ArgumentException("expected class labels as targets, got values", nameof(targets));
        }

        RequireCount(targets, targets.Labels.Length, batch, count, "labels");
        for (int i = 0; i < targets.Labels.Length; i++)
        {
            output[i] = targets.Labels[i];
        }
    }

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="losses">The loss of each sample: [batch].</param>
    /// <param name="targets">What says how much each sample counts.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="takesTargets">Whether the method takes targets; where not, there may be none.</param>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, there are too few or too many, the losses are shorter than their shape, or
    /// there are targets that nobody takes.
    /// </exception>
    public static float Evaluate(FloatSpan losses, Targets targets, int batch, bool takesTargets = true) =>
        Mean(losses, targets, batch, takesTargets, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the samples' losses.</summary>
    /// <param name="losses">The loss of each sample: [batch].</param>
    /// <param name="targets">What says how much each sample counts.</param>
    /// <param name="gradient">Where the gradient goes: [batch]; may be the losses.</param>
    /// <param name="batch">The number of samples; with 0 the loss is 0.</param>
    /// <param name="takesTargets">Whether the method takes targets; where not, there may be none.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">
    /// A weight is negative or not finite, there are too few or too many, an operand is shorter than its shape, or
    /// there are targets that nobody takes.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan losses,
        Targets targets,
        FloatSpan gradient,
        int batch,
        bool takesTargets = true,
        float gradientScale = 1f) =>
        Mean(losses, targets, batch, takesTargets, LossGradient.Of(gradient, batch, 1, gradientScale));

    /// <summary>No gradient, where a loss has none with respect to the outputs.</summary>
    /// <param name="gradient">What becomes zeros: [batch, count].</param>
    /// <param name="batch">The number of samples.</param>
    /// <param name="count">The number of outputs of a sample.</param>
    /// <exception cref="ArgumentException">The memory is shorter than its shape.</exception>
    public static void ClearGradient(FloatSpan gradient, int batch, int count)
    {
        Guard.Matrix(gradient, batch, count);
        gradient.Slice(0, batch * count).AsSpan().Clear();
    }

    private static unsafe float Mean(
        FloatSpan losses, Targets targets, int batch, bool takesTargets, LossGradient gradient)
    {
        Guard.Vector(losses, batch);
        if (!takesTargets)
        {
            TargetGuard.None(targets, "this loss");
        }

        fixed (float* weights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, weights, batch, rowsPerSample: 1);
            return ElementLoss.Mean(
                default(Identity), losses, losses.AsSpan()[..batch], sampleLength: 1, mean, gradient);
        }
    }

    private static void RequireCount(Targets targets, int given, int batch, int count, string what)
    {
        if (given != (long)batch * count)
        {
            throw new ArgumentException(
                $"expected {(long)batch * count} {what} ({batch} samples x {count}), got {given}", nameof(targets));
        }
    }

    /// <summary>l(y) = y: the losses have been computed already.</summary>
    private readonly struct Identity : IElementLoss
    {
        public static string Name => "a loss";

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
            where TVector : struct, ISimdVector<TVector>
        {
            derivative = TVector.Broadcast(1f);
            return output;
        }
    }
}
