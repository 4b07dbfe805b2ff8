namespace ModelDsl.Runtime.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void Linear_regression_recovers_known_coefficients()
    {
        var model = new LinearModel(new Shape(2), 1, LossKind.MeanSquaredError, seed: 1);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 0.1f });
        History history = trainer.Fit(CreateRegression(200), epochs: 60, batchSize: 10, seed: 3);
        Assert.Equal(2f, model.Parameters[0], 1e-3f);
        Assert.Equal(-3f, model.Parameters[1], 1e-3f);
        Assert.Equal(0.5f, model.Parameters[model.Description.Parameters[1].Offset], 1e-3f);
        Assert.Equal(60, history.Epochs.Length);
        Assert.InRange(history.Last.Loss, 0, 1e-6);
        Assert.Null(history.Last.Accuracy);
        Assert.Null(history.Last.ValidationLoss);
    }

    [Fact]
    public void A_classifier_learns_to_separate_what_a_line_separates()
    {
        Dataset dataset = SmallData.Classes(300, classCount: 3);
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1);
        var trainer = new Trainer<LinearModel>(model, new Adam { LearningRate = 0.1f });
        History history = trainer.Fit(dataset, epochs: 20, batchSize: 32, validationSplit: 0.2f, seed: 5);
        Assert.True(history.Last.Accuracy > 0.97);
        Assert.True(history.Last.ValidationAccuracy > 0.97);
        Assert.True(history.Last.ValidationLoss < history.Epochs[0].ValidationLoss);
        Assert.True(trainer.Evaluate(dataset).Accuracy > 0.97);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        Assert.Equal(Train(seed: 4), Train(seed: 4));
        Assert.NotEqual(Train(seed: 4), Train(seed: 5));

        static float[] Train(ulong seed)
        {
            var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1);
            var trainer = new Trainer<LinearModel>(model, new Adam());
            trainer.Fit(SmallData.Classes(100, 3), epochs: 3, batchSize: 16, validationSplit: 0.1f, seed: seed);
            return model.Parameters.ToArray();
        }
    }

    [Fact]
    public void Every_sample_is_used_once_an_epoch_and_the_last_batch_may_be_smaller()
    {
        var batches = new List<float[]>();
        LinearModel model = CreateListening(batches);
        new Trainer<LinearModel>(model, new Sgd()).Fit(SmallData.Numbered(10), epochs: 2, batchSize: 4);
        Assert.Equal([4, 4, 2, 4, 4, 2], batches.Select(batch => batch.Length));
        float[] numbers = [.. Enumerable.Range(0, 10).Select(number => (float)number)];
        float[] first = [.. batches.Take(3).SelectMany(batch => batch)];
        float[] second = [.. batches.Skip(3).SelectMany(batch => batch)];
        Assert.Equal(numbers, first.Order());
        Assert.Equal(numbers, second.Order());
        Assert.NotEqual(numbers, first);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void Without_shuffling_the_samples_come_in_their_order()
    {
        var batches = new List<float[]>();
        LinearModel model = CreateListening(batches);
        new Trainer<LinearModel>(model, new Sgd()).Fit(SmallData.Numbered(5), epochs: 2, batchSize: 2, shuffle: false);
        Assert.Equal([0f, 1f, 2f, 3f, 4f, 0f, 1f, 2f, 3f, 4f], batches.SelectMany(batch => batch));
    }

    [Fact]
    public void What_is_held_out_is_never_trained_on_even_when_training_goes_on()
    {
        var batches = new List<float[]>();
        LinearModel model = CreateListening(batches);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 0f });
        Dataset dataset = SmallData.Numbered(50);
        trainer.Fit(dataset, epochs: 3, batchSize: 8, validationSplit: 0.2f, seed: 9);
        trainer.Fit(dataset, epochs: 3, batchSize: 8, validationSplit: 0.2f, seed: 9);
        (DataSubset remaining, _) = dataset.Split(0.2f, seed: 9);
        Assert.Equal(
            Enumerable.Range(0, remaining.Count).Select(index => remaining.GetSample(index)[0]),
            batches.SelectMany(batch => batch).Distinct().Order());
    }

    [Fact]
    public void Validation_figures_are_those_of_an_evaluation()
    {
        Dataset validation = SmallData.Classes(40, 3);
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1);
        var trainer = new Trainer<LinearModel>(model, new Sgd());
        History history = trainer.Fit(SmallData.Classes(60, 3), epochs: 2, batchSize: 7, validation: validation);
        Evaluation evaluation = trainer.Evaluate(validation);
        Assert.Equal(evaluation.Loss, history.Last.ValidationLoss!.Value, 1e-9);
        Assert.Equal(evaluation.Accuracy, history.Last.ValidationAccuracy);
    }

    [Fact]
    public void An_observer_sees_every_batch_and_epoch()
    {
        var observer = new RecordingObserver();
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        History history = new Trainer<LinearModel>(model, new Sgd())
            .Fit(SmallData.Classes(10, 3), epochs: 2, batchSize: 4, observer: observer);
        Assert.Equal([(1, 2, 3), (2, 2, 3)], observer.Started);
        Assert.Equal(
            [(1, 1, 4), (1, 2, 8), (1, 3, 10), (2, 1, 4), (2, 2, 8), (2, 3, 10)],
            observer.Batches.Select(batch => (batch.Epoch, batch.Batch, batch.Samples)));
        Assert.All(observer.Batches, batch => Assert.Equal((2, 3), (batch.Epochs, batch.Batches)));
        Assert.Equal(history.Epochs, observer.Completed);
        Assert.Equal(history.Epochs[0].Loss, observer.Batches[2].Loss);
        Assert.Equal(history.Epochs[0].Accuracy, observer.Batches[2].Accuracy);
    }

    [Fact]
    public void The_training_loss_is_the_mean_over_samples_not_batches()
    {
        // With a learning rate of 0 the model stays what it is, so the mean over samples is that of one evaluation.
        Dataset dataset = SmallData.Classes(10, 3);
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 2);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 0f });
        History history = trainer.Fit(dataset, epochs: 1, batchSize: 4);
        Assert.Equal(trainer.Evaluate(dataset).Loss, history.Last.Loss, 1e-6);
        Assert.Equal(trainer.Evaluate(dataset).Accuracy, history.Last.Accuracy);
    }

    [Fact]
    public void A_loss_that_is_not_finite_stops_the_training_before_it_spoils_the_parameters()
    {
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 1e10f });
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(SmallData.Numbered(20), epochs: 9, batchSize: 4));
        Assert.Matches(
            @"^Linear: the loss became (Infinity|∞|NaN)( and a gradient of [a-z0-9.]+ (Infinity|∞|-Infinity|-∞|NaN))? "
                + @"in epoch \d, batch \d of 5 \(step \d+\); try a learning rate below 1E\+10, or clip the gradients: ",
            exception.Message);
        Assert.True(float.IsFinite(model.Parameters[0]));
        Assert.Equal(exception.Step - 1, exception.History!.Steps);
    }

    [Fact]
    public void A_parameter_that_is_not_finite_is_found_though_no_sample_needs_it()
    {
        var model = new LinearModel(new Shape(2), 1, LossKind.MeanSquaredError);
        var trainer = new Trainer<LinearModel>(model, new Sgd());
        var observer = new RecordingObserver { OnBatch = _ => model.Parameters[1] = float.NaN };
        var exception = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(
            Dataset.FromValues(new Shape(2), [1, 0, 2, 0], [1, 2]), batchSize: 2, observer: observer));
        Assert.Equal(("dense1.weight", "dense1"), (exception.Tensor, exception.Layer));
        Assert.Contains("in epoch 1, after its last batch (step 1)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_training_ends_after_the_batch_at_hand()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { OnBatch = batch => { if (batch.Batch == 2) { source.Cancel(); } } };
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        var trainer = new Trainer<LinearModel>(model, new Sgd());
        History history = trainer.Fit(
            SmallData.Classes(10, 3), batchSize: 2, observer: observer, cancellationToken: source.Token);
        Assert.Equal(EndReason.Cancelled, history.EndReason);
        Assert.Empty(history.Epochs);
        Assert.Equal(2, history.Steps);
        Assert.Equal(observer.Batches[1].Loss, history.Unfinished!.Loss);
        Assert.Throws<InvalidOperationException>(() => history.Last);
        Assert.Equal(2, observer.Batches.Count);
        Assert.Equal(2, model.TrainingStep);
        Assert.Throws<OperationCanceledException>(
            () => trainer.Evaluate(SmallData.Classes(10, 3), cancellationToken: source.Token));
    }

    [Fact]
    public void A_training_of_all_epochs_there_are_runs_until_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var observer = new RecordingObserver { OnEpoch = epoch => { if (epoch == 51) { source.Cancel(); } } };
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        History history = new Trainer<LinearModel>(model, new Sgd()).Fit(
            SmallData.Classes(10, 3), epochs: int.MaxValue, observer: observer, cancellationToken: source.Token);
        Assert.Equal(50, observer.Completed.Count);
        Assert.Equal(50, history.Epochs.Length);
        Assert.Null(history.Unfinished);
    }

    [Theory]
    [InlineData(3, new[] { 3, 3, 3, 1 })]
    [InlineData(null, new[] { 10 })]
    public void Validation_takes_the_batches_that_its_caller_asks_for(int? batchSize, int[] expected)
    {
        var batches = new List<int>();
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy) { OnMeasured = batches.Add };
        new Trainer<LinearModel>(model, new Sgd())
            .Fit(SmallData.Classes(10, 3), validation: SmallData.Classes(10, 3), validationBatchSize: batchSize);
        Assert.Equal(expected, batches);
    }

    [Theory]
    [InlineData(1, 256)]
    [InlineData(1 << 18, 256)]
    [InlineData(1 << 20, 64)]
    [InlineData(8_500_000, 7)]
    [InlineData(int.MaxValue, 1)]
    public void Validation_takes_what_fits_where_nobody_says(int floatsPerSample, int expected)
    {
        ModelDescription small = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy).Description;
        Assert.Equal(expected, Pass.DefaultBatchSize(small with { InferenceFloatsPerSample = floatsPerSample }));
    }

    [Fact]
    public void An_observer_may_set_the_learning_rate()
    {
        var optimizer = new Sgd { LearningRate = 1e-9f };
        var observer = new RecordingObserver { OnEpoch = _ => optimizer.LearningRate = 0f };
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        var trainer = new Trainer<LinearModel>(model, optimizer);
        trainer.Fit(SmallData.Classes(10, 3), epochs: 1, observer: observer);
        float[] parameters = model.Parameters.ToArray();
        trainer.Fit(SmallData.Classes(10, 3), epochs: 1, observer: observer);
        Assert.Equal(parameters, model.Parameters);
    }

    [Fact]
    public void Steps_evaluations_and_shuffles_allocate_nothing_per_batch()
    {
        DataSubset dataset = SmallData.Classes(2000, 3).Subset([.. Enumerable.Range(0, 2000)]);
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        var trainer = new Trainer<LinearModel>(model, new Adam { MaxGradientNorm = 1f });
        Measure(batchSize: 100);
        long few = Measure(batchSize: 100);
        long many = Measure(batchSize: 2);
        Assert.InRange(many - few, long.MinValue, 0);

        long Measure(int batchSize)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(dataset, epochs: 2, batchSize, validation: dataset);
            trainer.Evaluate(dataset, batchSize);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var trainer = new Trainer<LinearModel>(new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError), new Sgd());
        Dataset dataset = SmallData.Numbered(4);
        AssertRefused("expected at least 1, got 0", () => trainer.Fit(dataset, epochs: 0));
        AssertRefused("expected at least 1, got -1", () => trainer.Fit(dataset, batchSize: -1));
        AssertRefused("expected at least 1, got 0", () => trainer.Evaluate(dataset, batchSize: 0));
        AssertRefused(
            "expected at least 1, got 0", () => trainer.Fit(dataset, validation: dataset, validationBatchSize: 0));
        AssertRefused("expected a part of the samples in [0, 1), got 1", () => trainer.Fit(dataset, validationSplit: 1f));
        AssertRefused("expected a part of the samples in [0, 1), got NaN", () => trainer.Fit(dataset, validationSplit: float.NaN));
        AssertRefused("expected both parts to have samples", () => trainer.Fit(dataset, validationSplit: 0.1f));
        AssertRefused(
            "expected either a validation split or a validation set, got both",
            () => trainer.Fit(dataset, validationSplit: 0.5f, validation: dataset));
    }

    private static LinearModel CreateListening(List<float[]> batches) =>
        new(new Shape(1), 1, LossKind.MeanSquaredError) { OnTrained = batches.Add };

    /// <summary>y = 2·x₀ − 3·x₁ + 0.5.</summary>
    private static Dataset CreateRegression(int count)
    {
        float[] samples = new float[2 * count];
        new Philox(1).FillUniform(samples, -1f, 1f);
        float[] values = [.. Enumerable.Range(0, count).Select(i => (2 * samples[2 * i]) - (3 * samples[(2 * i) + 1]) + 0.5f)];
        return Dataset.FromValues(new Shape(2), samples, values);
    }

    private static void AssertRefused(string message, Action action)
    {
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(action);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }
}
