namespace ModelDsl.Runtime.Tests.Data;

public sealed class DataSourceTests
{
    [Fact]
    public void A_source_of_the_users_own_trains_like_a_data_set()
    {
        Assert.Equal(Train(Numbers(20)), Train(new NumberedSource(20)));

        static float[] Train(IDataSource source)
        {
            var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError, seed: 1);
            var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 1e-4f });
            History history = trainer.Fit(source, epochs: 3, batchSize: 4, validationSplit: 0.25f, seed: 2);
            return [.. model.Parameters, (float)history.Last.Loss, (float)history.Last.ValidationLoss!];
        }
    }

    [Fact]
    public void What_a_source_throws_arrives_at_the_caller_of_Fit()
    {
        var source = new NumberedSource(8) { OnSample = index => Assert.NotEqual(5, index) };
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 1e-4f });
        Assert.Throws<Xunit.Sdk.NotEqualException>(() => trainer.Fit(source, batchSize: 2));
    }

    [Fact]
    public void A_source_without_samples_is_refused()
    {
        var trainer = new Trainer<LinearModel>(new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError), new Sgd());
        ArgumentException error = Assert.Throws<ArgumentException>(() => trainer.Fit(new NumberedSource(0)));
        Assert.Contains("expected at least one sample, got 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_states_no_targets_has_none()
    {
        IDataSource source = new BareSource();
        Assert.Equal((0, 0, 0, 0), (source.LabelsPerSample, source.ValuesPerSample, source.ClassCount, source.ClassNames.Length));
        Assert.Throws<InvalidOperationException>(() => source.GatherLabels([0], new int[1]));
        Assert.Throws<InvalidOperationException>(() => source.GatherValues([0], new float[1]));
        Assert.Throws<InvalidOperationException>(() => source.GetLabel(0));
    }

    [Fact]
    public void A_subset_of_any_source_means_the_same_samples() =>
        Gen.Int[0, 99].Array[1, 600].Sample(indices =>
        {
            DataSubset subset = new NumberedSource(100).Subset(indices);
            int[] all = [.. Enumerable.Range(0, subset.Count)];
            float[] samples = new float[subset.Count];
            float[] values = new float[subset.Count];
            subset.GatherSamples(all, samples);
            subset.GatherValues(all, values);
            Assert.Equal(indices.Select(index => (float)index), samples);
            Assert.Equal(samples, values);
        });

    [Fact]
    public void A_subset_passes_epochs_and_what_comes_next_on_to_its_source()
    {
        var source = new NumberedSource(10);
        DataSubset subset = source.Subset([9, 8, 7]).Subset([2, 0]);
        subset.StartEpoch(3);
        subset.Prepare([1, 0, 1]);
        Assert.Equal([3], source.Epochs);
        Assert.Equal([9, 7, 9], Assert.Single(source.Prepared));
        Assert.Throws<ArgumentException>(() => subset.Prepare([2]));
        Assert.Throws<ArgumentException>(() => subset.GatherSamples([2], new float[1]));
    }

    [Fact]
    public void A_split_takes_the_same_samples_of_every_source()
    {
        float[] expected = Samples(Numbers(50).Split(0.3f, seed: 4).HeldOut);
        Assert.Equal(expected, Samples(new NumberedSource(50).Split(0.3f, seed: 4).HeldOut));
    }

    private static Dataset Numbers(int count)
    {
        float[] numbers = [.. Enumerable.Range(0, count).Select(number => (float)number)];
        return Dataset.FromValues(new Shape(1), numbers, numbers);
    }

    private static float[] Samples(IDataSource source) =>
        [.. Enumerable.Range(0, source.Count).Select(index => source.GetSample(index)[0])];

    private sealed class BareSource : IDataSource
    {
        public int Count => 1;

        public Shape SampleShape { get; } = new(1);

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination) => destination.Clear();
    }
}
