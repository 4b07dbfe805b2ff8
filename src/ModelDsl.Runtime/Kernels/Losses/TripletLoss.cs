using System.ComponentModel;

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
        Evaluate(outputs, targets, default, batch, width, margin, 1f);

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
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int width, float margin, float gradientScale = 1f)
    {
        Guard.Blocks(gradient, batch, 3, width);
        return Evaluate(outputs, targets, gradient, batch, width, margin, gradientScale);
    }

    private static float Evaluate(
        FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int width, float margin, float gradientScale)
    {
        Guard.Blocks(outputs, batch, 3, width);
        TargetGuard.None(targets, "the triplet loss");
        if (batch == 0)
        {
            return 0f;
        }

        double* partials = LossSum.Partials(batch);
        var kernel = new TripletKernel(outputs.Pointer, gradient.Pointer, batch, width, margin, gradientScale, partials);
        return (float)(LossSum.Run(kernel, partials, batch, Math.Max(1, width)) / batch);
    }
}
