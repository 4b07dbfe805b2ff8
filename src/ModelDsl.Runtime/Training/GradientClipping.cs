using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Clipping of all gradients by their common norm.</summary>
internal static class GradientClipping
{
    // Sums of squares of this many floats stay accurate in single precision; the pieces are added up in double precision.
    private const int Piece = 4096;

    // As in PyTorch's clip_grad_norm_.
    private const double Epsilon = 1e-6;

    /// <summary>min(1, maxNorm / (‖gradients‖ + 1e-6)): what to multiply each gradient by.</summary>
    public static float Scale(ReadOnlySpan<float> gradients, float? maxNorm)
    {
        if (maxNorm is null)
        {
            return 1f;
        }

        double sum = 0;
        for (int start = 0; start < gradients.Length; start += Piece)
        {
            sum += TensorPrimitives.SumOfSquares(gradients.Slice(start, Math.Min(Piece, gradients.Length - start)));
        }

        return (float)Math.Min(1.0, maxNorm.Value / (Math.Sqrt(sum) + Epsilon));
    }
}
