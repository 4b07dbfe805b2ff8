namespace ModelDsl.CompilerServices;

/// <summary>
/// (1/batch) Σ ½·d² over the pairs that are alike and ½·max(0, m - d)² over those that are not, with d = ‖a - b‖ the distance
/// of a pair's embeddings and m the margin. Hadsell, Chopra and LeCun (2006).
/// </summary>
/// <remarks>The gradient of a is (a - b) / batch, or -(m - d)/d·(a - b) / batch within the margin; where d = 0 that is 0.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ContrastiveLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">The embeddings of each pair, one after the other: [batch, 2, width].</param>
    /// <param name="targets">One label for each pair: 1 where the two are alike, 0 where they are not.</param>
    /// <param name="batch">The number of pairs; with 0 the loss is 0.</param>
    /// <param name="width">The length of an embedding; positive.</param>
    /// <param name="margin">The distance beyond which embeddings of unlike pairs are far enough apart; positive.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or the outputs are shorter than their shape.
    /// </exception>
    public static float Evaluate(FloatSpan outputs, Targets targets, int batch, int width, float margin) =>
        Evaluate(outputs, targets, batch, width, margin, LossGradient.None);

    /// <summary>The mean loss of a batch and its gradient with respect to the outputs.</summary>
    /// <param name="outputs">The embeddings of each pair, one after the other: [batch, 2, width].</param>
    /// <param name="targets">One label for each pair: 1 where the two are alike, 0 where they are not.</param>
    /// <param name="gradient">Where the gradient goes: [batch, 2, width]; may be the outputs.</param>
    /// <param name="batch">The number of pairs; with 0 the loss is 0.</param>
    /// <param name="width">The length of an embedding; positive.</param>
    /// <param name="margin">The distance beyond which embeddings of unlike pairs are far enough apart; positive.</param>
    /// <param name="gradientScale">What the gradient is multiplied by; the loss is not.</param>
    /// <exception cref="ArgumentException">
    /// The targets are of the wrong kind, count or range, or an operand is shorter than its shape.
    /// </exception>
    public static float EvaluateWithGradient(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int width, float margin,
        float gradientScale = 1f) =>
        Evaluate(outputs, targets, batch, width, margin, LossGradient.Of(gradient, batch, 2, width, gradientScale));

    private static float Evaluate(
        FloatSpan outputs, Targets targets, int batch, int width, float margin, LossGradient gradient)
    {
        Guard.Blocks(outputs, batch, 2, width);
        int* labels = TargetGuard.Labels(targets, batch, 2, "the contrastive loss", out double* partials);
        if (batch == 0)
        {
            return 0f;
        }

        var kernel = new ContrastiveKernel(outputs.Pointer, labels, gradient, width, margin);
        fixed (float* weights = targets.SampleWeights)
        {
            var mean = new LossMean(targets, weights, batch, rowsPerSample: 1);
            return LossSum.MeanOfRows(kernel, mean, gradient, partials, batch, 2 * width);
        }
    }
}

/// <summary>The losses of <see cref="ContrastiveLoss"/> pair by pair, and the gradient.</summary>
internal readonly unsafe struct ContrastiveKernel(
    float* outputs, int* labels, LossGradient gradient, int width, float margin) : IRowLoss
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Evaluate<TVector>(int pair, float share)
        where TVector : struct, ISimdVector<TVector>
    {
        float* a = outputs + ((nint)pair * 2 * width);
        double square = EmbeddingDistance.Square<TVector>(a, a + width, 0f, width);
        float distance = (float)Math.Sqrt(square);
        float missing = margin - distance;
        bool alike = labels[pair] == 1;

        // A distance that is no number is told by its loss.
        float open = missing <= 0f ? 0f : missing;
        if (gradient.IsWanted)
        {
            float factor = alike ? share : distance == 0f ? 0f : -share * open / distance;
            float* g = gradient.Values + ((nint)pair * 2 * width);
            for (int i = 0; i < width; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, width - i);
                TVector difference = Operand.Load<TVector>(a + i, count) - Operand.Load<TVector>(a + width + i, count);
                TVector step = difference * TVector.Broadcast(factor);
                Operand.Store(step, g + i, count);
                Operand.Store(-step, g + width + i, count);
            }
        }

        return 0.5 * (alike ? square : (double)open * open);
    }
}
