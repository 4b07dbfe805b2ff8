using System.Numerics.Tensors;

namespace Benchmarks.Bench.Measurement;

/// <summary>Makes sure that both sides of a row compute the same before their times are compared.</summary>
internal static class Agreement
{
    /// <summary>
    /// How far libtorch's results may be from ours, as a part of the largest, unless a row says otherwise: some are
    /// gradients, or parameters after a step.
    /// </summary>
    public const float TorchTolerance = 1e-3f;

    /// <summary>How far ONNX Runtime's results may be from ours, as a part of the largest.</summary>
    public const float OnnxRuntimeTolerance = 1e-5f;

    /// <summary>Runs each side once and compares what it computed, where both can say it.</summary>
    /// <exception cref="InvalidOperationException">The results differ by more than the tolerance.</exception>
    public static void Check(Row row, Contender ours, string rival, Contender theirs, float tolerance)
    {
        if (ours.Result is null || theirs.Result is null)
        {
            return;
        }

        float[] expected = RunOnce(theirs), actual = RunOnce(ours);
        Compare($"{row.Group}, {row.Name}", rival, expected, actual, tolerance);
    }

    /// <summary>Compares what ours has computed with what a rival has.</summary>
    /// <exception cref="InvalidOperationException">
    /// The results differ by more than <paramref name="tolerance"/> times the largest.
    /// </exception>
    public static void Compare(
        string work, string rival, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException(
                $"{work}: {rival} gives {expected.Length} values, ModelDsl {actual.Length}");
        }

        float scale = TensorPrimitives.MaxMagnitude(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Abs(scale)))
            {
                throw new InvalidOperationException(
                    $"{work}: {rival} gives {expected[i]} at {i}, ModelDsl {actual[i]}, and the largest is {scale}");
            }
        }
    }

    private static float[] RunOnce(Contender side)
    {
        side.Reset?.Invoke();
        side.Run();
        return side.Result!();
    }
}
