using System.Diagnostics;
using ModelDsl.Runtime.Tests.Data;

namespace ModelDsl.Runtime.Tests.Training;

public sealed class TrainingRunTests
{
    [Fact]
    public void Steps_taken_one_by_one_are_those_of_a_fit()
    {
        var options = new FitOptions { Epochs = 3, BatchSize = 4, ValidationSplit = 0.2f, Seed = 5 };
        Trainer<LinearModel> whole = CreateTrainer();
        History expected = whole.Fit(SmallData.Classes(23), options);
        Trainer<LinearModel> parts = CreateTrainer();
        TrainingRun run = parts.Begin(SmallData.Classes(23), options);
        int steps = 0;
        while (run.TakeStep())
        {
            steps++;
            parts.Model.Predict([0.5f, 0.25f]);
        }

        Assert.Equal(expected.Steps, steps + 1);
        Assert.Equal(whole.Model.Parameters, parts.Model.Parameters);
        Assert.Equal(expected.Epochs.Select(Figures), run.History.Epochs.Select(Figures));
        Assert.Equal(EndReason.Completed, run.EndReason);
        Assert.False(run.TakeStep());
    }

    [Fact]
    public async Task An_asynchronous_fit_gives_the_thread_back_after_each_step()
    {
        var options = new FitOptions { Epochs = 2, BatchSize = 5 };
        Trainer<LinearModel> expected = CreateTrainer();
        expected.Fit(SmallData.Classes(20), options);
        var turns = new TurnCounter();
        Trainer<LinearModel> trainer = CreateTrainer();
        History history = await turns.Run(() => trainer.FitAsync(SmallData.Classes(20), options));
        Assert.Equal(8, history.Steps);
        Assert.Equal(7, turns.Count);
        Assert.Equal(expected.Model.Parameters, trainer.Model.Parameters);
    }

    [Fact]
    public void A_second_fit_goes_on_with_the_order_of_the_next_epoch()
    {
        var batches = new List<float[]>();
        Trainer<LinearModel> trainer = CreateListening(batches);
        trainer.Fit(SmallData.Numbered(12), new FitOptions { Epochs = 2, BatchSize = 12 });
        trainer.Fit(SmallData.Numbered(12), new FitOptions { Epochs = 2, BatchSize = 12 });
        var atOnce = new List<float[]>();
        CreateListening(atOnce).Fit(SmallData.Numbered(12), new FitOptions { Epochs = 4, BatchSize = 12 });
        Assert.Equal(atOnce, batches);
        var third = new List<float[]>();
        CreateListening(third).Fit(SmallData.Numbered(12), new FitOptions { FirstEpoch = 3, BatchSize = 12 });
        Assert.Equal(atOnce[2], Assert.Single(third));
    }

    [Fact]
    public void Steps_end_a_training_within_an_epoch()
    {
        var observer = new RecordingObserver();
        History history = CreateTrainer().Fit(
            SmallData.Classes(20), new FitOptions { Steps = 5, BatchSize = 5, Observers = [observer] });
        Assert.Equal([4, 5], history.Epochs.Select(epoch => epoch.Step));
        Assert.Equal([(1, 2, 4), (2, 2, 1)], observer.Started);
        Assert.Equal([1, 2, 3, 4, 5], observer.Batches.Select(batch => batch.Step));
        Assert.Equal((5, EndReason.Completed), (history.Steps, history.EndReason));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(50)]
    public void Epochs_of_so_many_steps_take_the_samples_in_the_order_of_whole_passes(int stepsPerEpoch)
    {
        var passes = new List<float[]>();
        CreateListening(passes).Fit(SmallData.Numbered(10), new FitOptions { Steps = 30, BatchSize = 2 });
        var epochs = new List<float[]>();
        History history = CreateListening(epochs).Fit(
            SmallData.Numbered(10), new FitOptions { Steps = 30, BatchSize = 2, StepsPerEpoch = stepsPerEpoch });
        Assert.Equal(passes, epochs);
        Assert.Equal((30 + stepsPerEpoch - 1) / stepsPerEpoch, history.Epochs.Length);
        Assert.Equal(30, history.Last.Step);
    }

