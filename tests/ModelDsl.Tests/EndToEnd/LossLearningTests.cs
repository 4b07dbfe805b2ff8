namespace ModelDsl.Tests.EndToEnd;

/// <summary>Losses through the trainer, with the data sets and the figures that belong to them.</summary>
public sealed class LossLearningTests
{
    [Fact]
    public void Triplets_learn_which_samples_are_alike_without_targets()
    {
        var trainer = new Trainer<TripletModel>(new TripletModel(seed: 1), new Adam { LearningRate = 0.01f });
        Dataset triplets = Dataset.FromTargets(new Shape(3, 5), Groups([0, 0, 1], 40));
        double before = trainer.Evaluate(triplets).Loss;
        trainer.Fit(triplets, epochs: 30, batchSize: 8);
        Evaluation after = trainer.Evaluate(triplets);
        Assert.True(after.Loss < 0.1 * before, $"{before} → {after.Loss}");
        Assert.Null(after.Accuracy);
        Assert.Null(after.MeanAbsoluteError);
        Assert.Null(after.Confusion);
    }

    [Fact]
    public void Pairs_learn_to_be_near_or_far()
    {
        var trainer = new Trainer<ContrastivePairs>(new ContrastivePairs(seed: 1), new Adam { LearningRate = 0.01f });
        float[] samples = [.. Groups([0, 0], 40), .. Groups([0, 1], 40)];
        Dataset pairs = Dataset.FromLabels(new Shape(2, 5), samples, [.. Enumerable.Range(0, 80).Select(i => i < 40 ? 1 : 0)]);
        double before = trainer.Evaluate(pairs).Loss;
        trainer.Fit(pairs, epochs: 30, batchSize: 8);
        Assert.True(trainer.Evaluate(pairs).Loss < 0.2 * before);
    }

    [Fact]
    public void Method_of_labels_learns_them_and_refuses_what_is_none()
    {
        var model = new FocalModel(seed: 1);
        var trainer = new Trainer<FocalModel>(model, new Adam { LearningRate = 0.02f });
        var random = new Random(4);
        int[] labels = [.. Enumerable.Range(0, 120).Select(_ => random.Next(3))];
        float[] samples =
        [
            .. labels.SelectMany(label =>
                Enumerable.Range(0, 5).Select(i => (i == label ? 1.5f : 0f) + random.NextSingle() - 0.5f)),
        ];
        Dataset data = Dataset.FromLabels(new Shape(5), samples, labels);
        trainer.Fit(data, epochs: 30, batchSize: 10);
        Evaluation after = trainer.Evaluate(data);
        Assert.True(after.Accuracy > 0.95, $"{after.Accuracy}");
        Assert.NotNull(after.Confusion);
        Assert.Null(after.MeanAbsoluteError);

        float[] sample = samples[..5];
        Refused("expected whole tokens from 0 to 2, got 3", () => model.ComputeLoss(sample, new[] { 3 }));
        Refused("expected class labels as targets, got values", () => model.ComputeLoss(sample, new[] { 1f }));
        Refused("expected 1 labels (1 samples x 1), got 2", () => model.ComputeGradients(sample, new[] { 1, 2 }));
        Dataset values = Dataset.FromValues(new Shape(5), samples, new float[120]);
        Refused("FocalModel: expected class labels for LabelMethod, got values", () => trainer.Evaluate(values));
    }

    [Fact]
    public void Method_with_targets_of_another_shape_learns_a_density()
    {
        var trainer = new Trainer<MixtureModel>(new MixtureModel(seed: 1), new Adam { LearningRate = 0.02f });
        var random = new Random(5);
        float[] samples = [.. Enumerable.Range(0, 400).Select(_ => random.NextSingle() - 0.5f)];
        float[] values =
        [
            .. Enumerable.Range(0, 100)
                .Select(i => samples[4 * i] + (random.Next(2) * 2) + (0.1f * random.NextSingle())),
        ];
        Dataset data = Dataset.FromValues(new Shape(4), samples, values);
        double before = trainer.Evaluate(data).Loss;
        trainer.Fit(data, epochs: 40, batchSize: 10);
        Evaluation after = trainer.Evaluate(data);
        Assert.True(after.Loss < before - 1, $"{before} → {after.Loss}");
        Assert.Null(after.Accuracy);
        Assert.Null(after.MeanAbsoluteError);
        Assert.Equal(1, MixtureModel.Architecture.TargetCount);

        Dataset outputs = Dataset.FromValues(new Shape(4), samples, new float[900]);
        Refused("MixtureModel: expected 1 target values per sample, got 9", () => trainer.Evaluate(outputs));
    }

