namespace ModelDsl.Tests.EndToEnd;

/// <summary>The loss over a data set is one number, however the samples are divided into batches.</summary>
public sealed class DatasetLossTests
{
    private const int Count = 10;

    public static TheoryData<string> Names => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Evaluate_gives_the_loss_of_one_batch_for_every_batch_size(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 3);
        foreach (Batch batch in Batch.Draw(model.Description, Count, seed: 5))
        {
            double expected = model.ComputeLoss(batch.Samples, batch.Targets);
            double[] expectedHeads = [.. model.HeadLosses.ToArray().Select(loss => (double)loss)];
            foreach (int batchSize in (int[])[1, 2, 3, 4, Count])
            {
                Evaluation evaluation = TrainerOf(model).Evaluate(DatasetOf(model, batch), batchSize);
                AssertNear(expected, evaluation.Loss);
                Assert.Equal(expectedHeads.Length, evaluation.Heads.Length);
                Assert.All(expectedHeads, (loss, head) => AssertNear(loss, evaluation.Heads[head].Loss));
            }
        }
    }

    [Theory]
    [InlineData(nameof(CrossEntropyWeighted))]
    [InlineData(nameof(CrossEntropyOnSteps))]
    [InlineData(nameof(HeadsOnSteps))]
    [InlineData(nameof(FourHeads))]
    [InlineData(nameof(PenaltyOfWeights))]
    [InlineData(nameof(PenaltyOfActivities))]
    public void Fit_gives_the_loss_of_one_batch_for_every_batch_size(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 3);
        foreach (Batch batch in Batch.Draw(model.Description, Count, seed: 5))
        {
            double expected = model.ComputeGradients(batch.Samples, batch.Targets);
            foreach (int batchSize in (int[])[1, 2, 3, 4, Count])
            {
                // With a learning rate of 0 the model stays what it is.
                AssertNear(expected, TrainerOf(model).Fit(DatasetOf(model, batch), batchSize: batchSize).Last.Loss);
            }
        }
    }

    [Fact]
    public void Activity_penalty_counts_each_sample_and_the_loss_each_label_by_its_weight()
    {
        var model = new PenalizedWeighted(seed: 2);
        float[] samples = [1f, 2f, -3f, 0.5f, 4f, -1f, 0f, 2f];
        int[] labels = [0, 1, PenalizedWeighted.Ignored, 1];
        double expected = model.ComputeGradients(samples, labels);
        Dataset dataset = Dataset.FromTargets(
            new Shape(2), samples, labels, classCount: 2, ignoredLabel: PenalizedWeighted.Ignored);
        foreach (int batchSize in (int[])[1, 2, 3, 4])
        {
            AssertNear(expected, TrainerOf(model).Fit(dataset, batchSize: batchSize).Last.Loss);
        }
    }

    [Fact]
    public void Labels_that_are_all_ignored_have_the_loss_0_and_no_accuracy()
    {
        var model = new PenalizedWeighted(seed: 2);
        int[] labels = [PenalizedWeighted.Ignored, PenalizedWeighted.Ignored];
        Dataset dataset = Dataset.FromTargets(
            new Shape(2), [1f, 2f, 3f, 4f], labels, classCount: 2, ignoredLabel: PenalizedWeighted.Ignored);
        Evaluation evaluation = TrainerOf(model).Evaluate(dataset, batchSize: 1);
        Assert.Equal(0, evaluation.Loss);
        Assert.Null(evaluation.Accuracy);
        Assert.Equal(2, evaluation.SampleCount);
    }

    [Fact]
    public void Weighted_mean_is_that_of_PyTorch()
    {
        // torch.nn.functional.cross_entropy(x, y, weight=[1, 3], ignore_index=-1): Σ w·loss / Σ w over what is not ignored.
        var model = new LinearWeighted(seed: 1);
        new[] { 1f, 0f, 0f, 1f }.CopyTo(model.Dense1Weight);
        float[] logits = [2f, 0f, /**/ 0f, 1f, /**/ 5f, 5f, /**/ 1f, 1f, /**/ 0f, 3f];
        int[] labels = [0, 1, -1, 0, 0];
        double[] losses = [Loss(2 - 0), Loss(1 - 0), Loss(1 - 1), Loss(0 - 3)];
        double expected = ((1 * losses[0]) + (3 * losses[1]) + (1 * losses[2]) + (1 * losses[3])) / (1 + 3 + 1 + 1);
        Dataset dataset = Dataset.FromTargets(new Shape(2), logits, labels, classCount: 2, ignoredLabel: -1);
        foreach (int batchSize in (int[])[1, 2, 3, 4, 5])
        {
            Evaluation evaluation = TrainerOf(model).Evaluate(dataset, batchSize);
            Assert.Equal(expected, evaluation.Loss, 1e-6);
            Assert.Equal(0.75, evaluation.Accuracy);
        }

        static double Loss(double margin) => Math.Log(1 + Math.Exp(-margin));
    }

    private static Trainer<T> TrainerOf<T>(T model)
        where T : class, IModel => new(model, new Sgd { LearningRate = 0f });

    internal static Dataset DatasetOf(IModel model, Batch batch)
    {
        ModelDescription description = model.Description;
        return batch.Labels is null && batch.Values is null
            ? Dataset.FromTargets(description.InputShape, batch.Samples)
            : Dataset.FromTargets(
                description.InputShape,
                batch.Samples,
                batch.Labels,
                batch.Values,
                ignoredLabel: description.IgnoredLabel
                    ?? description.Heads.FirstOrDefault(head => head.IgnoredLabel is not null)?.IgnoredLabel);
    }

    private static void AssertNear(double expected, double actual) =>
        Assert.True(
            Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected)), $"expected {expected}, got {actual}");
}
