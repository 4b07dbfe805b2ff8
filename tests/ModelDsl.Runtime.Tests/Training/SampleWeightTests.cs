using System.Collections.Immutable;

namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Weights of samples from a source to training and measuring.</summary>
public sealed class SampleWeightTests
{
    [Fact]
    public void Samples_of_weight_0_train_as_if_they_were_not_there()
    {
        // The class of every fourth sample is wrong.
        Dataset clean = SmallData.Classes(24);
        int[] indices = [.. Enumerable.Range(0, 24)];
        float[] samples = new float[48];
        int[] labels = new int[24];
        clean.GatherSamples(indices, samples);
        clean.GatherLabels(indices, labels);
        int[] wrong = [.. labels.Select((label, i) => i % 4 == 0 ? (label + 1) % 3 : label)];
        IDataSource weighted = Dataset.FromLabels(new Shape(2), samples, wrong, 3)
            .WithSampleWeights([.. indices.Select(i => i % 4 == 0 ? 0f : 1f)]);
        var options = new FitOptions { Epochs = 10, BatchSize = 24, Shuffle = false };
        Trainer<LinearModel> expected = CreateTrainer();
        Trainer<LinearModel> actual = CreateTrainer();
        History history = expected.Fit(clean.Subset([.. indices.Where(i => i % 4 != 0)]), options);
        Assert.Equal(history.Last.Loss, actual.Fit(weighted, options).Last.Loss, 1e-6);
        AssertNear(expected.Model.Parameters, actual.Model.Parameters);
    }

    [Fact]
    public void A_sample_of_weight_2_trains_as_two_samples_would()
    {
        Dataset data = SmallData.Classes(12);
        var options = new FitOptions { Epochs = 10, BatchSize = 24, Shuffle = false };
        Trainer<LinearModel> expected = CreateTrainer();
        Trainer<LinearModel> actual = CreateTrainer();
        expected.Fit(data.Subset([.. Enumerable.Range(0, 12), 3, 5]), options);
        actual.Fit(
            data.WithSampleWeights([.. Enumerable.Range(0, 12).Select(i => i is 3 or 5 ? 2f : 1f)]), options);
        AssertNear(expected.Model.Parameters, actual.Model.Parameters);
    }

