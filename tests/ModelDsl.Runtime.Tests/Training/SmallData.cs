namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Data sets that a linear model learns in no time.</summary>
internal static class SmallData
{
    /// <summary>0, 1, ... as samples and as targets.</summary>
    public static Dataset Numbered(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(number => (float)number)];
        return Dataset.FromValues(new Shape(1), numbers, numbers);
    }

    /// <summary>Clouds around points on a circle.</summary>
    public static Dataset Classes(int count, int classCount = 3)
    {
        float[] samples = new float[2 * count];
        new Philox(2).FillUniform(samples, -0.5f, 0.5f);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % classCount;
            (float sine, float cosine) = MathF.SinCos(labels[i] * 2 * MathF.PI / classCount);
            samples[2 * i] += cosine;
            samples[(2 * i) + 1] += sine;
        }

        return Dataset.FromLabels(new Shape(2), samples, labels, classCount);
    }
}