    [Fact]
    public void Method_without_targets_refuses_some()
    {
        var model = new SpreadModel(seed: 1);
        Assert.Equal(0, SpreadModel.Architecture.TargetCount);
        Assert.True(model.ComputeLoss(new float[] { 1, 2, 3, 4 }, default) > 0);
        Refused("expected no targets for this loss, got 1 values", () => model.ComputeLoss(new float[4], new float[1]));
    }

    [Fact]
    public void Steps_with_the_ignored_label_count_neither_for_the_loss_nor_for_the_accuracy()
    {
        var trainer = new Trainer<CrossEntropyOnSteps>(new CrossEntropyOnSteps(seed: 1), new Sgd());
        float[] sample = [.. Enumerable.Range(0, 21).Select(i => i / 21f)];
        int[] right = new int[7];
        ReadOnlySpan<float> logits = trainer.Model.Predict(sample);
        for (int step = 0; step < right.Length; step++)
        {
            right[step] = Highest(logits.Slice(step * 5, 5));
        }

        int wrong = (right[6] + 1) % 5;
        Dataset some = Dataset.FromTargets(new Shape(7, 3), sample, [right[0], -100, -100, -100, -100, -100, wrong], null, 5, -100);
        Evaluation evaluation = trainer.Evaluate(some);
        Assert.Equal(0.5, evaluation.Accuracy);
        Assert.Equal(1, evaluation.Confusion![right[6] + 1 == 5 ? 0 : right[6] + 1, right[6]]);
        Dataset none = Dataset.FromTargets(new Shape(7, 3), sample, [.. Enumerable.Repeat(-100, 7)], null, 5, -100);
        Assert.Equal(0, trainer.Evaluate(none).Loss);
        Assert.Null(trainer.Evaluate(none).Accuracy);
        History history = trainer.Fit(none);
        Assert.Equal(0, history.Last.Loss);
        Assert.All(trainer.Model.Gradients.ToArray(), gradient => Assert.Equal(0f, gradient));
    }

    [Fact]
    public void Targets_that_a_loss_does_not_take_are_refused()
    {
        Dataset labelled = Dataset.FromLabels(new Shape(3, 5), new float[15], [1]);
        Refused<TripletModel>("TripletModel: expected no targets for Triplet, got class labels", labelled);
        Dataset valued = Dataset.FromValues(new Shape(2, 5), new float[10], new float[38]);
        Refused<ContrastivePairs>("ContrastivePairs: expected class labels for Contrastive, got values", valued);
        Dataset bare = Dataset.FromTargets(new Shape(5), new float[5]);
        Refused<HuberModel>("HuberModel: expected 3 target values per sample, one for each output, got 0", bare);
        Dataset three = Dataset.FromLabels(new Shape(2, 5), new float[10], [2]);
        Refused<ContrastivePairs>("ContrastivePairs: expected labels of 2 classes, got 3 classes", three);

        static void Refused<TModel>(string message, Dataset dataset)
            where TModel : class, IModel<TModel>
        {
            var trainer = new Trainer<TModel>(TModel.Create(1), new Sgd());
            ArgumentException error = Assert.Throws<ArgumentException>(() => trainer.Evaluate(dataset));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>
    /// Samples of the groups named, which one feature tells apart; the others are noise.
    /// </summary>
    private static void Refused(string message, Action call) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static float[] Groups(int[] members, int count)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable.Range(0, count).SelectMany(i => members.SelectMany(member => Enumerable.Range(0, 5).Select(feature =>
                feature == 2 ? ((member + i) % 2 == 0 ? 1f : -1f) : (2f * random.NextSingle()) - 1f))),
        ];
    }

    private static int Highest(ReadOnlySpan<float> values)
    {
        int highest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            highest = values[i] > values[highest] ? i : highest;
        }

        return highest;
    }
}
