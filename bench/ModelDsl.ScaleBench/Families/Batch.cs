namespace Benchmarks.ScaleBench.Families;

/// <summary>Random samples with random labels, the same on both sides.</summary>
internal static class Batch
{
    /// <summary>Fills memory with the values of samples.</summary>
    public static void DrawSamples(SampleValues values, Span<float> samples)
    {
        Random random = new(1);
        foreach (ref float value in samples)
        {
            value = values == SampleValues.Tokens ? random.Next(AllFamilies.Vocabulary) : random.NextSingle();
        }
    }

    /// <summary>The labels of as many rows.</summary>
    public static int[] DrawLabels(SampleValues values, int rows)
    {
        Random random = new(2);
        int classes = values == SampleValues.Tokens ? AllFamilies.Vocabulary : AllFamilies.Classes;
        return [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
    }
}