    [Fact]
    public void Measuring_weighs_the_loss_and_counts_each_sample_in_the_accuracy()
    {
        Dataset data = SmallData.Classes(9);
        Trainer<LinearModel> trainer = CreateTrainer();
        float[] weights = [0f, 1f, 2f, 3f, 0.5f, 0f, 1f, 1f, 4f];
        double expected = 0;
        for (int i = 0; i < 9; i++)
        {
            expected += weights[i] * trainer.Evaluate(data.Subset([i])).Loss / weights.Sum();
        }

        Evaluation evaluation = trainer.Evaluate(data.WithSampleWeights(weights), batchSize: 4);
        Assert.Equal(expected, evaluation.Loss, 1e-6);
        Assert.Equal(trainer.Evaluate(data).Accuracy, evaluation.Accuracy);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Parts_of_a_batch_are_divided_by_the_weight_of_the_whole(int microBatchSize)
    {
        IDataSource data = SmallData.Classes(16)
            .WithSampleWeights([.. Enumerable.Range(0, 16).Select(i => i % 5 * 0.5f)]);
        var options = new FitOptions { Epochs = 3, BatchSize = 8 };
        Trainer<LinearModel> expected = CreateTrainer();
        Trainer<LinearModel> actual = CreateTrainer();
        History history = expected.Fit(data, options);
        Assert.Equal(
            history.Last.Loss, actual.Fit(data, options with { MicroBatchSize = microBatchSize }).Last.Loss, 1e-6);
        AssertNear(expected.Model.Parameters, actual.Model.Parameters);
    }

    [Fact]
    public void Views_pass_weights_on_and_subsets_keep_those_of_their_samples()
    {
        IDataSource data = SmallData.Classes(4).WithSampleWeights(1f, 2f, 3f, 4f);
        Assert.Equal([4f, 2f], data.Subset([3, 1]).SampleWeights.AsEnumerable());
        Assert.Equal([1f, 2f, 3f, 4f], data.WithGroups("side", "a", "b", "a", "b").SampleWeights.AsEnumerable());
        Assert.Equal(
            [1f, 2f, 3f, 4f],
            data.Normalize(Normalization.Standard(data, NormalizedBy.Feature)).SampleWeights.AsEnumerable());
        using PrefetchedSource prefetched = data.Prefetch();
        Assert.Equal([1f, 2f, 3f, 4f], prefetched.SampleWeights.AsEnumerable());
        Assert.Equal([5f, 6f, 7f, 8f], data.WithSampleWeights(5f, 6f, 7f, 8f).SampleWeights.AsEnumerable());
        Assert.Empty(SmallData.Classes(4).Subset([3, 1]).SampleWeights.AsEnumerable());
        (DataSubset remaining, DataSubset heldOut) = data.Split(0.5f);
        Assert.Equal([1f, 2f, 3f, 4f], remaining.SampleWeights.Concat(heldOut.SampleWeights).Order());
    }

    [Fact]
    public void Weights_that_do_not_fit_the_samples_are_refused()
    {
        Dataset data = SmallData.Classes(3);
        Refuses("expected 3 sample weights (one for each sample), got 2", () => data.WithSampleWeights(1f, 2f));
        Refuses(
            "expected finite sample weights of at least 0, got -0.5 for sample 1",
            () => data.WithSampleWeights(1f, -0.5f, 1f));
        Refuses(
            "expected finite sample weights of at least 0, got NaN for sample 2",
            () => data.WithSampleWeights(1f, 1f, float.NaN));
        Refuses(
            "expected a sample whose weight is not 0, got 3 weights of 0", () => data.WithSampleWeights(0f, 0f, 0f));

        // A source of one's own is not to be trusted.
        var own = new OwnWeights(data, [1f, 2f]);
        Refuses("Linear: expected 3 sample weights (one for each sample), got 2", () => CreateTrainer().Fit(own));
        Refuses("Linear: expected 3 sample weights (one for each sample), got 2", () => CreateTrainer().Evaluate(own));

        static void Refuses(string message, Action action) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_total_weight_counts_what_takes_part()
    {
        var classes = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy).Description with
        {
            ClassWeights = [1f, 2f, 4f],
            IgnoredLabel = -1,
        };
        double[] total = [1];
        classes.AddTotalWeights(new Targets([0, 1, -1, 2]) with { SampleWeights = [1f, 0.5f, 9f, 2f] }, 4, total);
        Assert.Equal([1 + 1 + 1 + 8], total);
        ModelDescription values = new LinearModel(new Shape(2), 3, LossKind.MeanSquaredError).Description;
        total = [0];
        values.AddTotalWeights(new Targets(new float[12]) with { SampleWeights = [1f, 0.5f, 0f, 2f] }, 4, total);
        values.AddTotalWeights(new Targets(new float[6]), 2, total);
        Assert.Equal([(3.5 * 3) + 6], total);

        Assert.Throws<ArgumentException>(() => classes.AddTotalWeights(new Targets([0, 3]), 2, new double[1]));
        Assert.Throws<ArgumentException>(() => classes.AddTotalWeights(new Targets([0, 1]), 3, new double[1]));
        Assert.Throws<ArgumentException>(() => classes.AddTotalWeights(new Targets([0, 1]), 2, new double[2]));
        Assert.Throws<ArgumentException>(
            () => classes.AddTotalWeights(new Targets([0, 1]) with { SampleWeights = [1f] }, 2, new double[1]));
    }

    private static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-5f);
        }
    }

    private static Trainer<LinearModel> CreateTrainer() =>
        new(new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1), new Sgd { LearningRate = 0.2f });

    private sealed class OwnWeights(Dataset data, ImmutableArray<float> weights) : IDataSource
    {
        public int Count => data.Count;

        public Shape SampleShape => data.SampleShape;

        public int LabelsPerSample => data.LabelsPerSample;

        public int ClassCount => data.ClassCount;

        public ImmutableArray<float> SampleWeights => weights;

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination) =>
            data.GatherSamples(indices, destination);

        public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination) =>
            data.GatherLabels(indices, destination);
    }
}
