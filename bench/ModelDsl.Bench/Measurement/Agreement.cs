namespace ModelDsl.Bench.Measurement;

/// <summary>Makes sure that both sides of a row compute the same before their times are compared.</summary>
internal static class Agreement
{
    private const float Tolerance = 1e-3f;

    /// <summary>Runs each side once and compares what it computed, where both can say it.</summary>
    /// <exception cref="InvalidOperationException">The results differ by more than a thousandth of the largest.</exception>
    public static void Check(Row row, Contender ours, Contender torch)
    {
        if (ours.Result is null || torch.Result is null)
        {
            return;
        }

        float[] expected = RunOnce(torch), actual = RunOnce(ours);
        float scale = expected.Max(Math.Abs);
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException(
                $"{row.Group}, {row.Name}: libtorch gives {expected.Length} values, ModelDsl {actual.Length}");
        }

        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - actual[i]) <= Tolerance * scale))
            {
                throw new InvalidOperationException(
                    $"{row.Group}, {row.Name}: libtorch gives {expected[i]} at {i}, ModelDsl {actual[i]}");
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
