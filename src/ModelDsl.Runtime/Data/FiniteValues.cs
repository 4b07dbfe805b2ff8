using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>Looks for values that are infinite or not a number.</summary>
internal static class FiniteValues
{
    /// <summary>Says which value is not finite first; null where all are.</summary>
    /// <param name="values">The values of some samples, one sample after the other.</param>
    /// <param name="perSample">The values of one sample.</param>
    /// <param name="first">The number of the first sample.</param>
    /// <param name="what">What a message calls a sample.</param>
    public static string? FindWrong(ReadOnlySpan<float> values, int perSample, int first = 0, string what = "sample")
    {
        if (TensorPrimitives.IsFiniteAll(values))
        {
            return null;
        }

        int index = 0;
        while (float.IsFinite(values[index]))
        {
            index++;
        }

        return Invariant(
            $"expected finite values, got {values[index]} in {what} {first + (index / perSample)} at position {index % perSample}");
    }
}
