namespace ModelDsl;

/// <summary>Clipping of all gradients by their common norm.</summary>
internal static class GradientClipping
{
    // As in PyTorch's clip_grad_norm_.
    private const double Epsilon = 1e-6;

    /// <summary>min(1, maxNorm / (‖gradients‖ + 1e-6)): what to multiply each gradient by.</summary>
    public static float Scale(ReadOnlySpan<float> gradients, float? maxNorm) => maxNorm is { } max
        ? (float)Math.Min(1.0, max / (Math.Sqrt(SquareSum.Of(gradients)) + Epsilon))
        : 1f;
}
