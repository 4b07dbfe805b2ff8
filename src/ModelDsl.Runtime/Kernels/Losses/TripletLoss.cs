namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/batch) Σ max(0, d(a, p) - d(a, n) + m) over triplets of an anchor a, a positive p that is like it and a negative n that
/// is not, with d(x, y) = ‖x - y + 10⁻⁶‖ and m the margin. Balntas et al. (2016); the same as PyTorch's triplet_margin_loss.
/// </summary>
/// <remarks>The gradient of a distance is the unit vector between its ends; at the kink it is 0.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class TripletLoss
{
    /// <summary>What keeps a distance of 0 differentiable, as in PyTorch.</summary>
    internal const float Epsilon = 1e-6f;

    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The embeddings of each triplet (anchor, positive, negative): [batch, 3, width].</param>
    /// <param name="targets">None: the places say what is like what.</param>
    /// <param name="batch">The number of triplets; with 0 the loss is 0.</param>
    /// <param name="width">The length of an embedding; positive.</param>
    /// <param name="margin">How much farther the negative should be than the positive; positive.</param>
    /// <exception cref="ArgumentException">There are targets, or the outputs are shorter than their shape.</exception>
    public static float Evaluate(FloatSpan outputs, Targets targets, int batch, int width, float margin) =>
        Evaluate(outputs, targets, batch, width, margin, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The embeddings of each triplet (anchor, positive, negative): [batch, 3, width].</param>
    /// <param name="targets">None: the places say what is like what.</param>
    /// <param name="gradient">Where the gradient goes: [batch, 3, width]; may be the outputs.</param>
    /// <param name="batch">The number of triplets; with 0 the loss is 0.</param>
    /// <param name="width">The length of an embedding; positive.</param>
    /// <param name="margin">How much farther the negative should be than the positive; positive.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">There are targets, or an operand is shorter than its shape.</exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int width, float margin,
        float gradientScale = 1f) =>
        Evaluate(outputs, targets, batch, width, margin, LossGradient.Of(gradient, batch, 3, width, gradientScale));

    private static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int width, float margin, LossGradient gradient)
    {
        Guard.Blocks(outputs, batch, 3, width);
        TargetGuard.None(targets, "the triplet loss");
        if (batch == 0)
        {
            return 0f;
        }

        var kernel = new TripletKernel(outputs.Pointer, gradient, width, margin);
        fixed (float* weights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, weights, batch, rowsPerSample: 1);
            return LossSum.MeanOfRows(kernel, mean, gradient, LossSum.Partials(batch), batch, 3 * width);
        }
    }
}

/// <summary>The losses of <see cref="TripletLoss"/> triplet by triplet, and the gradient.</summary>
internal readonly unsafe struct TripletKernel(
    float* outputs, LossGradient gradient, int width, float margin) : IRowLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Evaluate<TVector>(int triplet, float share)
        where TVector : struct, ISimdVector<TVector>
    {
        float* anchor = outputs + ((nint)triplet * 3 * width);
        float near = Distance<TVector>(anchor, anchor + width);
        float far = Distance<TVector>(anchor, anchor + (2 * width));
        float loss = near - far + margin;
        if (gradient.IsWanted)
        {
            share = loss <= 0f ? 0f : share;
            Differentiate<TVector>(
                anchor,
                gradient.Values + ((nint)triplet * 3 * width),
                near == 0f ? 0f : share / near,
                far == 0f ? 0f : share / far);
        }

        return loss <= 0f ? 0f : loss;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Distance<TVector>(float* x, float* y)
        where TVector : struct, ISimdVector<TVector> =>
        (float)Math.Sqrt(EmbeddingDistance.Square<TVector>(x, y, TripletLoss.Epsilon, width));

    /// <summary>∂p = -u·near, ∂n = v·far, ∂a = u·near - v·far, with u = a - p + ε and v = a - n + ε.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Differentiate<TVector>(float* anchor, float* g, float near, float far)
        where TVector : struct, ISimdVector<TVector>
    {
        TVector offset = TVector.Broadcast(TripletLoss.Epsilon);
        for (int i = 0; i < width; i += TVector.Count)
        {
            int count = Math.Min(TVector.Count, width - i);
            TVector a = Operand.Load<TVector>(anchor + i, count) + offset;
            TVector toPositive = (a - Operand.Load<TVector>(anchor + width + i, count)) * TVector.Broadcast(near);
            TVector toNegative = (a - Operand.Load<TVector>(anchor + (2 * width) + i, count)) * TVector.Broadcast(far);
            Operand.Store(toPositive - toNegative, g + i, count);
            Operand.Store(-toPositive, g + width + i, count);
            Operand.Store(toNegative, g + (2 * width) + i, count);
        }
    }
}