    [Fact]
    public void The_time_that_a_source_takes_is_a_part_of_the_training_time_also_over_a_checkpoint()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("run.safetensors");
        var options = new FitOptions { Epochs = 2, BatchSize = 2 };
        TimeSpan taken = TimeSpan.Zero;
        var slow = new NumberedSource(8) { OnSample = _ => taken += Spin() };
        TrainingRun run = CreateListening([]).Begin(slow, options);
        for (int step = 0; step < 3; step++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        EpochResult unfinished = run.History.Unfinished!;
        Assert.InRange(unfinished.LoadingTime, taken, unfinished.TrainingTime);

        // From here on the source takes next to nothing, in the second epoch too.
        History history = CreateListening([]).Fit(SmallData.Numbered(8), options with { ResumeFrom = path });
        Assert.InRange(history.Epochs[0].LoadingTime, taken, history.Epochs[0].TrainingTime);
        Assert.InRange(history.Epochs[1].LoadingTime, TimeSpan.FromTicks(1), history.Epochs[1].TrainingTime);

        static TimeSpan Spin()
        {
            var clock = Stopwatch.StartNew();
            SpinWait.SpinUntil(() => clock.ElapsedMilliseconds >= 2);
            return clock.Elapsed;
        }
    }

    [Fact]
    public void Samples_that_do_not_fill_a_batch_can_be_dropped()
    {
        var batches = new List<float[]>();
        CreateListening(batches).Fit(SmallData.Numbered(11), new FitOptions { Epochs = 2, BatchSize = 4, DropLast = true });
        Assert.Equal([4, 4, 4, 4], batches.Select(batch => batch.Length));
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => CreateTrainer().Fit(SmallData.Classes(3), new FitOptions { BatchSize = 4, DropLast = true }));
        Assert.StartsWith("expected a batch size of at most the 3 samples there are, got 4", exception.Message);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void Parts_of_a_batch_add_up_to_the_step_of_the_whole(int microBatchSize)
    {
        Trainer<LinearModel> whole = CreateTrainer();
        History expected = whole.Fit(SmallData.Classes(30), new FitOptions { Epochs = 2, BatchSize = 8 });
        Trainer<LinearModel> parts = CreateTrainer();
        History history = parts.Fit(
            SmallData.Classes(30), new FitOptions { Epochs = 2, BatchSize = 8, MicroBatchSize = microBatchSize });
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal(expected.Last.Loss, history.Last.Loss, 1e-5);
        for (int i = 0; i < whole.Model.Parameters.Length; i++)
        {
            Assert.Equal(whole.Model.Parameters[i], parts.Model.Parameters[i], 1e-5f);
        }
    }

    [Fact]
    public void Parts_of_whole_blocks_of_samples_give_the_bits_of_the_whole_batch()
    {
        Trainer<LinearModel> whole = CreateTrainer();
        var options = new FitOptions { Epochs = 2, BatchSize = 128 };
        History expected = whole.Fit(SmallData.Classes(256), options);
        Trainer<LinearModel> parts = CreateTrainer();
        History history = parts.Fit(SmallData.Classes(256), options with { MicroBatchSize = 32 });
        Assert.Equal(whole.Model.Parameters, parts.Model.Parameters);
        Assert.Equal((expected.Steps, whole.Model.TrainingStep), (history.Steps, parts.Model.TrainingStep));
        Assert.Equal(expected.Last.Accuracy, history.Last.Accuracy);
        Assert.Equal(expected.Last.Loss, history.Last.Loss, 1e-6);
    }

    [Fact]
    public void Parts_of_a_batch_come_one_after_the_other_and_state_the_total_weight_of_the_whole()
    {
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1);
        float[] samples = [1, 2, 3, 4];
        model.ComputeGradients(samples, new Targets([0, 1]));
        float[] expected = model.Gradients.ToArray();
        long step = model.TrainingStep;
        Refuses<ArgumentException>("expected the total weights of the whole batch", null, 0, 2);
        Refuses<ArgumentException>("expected a part of a batch, got 1 samples from 2 on of 2", 2, 2, 2);
        Refuses<ArgumentException>("expected a part of a batch, got 1 samples from -1 on of 2", 2, -1, 2);
        Refuses<InvalidOperationException>(
            "expected the parts of a batch of Linear one after the other, got that from sample 1 of 2 on, "
                + "but the part before it was not computed last",
            2, 1, 2);
        Assert.Equal(step, model.TrainingStep);

