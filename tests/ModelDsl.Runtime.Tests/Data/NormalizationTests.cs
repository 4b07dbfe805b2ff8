namespace ModelDsl.Runtime.Tests.Data;

public sealed class NormalizationTests
{
    [Theory]
    [InlineData(NormalizedBy.Feature, 12)]
    [InlineData(NormalizedBy.Channel, 3)]
    [InlineData(NormalizedBy.All, 1)]
    public void Standardised_values_have_mean_0_and_variance_1(NormalizedBy by, int groups)
    {
        Dataset source = Draw(count: 20_000, shift: 100f);
        var normalization = Normalization.Standard(source, by);
        Assert.Equal(groups, normalization.Offsets.Length);
        foreach (double[] values in Groups(source.Normalize(normalization), groups))
        {
            double mean = values.Average();
            Assert.Equal(0, mean, 1e-5);
            Assert.Equal(1, values.Average(value => (value - mean) * (value - mean)), 1e-4);
        }
    }

    [Theory]
    [InlineData(NormalizedBy.Feature, 12)]
    [InlineData(NormalizedBy.Channel, 3)]
    [InlineData(NormalizedBy.All, 1)]
    public void Values_between_least_and_most_become_0_to_1(NormalizedBy by, int groups)
    {
        Dataset source = Draw(count: 100, shift: -3f);
        foreach (double[] values in Groups(source.Normalize(Normalization.MinMax(source, by)), groups))
        {
            Assert.Equal(0, values.Min());
            Assert.Equal(1, values.Max());
        }
    }

    [Fact]
    public void Figures_are_those_of_the_formula()
    {
        Dataset source = Dataset.FromValues(new Shape(2), [1f, 10f, 3f, 10f, 8f, 10f], [0f, 0f, 0f]);
        var standard = Normalization.Standard(source, NormalizedBy.Feature);
        Assert.Equal([4f, 10f], standard.Offsets.AsEnumerable());

        // The root of (9 + 1 + 16) / 3; a feature that never changes is only shifted.
        Assert.Equal([(float)Math.Sqrt(26.0 / 3), 1f], standard.Scales.AsEnumerable());
        var range = Normalization.MinMax(source, NormalizedBy.Feature);
        Assert.Equal([1f, 10f], range.Offsets.AsEnumerable());
        Assert.Equal([7f, 1f], range.Scales.AsEnumerable());
        Assert.Equal([1f, 0f], source.Normalize(range).GetSample(2));
    }

    [Fact]
    public void A_small_deviation_around_a_large_mean_is_not_lost()
    {
        // The textbook formula, the mean of squares less the square of the mean, gives 0 or less in single precision.
        float[] samples = [.. Enumerable.Range(0, 300_000).Select(index => 1_000_000f + (index % 2 == 0 ? 0.5f : -0.5f))];
        var normalization = Normalization.Standard(
            Dataset.FromValues(new Shape(1), samples, new float[samples.Length]), NormalizedBy.All);
        Assert.Equal(1_000_000f, normalization.Offsets[0]);
        Assert.Equal(0.5f, normalization.Scales[0], 1e-6f);
    }

    [Fact]
    public void A_normalisation_comes_back_from_a_models_file_to_the_last_bit()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        Dataset source = Draw(count: 50, shift: 0.1f);
        var saved = Normalization.Standard(source, NormalizedBy.Feature);
        var model = new Training.LinearModel(source.SampleShape, 1, LossKind.MeanSquaredError, seed: 1);
        ModelFile.Save(path, model, saved.ToMetadata());
        var loaded = Normalization.Load(path);
        Assert.Equal(saved.Offsets.AsEnumerable(), loaded.Offsets);
        Assert.Equal(saved.Scales.AsEnumerable(), loaded.Scales);
        Assert.Equal(source.Normalize(saved).GetSample(7), source.Normalize(loaded).GetSample(7));

        // The model itself is as without it.
        var other = new Training.LinearModel(source.SampleShape, 1, LossKind.MeanSquaredError, seed: 2);
        ModelFile.Load(path, other);
        Assert.Equal(model.Parameters, other.Parameters);
    }

    [Theory]
    [InlineData("2x2x3", "0", "1x", "normalization.scale: expected finite numbers, got 1x")]
    [InlineData("2x2x3", "0", "NaN", "normalization.scale: expected finite numbers")]
    [InlineData("2x2x3", "0", "0", "normalization.scale: expected positive numbers, got 0")]
    [InlineData("2x2x3", "0", "-1", "normalization.scale: expected positive numbers, got -1")]
    [InlineData("2x2x3", "0 0", "1", "expected as many offsets as scales")]
    [InlineData("2x2x3", "0 0 0 0 0", "1 1 1 1 1", "a number that divides 12")]
    [InlineData("2x-2", "0", "1", "expected a shape such as 28x28")]
    [InlineData("0", "0", "1", "expected a shape such as 28x28")]
    [InlineData("99999x99999x99999x99999x99999", "0", "1", "expected a shape such as 28x28")]
    [InlineData("", "0", "1", "expected a shape such as 28x28")]
    [InlineData("2x2x3", "", "1", "normalization.offset: expected finite numbers")]
    public void A_damaged_normalisation_is_refused_by_file_and_entry(string shape, string offset, string scale, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        SafetensorsFile.Write(path, [], new Dictionary<string, string>
        {
            ["normalization.shape"] = shape,
            ["normalization.offset"] = offset,
            ["normalization.scale"] = scale,
        });
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Normalization.Load(path));
        Assert.Contains("model.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_normalisation_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        SafetensorsFile.Write(path, []);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Normalization.Load(path));
        Assert.Contains("expected metadata normalization.shape of a normalisation, found none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_a_model_may_not_replace_that_of_the_format()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        var model = new Training.LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => ModelFile.Save(path, model, new Dictionary<string, string> { ["format"] = "mine" }));
        Assert.Contains("expected keys other than format and model", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Samples_that_do_not_fit_or_are_not_finite_are_refused()
    {
        Dataset source = Draw(count: 4, shift: 0f);
        var normalization = Normalization.Standard(source, NormalizedBy.All);
        Assert.Throws<ArgumentException>(() => normalization.Apply(new float[13]));
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Dataset.FromValues(new Shape(2), [1f, 2f], [1f]).Normalize(normalization));
        Assert.StartsWith("expected samples of 2x2x3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Normalization.Standard(source, (NormalizedBy)7));
        error = Assert.Throws<ArgumentException>(() => Normalization.MinMax(new WildSource(), NormalizedBy.All));
        Assert.StartsWith("expected finite values, got Infinity in sample 2 at position 0", error.Message, StringComparison.Ordinal);
    }

    private static Dataset Draw(int count, float shift)
    {
        float[] samples = new float[count * 12];
        new Philox(3).FillUniform(samples, -1f, 1f);
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = (samples[i] * (1 + (i % 3))) + shift;
        }

        return Dataset.FromValues(new Shape(2, 2, 3), samples, new float[count]);
    }

    private static IEnumerable<double[]> Groups(IDataSource source, int groups)
    {
        float[] all = [.. Enumerable.Range(0, source.Count).SelectMany(source.GetSample)];
        return Enumerable.Range(0, groups).Select(group => all.Where((_, i) => i % groups == group).Select(value => (double)value).ToArray());
    }

    private sealed class WildSource : IDataSource
    {
        public int Count => 3;

        public Shape SampleShape { get; } = new(1);

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                destination[i] = indices[i] == 2 ? float.PositiveInfinity : 0f;
            }
        }
    }
}
