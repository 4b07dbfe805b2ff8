using System.Numerics.Tensors;

namespace ModelDsl.Kernels;

/// <summary>Σ x², as exact as a step's size needs it, for values of any size.</summary>
internal static class SquareSum
{
    // Sums of squares of this many floats stay accurate in single precision; the pieces are added up in double precision.
    private const int Piece = 1024;

    // Within these bounds of a piece's sum no square that matters was lost below the smallest normal float or above the largest.
    private const float SmallestSum = 1e-24f;
    private const float LargestSum = 1e38f;

    /// <summary>The sum, in double precision.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        for (int start = 0; start < values.Length; start += Piece)
        {
            ReadOnlySpan<float> piece = values.Slice(start, Math.Min(Piece, values.Length - start));
            float squares = TensorPrimitives.SumOfSquares(piece);
            sum += squares is >= SmallestSum and <= LargestSum ? squares : InDoublePrecision(piece);
        }

        return sum;
    }

    /// <summary>The sum where every square is computed in double precision, which holds that of every float.</summary>
    private static double InDoublePrecision(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }
}
