using System.Collections.Immutable;

namespace ModelDsl.Runtime.Tests.Training;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(15)]
    public void A_training_that_goes_on_ends_with_the_bits_of_one_that_never_stopped(int steps)
    {
        string path = _folder.Combine("run.safetensors");
        (Trainer<LinearModel> expectedTrainer, History expected) = Train(Options());

        Trainer<LinearModel> first = CreateTrainer();
        TrainingRun run = first.Begin(SmallData.Classes(23), Options());
        for (int i = 0; i < steps; i++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        (Trainer<LinearModel> trainer, History history) = Train(Options() with { ResumeFrom = path });
        Assert.Equal(expectedTrainer.Model.Parameters, trainer.Model.Parameters);
        Assert.Equal(expected.Epochs.Select(Figures), history.Epochs.Select(Figures));
        Assert.Equal((expected.Steps, expected.EndReason), (history.Steps, history.EndReason));
        Assert.Equal(expectedTrainer.Model.TrainingStep, trainer.Model.TrainingStep);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(8)]
    public void An_epoch_that_goes_on_ends_with_the_metrics_of_one_that_never_stopped(int steps)
    {
        IDataSource classes = SmallData.Classes(23)
            .WithGroups("side", [.. Enumerable.Range(0, 23).Select(i => i % 3 == 0 ? "left" : "right")]);
        AssertMetricsGoOn(steps, CreateTrainer, classes, AllMetrics);
        AssertMetricsGoOn(
            steps,
            () => new(new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError, seed: 1), new Adam()),
            SmallData.Numbered(23),
            [Metric.MeanAbsoluteError(), Metric.RootMeanSquaredError(), Metric.R2()]);
    }

    private void AssertMetricsGoOn(
        int steps, Func<Trainer<LinearModel>> createTrainer, IDataSource data, ImmutableArray<Metric> metrics)
    {
        string path = _folder.Combine("run.safetensors");
        FitOptions options = Options() with { Metrics = metrics };
        History expected = createTrainer().Fit(data, options);
        TrainingRun run = createTrainer().Begin(data, options);
        for (int i = 0; i < steps; i++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        History actual = createTrainer().Fit(data, options with { ResumeFrom = path });

        // A checkpoint does not keep the confusion matrices of epochs that are over.
        int atHand = steps / 4;
        for (int epoch = 0; epoch < expected.Epochs.Length; epoch++)
        {
            ImmutableArray<MetricResult> before = expected.Epochs[epoch].Metrics;
            ImmutableArray<MetricResult> after = actual.Epochs[epoch].Metrics;
            for (int i = 0; i < before.Length; i++)
            {
                Assert.Equal(
                    BitConverter.DoubleToInt64Bits(before[i].Value), BitConverter.DoubleToInt64Bits(after[i].Value));
                Assert.Equal(before[i].Parts.AsEnumerable(), after[i].Parts.AsEnumerable());
                Assert.Equal(epoch < atHand ? null : Cells(before[i].Confusion), Cells(after[i].Confusion));
            }
        }

        static int[]? Cells(ConfusionMatrix? matrix) => matrix is null
            ? null
            : [.. Enumerable.Range(0, 9).Select(cell => matrix[cell / 3, cell % 3])];
    }

    [Fact]
    public void A_training_may_go_on_with_other_metrics_which_count_from_there_on()
    {
        string path = _folder.Combine("run.safetensors");
        TrainingRun run = CreateTrainer().Begin(SmallData.Classes(23), Options() with { Metrics = AllMetrics[..3] });
        run.TakeStep();
        run.SaveCheckpoint(path);
        History history = CreateTrainer().Fit(
            SmallData.Classes(23), Options() with { Metrics = [Metric.Confusion()], ResumeFrom = path });
        Assert.Equal(13, Enumerable.Range(0, 3).Sum(history.Epochs[0].Metrics[0].Confusion!.CountOf));
    }

    [Fact]
    public void Damaged_counts_of_metrics_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => Restore([1, 2], [], memory => memory.Keep(new double[3])));
        Assert.Throws<InvalidDataException>(() => Restore([1, 2, 3], [], memory => memory.Keep(new double[2])));
        Assert.Throws<InvalidDataException>(() => Restore([1.5], [], memory => memory.Keep(new long[1])));
        Assert.Throws<InvalidDataException>(() => Restore([-1], [], memory => memory.Keep(new long[1])));
        Assert.Throws<InvalidDataException>(() => Restore([double.NaN], [], memory => memory.Keep(new long[1])));
        Assert.Throws<InvalidDataException>(() => Restore([], [1f], memory => memory.Keep(new float[2])));
        Assert.Throws<InvalidDataException>(() => Restore([], [1f, 2f], memory => memory.Keep(new float[1])));
        Assert.Throws<InvalidDataException>(() => Restore([], [128f, 2f], memory => memory.Keep(new int[1])));
        int[] counts = [0, 1, int.MaxValue, 1 << 24];
        var saved = new MetricMemory();
        saved.Keep(counts);
        int[] restored = new int[4];
        Restore([], saved.Values, memory => memory.Keep(restored));
        Assert.Equal(counts, restored);

        static void Restore(double[] numbers, float[] values, Action<MetricMemory> keep)
        {
            var memory = new MetricMemory(numbers, values);
            keep(memory);
            memory.RequireEnd();
        }
    }

    [Fact]
    public void A_checkpoint_that_an_observer_asks_for_knows_what_later_observers_learnt_of_the_epoch()
    {
        string path = _folder.Combine("run-{epoch}.safetensors");
        FitOptions Stopping() => Options() with
        {
            Epochs = 50,
            Observers =
            [
                new ModelCheckpoint(path),
                new EarlyStopping { Figure = Rising, Patience = 4 },
            ],
        };
        (Trainer<LinearModel> expectedTrainer, History expected) = Train(Stopping());
        Assert.Equal(EndReason.Stopped, expected.EndReason);
        for (int epoch = 1; epoch <= expected.Epochs.Length; epoch++)
        {
            (Trainer<LinearModel> trainer, History history) = Train(
                Stopping() with { ResumeFrom = _folder.Combine($"run-{epoch}.safetensors") });
            Assert.Equal(expected.Epochs.Select(Figures), history.Epochs.Select(Figures));
            Assert.Equal((expected.EndReason, expected.StopMessage), (history.EndReason, history.StopMessage));
            Assert.Equal(expectedTrainer.Model.Parameters, trainer.Model.Parameters);
        }
    }

    [Fact]
    public void A_rate_that_a_schedule_or_a_plateau_sets_goes_on_where_it_was()
    {
        string path = _folder.Combine("run-{epoch}.safetensors");
        FitOptions scheduled = Options() with { Schedule = LearningRateSchedule.Cosine(0.1f, 12).WithWarmUp(3) };
        FitOptions Plateau() => Options() with
        {
            Epochs = 8,
            Observers =
            [
                new ModelCheckpoint(path),
                new ReduceLearningRateOnPlateau(new ReduceOnPlateau(0.1f) { Patience = 1 }) { Figure = Rising },
            ],
        };
        foreach (Func<FitOptions> options in (Func<FitOptions>[])[
            () => scheduled with { Observers = [new ModelCheckpoint(path)] }, Plateau])
        {
            (Trainer<LinearModel> expected, _) = Train(options());
            for (int epoch = 1; epoch <= options().Epochs; epoch++)
            {
                (Trainer<LinearModel> trainer, _) = Train(
                    options() with { ResumeFrom = _folder.Combine($"run-{epoch}.safetensors") });
                Assert.Equal(expected.Model.Parameters, trainer.Model.Parameters);
                Assert.Equal(expected.Optimizer.LearningRate, trainer.Optimizer.LearningRate);
            }
        }

        Assert.Throws<InvalidOperationException>(
            () => Train(Plateau() with { Schedule = LearningRateSchedule.Constant(0.1f) }));
    }

    [Theory]
    [InlineData(true, 0.1f)]
    [InlineData(false, 0.0001f)]
    public void The_rate_is_reduced_where_a_figure_moves_the_wrong_way_for_its_kind(bool higherIsBetter, float expected)
    {
        // Grows by 1 in each epoch: the more the better, or each of the last three epochs is one too many.
        var figure = new Figure("epoch", higherIsBetter, result => result.Epoch);
        (Trainer<LinearModel> trainer, _) = Train(Options() with
        {
            Observers =
            [
                new ReduceLearningRateOnPlateau(new ReduceOnPlateau(0.1f) { Patience = 0 }) { Figure = figure },
            ],
        });
        Assert.Equal(expected, trainer.Optimizer.LearningRate, 1e-3f * expected);
    }

    [Fact]
    public void A_training_cancelled_within_a_validation_validates_again()
    {
        string path = _folder.Combine("run.safetensors");
        (_, History expected) = Train(Options());
        (_, History cancelled) = LinearModel.TrainUntilMeasured(Options(), path);
        Assert.Equal((EndReason.Cancelled, 0), (cancelled.EndReason, cancelled.Epochs.Length));
        (_, History history) = Train(Options() with { ResumeFrom = path });
        Assert.Equal(expected.Epochs.Select(Figures), history.Epochs.Select(Figures));
    }

    [Fact]
    public void The_model_can_be_loaded_from_a_checkpoint()
    {
        string path = _folder.Combine("run.safetensors");
        (Trainer<LinearModel> trainer, _) = Train(Options() with { Observers = [new ModelCheckpoint(path)] });
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        ModelFile.Load(path, model);
        Assert.Equal(trainer.Model.Parameters, model.Parameters);
    }

    [Fact]
    public void A_checkpoint_that_an_earlier_version_wrote_goes_on()
    {
        // After 12 steps of 4 epochs of 5, by version 0.1 when its place was written by a serializer.
        string path = Path.Combine("Training", "vectors", "earlier-checkpoint.safetensors");
        var stopping = new EarlyStopping { Patience = 3 };
        Trainer<LinearModel> trainer = CreateTrainer();
        TrainingRun run = trainer.Begin(SmallData.Classes(23), new FitOptions
        {
            Epochs = 4,
            BatchSize = 5,
            Validation = SmallData.Classes(2),
            Seed = 3,
            Metrics = [Metric.F1(), Metric.RocAuc()],
            Observers = [stopping],
            ResumeFrom = path,
        });
        run.TakeStep();
        Assert.Equal((13L, 13L, 3), (run.Step, trainer.Model.TrainingStep, run.Epoch));
        Assert.Equal((2, 0.4477390944957733), (stopping.BestEpoch, stopping.BestValue));
        EpochResult second = run.History.Epochs[1];
        Assert.Equal((2, 10L, 0.41650513462398364, 1.0), (second.Epoch, second.Step, second.Loss, second.Accuracy));
        Assert.Equal(TimeSpan.FromMicroseconds(133.3), second.TrainingTime);
        MetricResult area = second.ValidationMetrics[1];
        Assert.Equal(("roc auc", 1.0, null), (area.Name, area.Value, area.Head));
        Assert.Equal(new MetricPart("class 2", double.NaN, 0), area.Parts[2]);
        while (run.TakeStep())
        {
        }

        Assert.Equal((EndReason.Completed, 4), (run.EndReason, run.History.Epochs.Length));
        Assert.Equal(1, run.History.Last.ValidationAccuracy);
    }

    [Fact]
    public void What_does_not_fit_the_training_is_refused_and_changes_nothing()
    {
        string path = _folder.Combine("run.safetensors");
        Train(Options() with { Epochs = 1, Observers = [new ModelCheckpoint(path)] });
        AssertRefused(
            Options() with { BatchSize = 6 },
            "expected a training of the same BatchSize, which is 5 in the checkpoint, got 6");
        AssertRefused(
            Options() with { Seed = 6 }, "expected a training of the same Seed, which is 3 in the checkpoint, got 6");
        AssertRefused(
            Options() with { ValidationSplit = 0.5f }, "expected a training of the same Samples, which is 18 in the checkpoint, got 11");
        AssertRefused(Options() with { Shuffle = false }, "expected a training of the same Shuffle");
        AssertRefused(Options(), "expected the state of Sgd, got that of Adam", new Sgd());
        ModelFile.Save(path, new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy));
        AssertRefused(
            Options(),
            "expected a checkpoint of a training, got a file without its place, such as one of a model alone");

        void AssertRefused(FitOptions options, string message, IOptimizer? optimizer = null)
        {
            var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 8);
            float[] before = model.Parameters.ToArray();
            InvalidDataException exception = Assert.Throws<InvalidDataException>(
                () => new Trainer<LinearModel>(model, optimizer ?? new Adam())
                    .Fit(SmallData.Classes(23), options with { ResumeFrom = path }));
            Assert.StartsWith($"{path}: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("Parameter", exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, model.Parameters);
        }
    }

    [Fact]
    public void An_observer_that_refuses_its_memory_leaves_the_model_as_it_was()
    {
        string path = _folder.Combine("run.safetensors");
        Train(Options() with { Epochs = 1, Observers = [new ModelCheckpoint(path), new Refusing()] });
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 8);
        float[] before = model.Parameters.ToArray();
        Assert.Throws<InvalidDataException>(() => new Trainer<LinearModel>(model, new Adam()).Fit(
            SmallData.Classes(23), Options() with { ResumeFrom = path, Observers = [new Refusing()] }));
        Assert.Equal(before, model.Parameters);
    }

    [Fact]
    public void A_damaged_place_is_refused_and_changes_nothing()
    {
        string path = _folder.Combine("run.safetensors");
        Train(Options() with { Epochs = 1, Observers = [new ModelCheckpoint(path)] });
        byte[] whole = File.ReadAllBytes(path);
        int header = (int)BitConverter.ToUInt64(whole);
        Gen.Int[8, header].Select(Gen.Byte).Sample(
            (at, value) =>
            {
                byte[] damaged = [.. whole];
                damaged[at] = value;
                string file = _folder.Combine("damaged.safetensors");
                File.WriteAllBytes(file, damaged);
                var trainer = new Trainer<LinearModel>(
                    new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 8), new Adam());
                float[] before = trainer.Model.Parameters.ToArray();
                try
                {
                    trainer.Fit(SmallData.Classes(23), Options() with { ResumeFrom = file });
                }
                catch (InvalidDataException)
                {
                    Assert.Equal(before, trainer.Model.Parameters);
                }
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void A_missing_checkpoint_is_an_error()
    {
        Assert.Throws<FileNotFoundException>(
            () => Train(Options() with { ResumeFrom = _folder.Combine("none.safetensors") }));
    }

    [Fact]
    public void Only_the_best_epoch_is_kept_where_that_is_asked_for()
    {
        string path = _folder.Combine("best.safetensors");
        var best = new ModelCheckpoint(path) { BestOf = Rising };
        Train(Options() with { Epochs = 4, Observers = [best] });
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        ModelFile.Load(path, model);
        (Trainer<LinearModel> one, _) = Train(Options() with { Epochs = 1 });
        Assert.Equal(one.Model.Parameters, model.Parameters);
        Assert.Equal(path, best.LastPath);
    }

    [Fact]
    public void Old_files_make_room_for_new_ones()
    {
        string path = _folder.Combine("run-{epoch}-{step}.safetensors");
        Train(Options() with { Epochs = 3, Observers = [new ModelCheckpoint(path) { Keep = 2, EverySteps = 3 }] });
        Assert.Equal(
            ["run-3-12.safetensors", "run-3-9.safetensors"],
            Directory.GetFiles(_folder.Path).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_by_the_next_save()
    {
        string path = _folder.Combine("run.safetensors");
        string left = $"{path}.abcdefgh.ijk.tmp";
        string written = $"{path}.lmnopqrs.tuv.tmp";
        File.WriteAllText(left, "half a file");
        using (new FileStream(written, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            ModelFile.Save(path, CreateTrainer().Model);
        }

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(written));
    }

    [Fact]
    public void Early_stopping_gives_the_best_parameters_back()
    {
        var stopping = new EarlyStopping { Figure = Rising, Patience = 2 };
        (Trainer<LinearModel> trainer, History history) = Train(Options() with { Epochs = 20, Observers = [stopping] });
        Assert.Equal(3, history.Epochs.Length);
        Assert.Equal("the epoch has not become better than 1 of epoch 1 in 2 epochs", history.StopMessage);
        Assert.Equal((1, 1.0), (stopping.BestEpoch, stopping.BestValue));
        (Trainer<LinearModel> one, _) = Train(Options() with { Epochs = 1 });
        Assert.Equal(one.Model.Parameters, trainer.Model.Parameters);
        (Trainer<LinearModel> last, _) = Train(
            Options() with { Epochs = 20, Observers = [new EarlyStopping { Figure = Rising, Patience = 2, RestoreBest = false }] });
        Assert.False(one.Model.Parameters.SequenceEqual(last.Model.Parameters));
    }

    [Fact]
    public void Early_stopping_needs_its_figure()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => Train(Options() with { ValidationSplit = 0f, Observers = [new EarlyStopping()] }));
        Assert.StartsWith(
            "expected epochs with a validation loss, got none in epoch 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_csv_file_has_a_line_an_epoch_also_after_a_checkpoint()
    {
        string path = _folder.Combine("run-{epoch}.safetensors");
        string csv = _folder.Combine("history.csv");
        Train(Options() with { Observers = [new CsvLogger(csv), new ModelCheckpoint(path)] });
        string[] whole = Lines(csv);
        Assert.Equal(["epoch", "1", "2", "3", "4"], whole.Select(line => line.Split(',')[0]));
        Train(Options() with { Observers = [new CsvLogger(csv)], ResumeFrom = _folder.Combine("run-2.safetensors") });
        Assert.Equal(whole.Select(WithoutTimes), Lines(csv).Select(WithoutTimes));

        static string[] Lines(string file) => File.ReadAllLines(file);
        static string WithoutTimes(string line) => string.Join(',', line.Split(',').Take(6));
    }

    // Gets worse with every epoch.
    private static Figure Rising { get; } = new("epoch", higherIsBetter: false, result => result.Epoch);

    private static ImmutableArray<Metric> AllMetrics =>
    [
        Metric.Accuracy(),
        Metric.TopKAccuracy(2),
        Metric.F1(),
        Metric.RocAuc(),
        Metric.AveragePrecision(),
        Metric.Confusion(),
        Metric.Perplexity(),
        Metric.CalibrationError(4),
        Metric.PositiveRate(2),
        Metric.ByGroup(Metric.Recall(), "side"),
    ];

    private static FitOptions Options() => new() { Epochs = 4, BatchSize = 5, ValidationSplit = 0.2f, Seed = 3 };

    private static (Trainer<LinearModel> Trainer, History History) Train(FitOptions options)
    {
        Trainer<LinearModel> trainer = CreateTrainer();
        return (trainer, trainer.Fit(SmallData.Classes(23), options));
    }

    private static Trainer<LinearModel> CreateTrainer() =>
        new(new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1), new Adam { LearningRate = 0.05f });

    private static (int, long, double, double?, double?) Figures(EpochResult result) =>
        (result.Epoch, result.Step, result.Loss, result.ValidationLoss, result.ValidationAccuracy);

    private sealed class Refusing : IResumableObserver
    {
        public ObserverState SaveState() => new();

        public void RestoreState(ObserverState state) => throw new InvalidDataException("expected something else");
    }
}
