using System.ComponentModel;

namespace ModelDsl.CompilerServices;

/// <summary>(l1·Σ|x| + l2·Σx²) / batch over the activities of a batch; <see cref="AddPenaltyGradient"/> is its gradient.</summary>
/// <remarks>Limited by memory. Summed in chunks of fixed size, in order.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ActivityPenalty
{
    /// <summary>The penalty.</summary>
    /// <param name="values">The activities: [batch, count].</param>
    /// <param name="batch">The number of samples; with 0 the penalty is 0.</param>
    /// <param name="count">The number of elements of a sample.</param>
    /// <param name="l1">The factor of the absolute values, at least 0.</param>
    /// <param name="l2">The factor of the squares, at least 0.</param>
    /// <exception cref="ArgumentException">The activities are shorter than their shape.</exception>
    public static float Evaluate(FloatSpan values, int batch, int count, float l1, float l2)
    {
        Guard.Matrix(values, batch, count);
        int length = batch * count;
        if (length == 0)
        {
            return 0f;
        }

        int chunks = (length + PenaltyKernel.ChunkLength - 1) / PenaltyKernel.ChunkLength;
        double* partials = LossSum.Partials(chunks);
        var kernel = new PenaltyKernel(values.Pointer, null, length, l1, l2, accumulate: false, partials);
        return (float)(LossSum.Run(kernel, partials, chunks, PenaltyKernel.ChunkLength) / batch);
    }
}
