using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>l1·Σ|w| + l2·Σw² over a parameter; its gradient l1·sign(w) + 2·l2·w is taken along in the same pass.</summary>
/// <remarks>Limited by memory. Summed in chunks of fixed size, in order.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class WeightPenalty
{
    /// <summary>The penalty and its gradient.</summary>
    /// <param name="weight">The parameter.</param>
    /// <param name="gradient">The parameter's gradient.</param>
    /// <param name="length">The number of elements; with 0 the penalty is 0.</param>
    /// <param name="l1">The factor of the absolute values, at least 0.</param>
    /// <param name="l2">The factor of the squares, at least 0.</param>
    /// <param name="accumulate">Whether the gradient is added to what is there.</param>
    /// <exception cref="ArgumentException">An operand is shorter than the length.</exception>
    public static float EvaluateWithGradient(
        FloatSpan weight, FloatSpan gradient, int length, float l1, float l2, bool accumulate = false)
    {
        Guard.Vector(weight, length);
        Guard.Vector(gradient, length);
        int chunks = (length + PenaltyKernel.ChunkLength - 1) / PenaltyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        var kernel = new PenaltyKernel(weight.Pointer, gradient.Pointer, length, l1, l2, accumulate, partials);
        return (float)LossSum.Run(kernel, partials, chunks, PenaltyKernel.ChunkLength);
    }
}
