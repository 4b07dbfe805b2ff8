namespace ModelDsl.Tests.Reference;

/// <summary>Samples with labels or values to aim at.</summary>
/// <param name="Size">The number of samples.</param>
/// <param name="Samples">The samples, one after the other.</param>
/// <param name="Labels">One label per sample, or null.</param>
/// <param name="Values">Values of the output's shape for each sample, or null.</param>
internal sealed record Batch(int Size, float[] Samples, int[]? Labels, float[]? Values)
{
    /// <summary>What a compiled model takes.</summary>
    public Targets Targets => Labels is null ? new Targets(Values) : new Targets(Labels);

    /// <summary>
    /// Random samples in [-1, 1) with every kind of targets that the loss takes: labels first, then values.
    /// </summary>
    public static IEnumerable<Batch> Draw(ModelDescription description, int size, int seed)
    {
        Random random = new(seed);
        int outputs = description.OutputShape.Count;
        float[] samples = Fill(size * description.InputShape.Count, () => (2 * random.NextSingle()) - 1);
        int[] Labels(int classes) => [.. Enumerable.Range(0, size).Select(_ => random.Next(classes))];
        Batch Labelled(int classes) => new(size, samples, Labels(classes), null);
        Batch Valued(Func<float> draw) => new(size, samples, null, Fill(size * outputs, draw));
        return description.Loss switch
        {
            LossKind.MeanSquaredError => [Valued(() => (4 * random.NextSingle()) - 2)],
            LossKind.SoftmaxCrossEntropy =>
                [Labelled(outputs), new Batch(size, samples, null, Distributions(size, outputs, random))],
            LossKind.BinaryCrossEntropy => [Valued(() => random.Next(2)), Valued(random.NextSingle)],
            LossKind.Hinge when outputs == 1 => [Labelled(2), Valued(() => (2 * random.Next(2)) - 1)],
            LossKind.Hinge => [Labelled(outputs)],
            _ => throw new NotSupportedException($"no targets are known for {description.Loss}"),
        };
    }

    private static float[] Distributions(int size, int classes, Random random)
    {
        float[] values = Fill(size * classes, random.NextSingle);
        for (int sample = 0; sample < size; sample++)
        {
            Span<float> row = values.AsSpan(sample * classes, classes);
            float sum = 0;
            foreach (float value in row)
            {
                sum += value;
            }

            foreach (ref float value in row)
            {
                value /= sum;
            }
        }

        return values;
    }

    private static float[] Fill(int count, Func<float> draw) => [.. Enumerable.Range(0, count).Select(_ => draw())];
}
