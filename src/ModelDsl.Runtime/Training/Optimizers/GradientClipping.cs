using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Clipping of all gradients by their common norm.</summary>
internal static class GradientClipping
{
    // Sums of squares of this many floats stay accurate in single precision; the pieces are added up in double precision.
    private const int Piece = 1024;

    // Within these bounds of a piece's sum no square that matters was lost below the smallest normal float or above the largest.
    private const float SmallestSum = 1e-24f;
    private const float LargestSum = 1e38f;

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
            ReadOnlySpan<float> piece = gradients.Slice(start, Math.Min(Piece, gradients.Length - start));
            float squares = TensorPrimitives.SumOfSquares(piece);
            sum += squares is >= SmallestSum and <= LargestSum ? squares : SumOfSquares(piece);
        }

        return (float)Math.Min(1.0, maxNorm.Value / (Math.Sqrt(sum) + Epsilon));
    }

    /// <summary>Σ g² in double precision, which holds the square of every float.</summary>
    private static double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        double sum = 0;
        foreach (float gradient in gradients)
        {
            sum += (double)gradient * gradient;
        }

        return sum;
    }
}