        // What was refused leaves what was computed.
        Compute(0);
        Refuses<InvalidOperationException>("but sample 1 of 2 is next", 2, 1, 3);
        Compute(1);
        Assert.Equal(step + 1, model.TrainingStep);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], model.Gradients[i], 1e-6f);
        }

        // Another batch in between.
        Compute(0);
        model.ComputeGradients(samples, new Targets([0, 1]));
        Refuses<InvalidOperationException>("but the part before it was not computed last", 2, 1, 2);

        // A label that is out of range ends the batch.
        Compute(0);
        step = model.TrainingStep - 1;
        Assert.Throws<ArgumentException>(() => model.ComputeGradients(
            samples.AsSpan(2, 2), new Targets([7]) with { TotalWeights = [2] }, new BatchPart(1, 2)));
        Assert.Equal(step, model.TrainingStep);
        Refuses<InvalidOperationException>("but the part before it was not computed last", 2, 1, 2);

        // Gradients of other models.
        float[] before = new float[model.Gradients.Length - 1];
        RefusesBefore($"expected {before.Length + 1} gradients of Linear, got {before.Length}", first: 1);
        RefusesBefore($"expected no gradients before the first part of a batch, got {before.Length}", first: 0);

        void RefusesBefore(string message, int first)
        {
            var exception = Assert.Throws<ArgumentException>(() => model.ComputeGradients(
                samples.AsSpan(2, 2),
                new Targets([1]) with { TotalWeights = [2] },
                new BatchPart(first, 2),
                before));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }

        void Compute(int sample) => model.ComputeGradients(
            samples.AsSpan(2 * sample, 2),
            new Targets([sample]) with { TotalWeights = [2] },
            new BatchPart(sample, 2));

        void Refuses<T>(string message, double? total, int first, int batchSize)
            where T : Exception
        {
            double[] totals = total is { } given ? [given] : [];
            T exception = Assert.Throws<T>(() => model.ComputeGradients(
                samples.AsSpan(2, 2),
                new Targets([1]) with { TotalWeights = totals },
                new BatchPart(first, batchSize)));
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_observer_stops_the_training_and_the_history_says_why()
    {
        var stopping = new StoppingObserver(atStep: 7);
        var recording = new RecordingObserver();
        History history = CreateTrainer().Fit(
            SmallData.Classes(20), new FitOptions { Epochs = 9, BatchSize = 5, Observers = [stopping, recording] });
        Assert.Equal((EndReason.Stopped, "enough", 7L), (history.EndReason, history.StopMessage, history.Steps));
        Assert.Single(history.Epochs);
        Assert.Equal(recording.Batches[^1].Loss, history.Unfinished!.Loss);
        Assert.Equal(history.Epochs.ToArray(), stopping.Ended!.Epochs.ToArray());
        Assert.Equal(EndReason.Stopped, stopping.Ended.EndReason);
        Assert.Equal(7, recording.Batches.Count);
    }

    [Fact]
    public void An_observer_cannot_take_steps_itself()
    {
        var observer = new SteppingObserver();
        Assert.Throws<InvalidOperationException>(
            () => CreateTrainer().Fit(SmallData.Classes(20), new FitOptions { Observers = [observer] }));
    }

    [Fact]
    public void A_validation_that_is_cancelled_ends_the_training_and_is_made_up_for()
    {
        using var source = new CancellationTokenSource();
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy) { OnMeasured = _ => source.Cancel() };
        TrainingRun run = new Trainer<LinearModel>(model, new Sgd()).Begin(
            SmallData.Classes(10), new FitOptions { BatchSize = 10, Validation = SmallData.Classes(10), ValidationBatchSize = 3 });
        Assert.False(run.TakeStep(source.Token));
        Assert.Equal(EndReason.Cancelled, run.EndReason);
        Assert.Empty(run.History.Epochs);
        Assert.Equal(1, run.Step);
    }

    [Fact]
    public void Metrics_are_measured_on_both_data_sets_and_can_be_gone_by()
    {
        Metric f1 = Metric.F1(Averaging.Macro);
        var stopping = new EarlyStopping { Figure = Figure.ValidationMetric(f1, higherIsBetter: true), Patience = 3 };
        Dataset validation = SmallData.Classes(12);
        Trainer<LinearModel> trainer = CreateTrainer();
        History history = trainer.Fit(
            SmallData.Classes(30),
            new FitOptions { Epochs = 60, BatchSize = 7, Validation = validation, Metrics = [f1], Observers = [stopping] });
        Assert.Equal(EndReason.Stopped, history.EndReason);
        Assert.All(history.Epochs, epoch => Assert.Equal("f1 (macro)", Assert.Single(epoch.Metrics).Name));
        EpochResult best = history.Epochs[stopping.BestEpoch!.Value - 1];
        Assert.Equal(history.Epochs.Max(epoch => epoch.ValidationMetrics[0].Value), best.ValidationMetrics[0].Value);
        Assert.Equal(best.ValidationMetrics[0].Value, trainer.Evaluate(validation, [f1]).Metrics[0].Value);
    }

    [Fact]
    public void A_metric_that_does_not_fit_is_refused_before_the_training()
    {
        var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError);
        Assert.Throws<ArgumentException>(() => new Trainer<LinearModel>(model, new Sgd()).Fit(
            SmallData.Numbered(4), new FitOptions { Metrics = [Metric.F1(Averaging.Macro)] }));
        Assert.Equal(0, model.TrainingStep);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        AssertRefused("expected at least 1, got 0", () => new FitOptions { Epochs = 0 });
        AssertRefused("expected at least 1, got 0", () => new FitOptions { Steps = 0 });
        AssertRefused("expected at least 1, got 0", () => new FitOptions { StepsPerEpoch = 0 });
        AssertRefused("expected at least 1, got -3", () => new FitOptions { FirstEpoch = -3 });
        AssertRefused("expected at least 1, got 0", () => new FitOptions { BatchSize = 0 });
        AssertRefused("expected at least 1, got 0", () => new FitOptions { MicroBatchSize = 0 });
        AssertRefused("expected at least 1, got 0", () => new FitOptions { ValidationBatchSize = 0 });
        AssertRefused("expected a part of the samples in [0, 1), got 1", () => new FitOptions { ValidationSplit = 1f });
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Trainer<LinearModel> trainer = CreateTrainer();
        TrainingRun run = trainer.Begin(
            SmallData.Classes(600), new FitOptions { Epochs = 2, BatchSize = 2, Observers = [new RecordingNothing()] });
        Assert.True(run.TakeStep());
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            run.TakeStep();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Trainer<LinearModel> CreateTrainer() =>
        new(new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1), new Adam { LearningRate = 0.05f });

    private static Trainer<LinearModel> CreateListening(List<float[]> batches) => new(
        new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError) { OnTrained = batches.Add }, new Sgd { LearningRate = 0f });

    private static (int, long, double, double?, double?) Figures(EpochResult result) =>
        (result.Epoch, result.Step, result.Loss, result.ValidationLoss, result.ValidationAccuracy);

    private static void AssertRefused(string message, Func<FitOptions> create) => Assert.StartsWith(
        message, Assert.Throws<ArgumentOutOfRangeException>(create).Message, StringComparison.Ordinal);

    private sealed class StoppingObserver(long atStep) : ITrainingObserver
    {
        private TrainingRun? _run;

        public History? Ended { get; private set; }

        public void OnStarted(TrainingRun run) => _run = run;

        public void OnBatchCompleted(in BatchResult result)
        {
            if (result.Step == atStep)
            {
                _run!.Stop("enough");
                _run.Stop("more than enough");
            }
        }

        public void OnEnded(History history) => Ended = history;
    }

    private sealed class SteppingObserver : ITrainingObserver
    {
        public void OnStarted(TrainingRun run) => run.TakeStep();
    }

    private sealed class RecordingNothing : ITrainingObserver;

    /// <summary>A context that counts how often a continuation is given to it, as that of a user interface is.</summary>
    private sealed class TurnCounter : SynchronizationContext
    {
        public int Count { get; private set; }

        public async Task<T> Run<T>(Func<Task<T>> action)
        {
            SynchronizationContext? before = Current;
            SetSynchronizationContext(this);
            Task<T> task;
            try
            {
                task = action();
            }
            finally
            {
                SetSynchronizationContext(before);
            }

            return await task;
        }

        public override void Post(SendOrPostCallback callback, object? state)
        {
            Count++;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                SetSynchronizationContext(this);
                callback(state);
            });
        }
    }
}
