namespace Benchmarks.Bench.Data;

/// <summary>The samples of a training step and their labels; without those, samples are their own targets.</summary>
internal sealed record LabelledBatch(float[] Samples, int[]? Labels)
{
    /// <summary>What the samples are to give.</summary>
    public Targets Targets => Labels is null ? new Targets(Samples) : new Targets(Labels);

    /// <summary>
    /// Batches of random samples with random labels, which no model learns: gradients stay what they are in training.
    /// </summary>
    public static LabelledBatch[] Draw(int batches, int size, int inputs, int classes)
    {
        Random random = new(3);
        return [.. Enumerable.Range(0, batches).Select(_ => new LabelledBatch(
            [.. Enumerable.Range(0, size * inputs).Select(_ => random.NextSingle())],
            [.. Enumerable.Range(0, size).Select(_ => random.Next(classes))]))];
    }

    /// <summary>Batches of random samples that an autoencoder shall give back.</summary>
    public static LabelledBatch[] DrawUnlabelled(int batches, int size, int inputs)
    {
        Random random = new(5);
        return [.. Enumerable.Range(0, batches).Select(_ => new LabelledBatch(
            [.. Enumerable.Range(0, size * inputs).Select(_ => random.NextSingle())], Labels: null))];
    }

    /// <summary>Batches of random tokens with a random token behind each: what a language model trains on.</summary>
    public static LabelledBatch[] DrawTokens(int batches, int size, int steps, int vocabulary)
    {
        Random random = new(4);
        return [.. Enumerable.Range(0, batches).Select(_ => new LabelledBatch(
            [.. Enumerable.Range(0, size * steps).Select(_ => (float)random.Next(vocabulary))],
            [.. Enumerable.Range(0, size * steps).Select(_ => random.Next(vocabulary))]))];
    }

    /// <summary>The first batches of a data set, in its order.</summary>
    public static LabelledBatch[] Take(Dataset dataset, int batches, int size) =>
        [.. Enumerable.Range(0, batches).Select(batch =>
        {
            int[] indices = [.. Enumerable.Range(batch * size, size)];
            float[] samples = new float[size * dataset.SampleShape.Count];
            int[] labels = new int[size];
            dataset.GatherSamples(indices, samples);
            dataset.GatherLabels(indices, labels);
            return new LabelledBatch(samples, labels);
        })];
}
