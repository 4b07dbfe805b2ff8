namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Trainings that validate and keep an average of their weights.</summary>
public sealed class AveragedTrainingTests : IDisposable
{
    private const float Decay = 0.8f;

    private static readonly Dataset Validation = SmallData.Classes(7);

    private readonly TemporaryFolder _folder = new();

    // Gets worse with every epoch.
    private static Figure Rising { get; } = new("epoch", higherIsBetter: false, result => result.Epoch);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Steps_go_from_the_models_own_weights_and_validation_takes_their_average()
    {
        (Trainer<LinearModel> trainer, History history) = Train(Options());
        List<Epoch> expected = [.. TrainByHand()];

        Assert.Equal(
            expected.Select(epoch => epoch.ValidationLoss), history.Epochs.Select(epoch => epoch.ValidationLoss));
        Assert.Equal(expected.Select(epoch => epoch.Loss), history.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(expected[^1].Average, trainer.Model.Parameters.ToArray());
        Assert.NotEqual(expected[^1].Own, trainer.Model.Parameters.ToArray());
    }

    [Fact]
    public void Observers_of_an_epoch_and_what_they_keep_see_the_average()
    {
        string path = _folder.Combine("best.safetensors");
        var watching = new Watching();
        (Trainer<LinearModel> trainer, _) = Train(Options() with
        {
            Observers =
            [
                watching,
                new EarlyStopping { Figure = Rising, Patience = 2 },
                new ModelCheckpoint(path) { BestOf = Rising },
            ],
        });
        List<Epoch> expected = [.. TrainByHand()];
        Assert.Equal(expected.Take(3).Select(epoch => epoch.Average), watching.AtEpochs);
        Assert.Equal(expected[0].FirstStep, watching.AfterFirstStep);
        Assert.Equal(expected[0].Average, trainer.Model.Parameters.ToArray());
        var model = new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy);
        ModelFile.Load(path, model);
        Assert.Equal(expected[0].Average, model.Parameters.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(13)]
    public void A_training_that_goes_on_ends_with_the_bits_of_one_that_never_stopped(int steps)
    {
        string path = _folder.Combine("run.safetensors");
        (Trainer<LinearModel> expectedTrainer, History expected) = Train(Options());
        TrainingRun run = CreateTrainer().Begin(SmallData.Classes(23), Options());
        for (int i = 0; i < steps; i++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        (Trainer<LinearModel> trainer, History history) = Train(Options() with { ResumeFrom = path });
        Assert.Equal(expectedTrainer.Model.Parameters, trainer.Model.Parameters);
        Assert.Equal(expected.Epochs.Select(Figures), history.Epochs.Select(Figures));

        // What is saved goes on too, and saving changed nothing.
        while (run.TakeStep())
        {
        }

        Assert.Equal(expectedTrainer.Model.Parameters, run.Model.Parameters);
        run.SaveCheckpoint(path);
        (trainer, _) = Train(Options() with { ResumeFrom = path });
        Assert.Equal(expectedTrainer.Model.Parameters, trainer.Model.Parameters);
    }

    [Fact]
    public void A_cancelled_training_has_the_average_and_goes_on_from_its_own_weights()
    {
        string path = _folder.Combine("run.safetensors");
        (Trainer<LinearModel> expected, _) = Train(Options());
        (LinearModel model, History cancelled) = LinearModel.TrainUntilMeasured(Options(), path);
        Assert.Equal(EndReason.Cancelled, cancelled.EndReason);
        Assert.Equal(TrainByHand().First().Average, model.Parameters.ToArray());
        (Trainer<LinearModel> resumed, _) = Train(Options() with { ResumeFrom = path });
        Assert.Equal(expected.Model.Parameters, resumed.Model.Parameters);
    }

    [Fact]
    public void The_average_can_be_looked_at_between_steps_and_must_be_given_back()
    {
        TrainingRun run = CreateTrainer().Begin(SmallData.Classes(23), Options());
        run.TakeStep();
        float[] own = run.Model.Parameters.ToArray();
        using (run.WeightAverage!.Apply())
        {
            // The first update is the weights themselves.
            Assert.Equal(own, run.Model.Parameters.ToArray());
            Assert.StartsWith(
                "expected the Linear's own weights, but it has their average",
                Assert.Throws<InvalidOperationException>(() => run.TakeStep()).Message,
                StringComparison.Ordinal);
        }

        Assert.True(run.TakeStep());
        Assert.Equal(2, run.WeightAverage.UpdateCount);
        Assert.Null(CreateTrainer().Begin(SmallData.Classes(23), new FitOptions()).WeightAverage);
    }

    [Fact]
    public void A_training_that_is_cancelled_at_once_leaves_the_weights_as_they_are()
    {
        Trainer<LinearModel> trainer = CreateTrainer();
        float[] initial = trainer.Model.Parameters.ToArray();
        trainer.Fit(SmallData.Classes(23), Options(), new CancellationToken(canceled: true));
        Assert.Equal(initial, trainer.Model.Parameters.ToArray());
    }

    [Fact]
    public void A_checkpoint_of_another_average_or_of_none_is_refused_and_changes_nothing()
    {
        string averaged = _folder.Combine("averaged.safetensors"), plain = _folder.Combine("plain.safetensors");
        Train(Options() with { Epochs = 1, Observers = [new ModelCheckpoint(averaged)] });
        Train(Options() with { Epochs = 1, WeightAverageDecay = null, Observers = [new ModelCheckpoint(plain)] });
        AssertRefused(averaged, null, "WeightAverageDecay, which is 0.8 in the checkpoint, got none");
        AssertRefused(averaged, 0.9f, "WeightAverageDecay, which is 0.8 in the checkpoint, got 0.9");
        AssertRefused(plain, Decay, "WeightAverageDecay, which is missing in the checkpoint, got 0.8");

        // Under another name of the same length, the weights are missing.
        byte[] bytes = File.ReadAllBytes(averaged);
        int at = bytes.AsSpan().IndexOf("training/weights"u8);
        "training/weighty"u8.CopyTo(bytes.AsSpan(at));
        File.WriteAllBytes(averaged, bytes);
        AssertRefused(averaged, Decay, "expected 32 weights beside their average, got 0");

        void AssertRefused(string path, float? decay, string message)
        {
            Trainer<LinearModel> trainer = CreateTrainer();
            float[] before = trainer.Model.Parameters.ToArray();
            InvalidDataException exception = Assert.Throws<InvalidDataException>(() => trainer.Fit(
                SmallData.Classes(23), Options() with { WeightAverageDecay = decay, ResumeFrom = path }));
            Assert.StartsWith($"{path}: ", exception.Message, StringComparison.Ordinal);
            Assert.Contains(message, exception.Message, StringComparison.Ordinal);
            Assert.Equal(before, trainer.Model.Parameters.ToArray());
        }
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.1f)]
    [InlineData(float.NaN)]
    public void A_decay_outside_of_0_to_1_is_refused(float decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FitOptions { WeightAverageDecay = decay });

    private static FitOptions Options() => new()
    {
        Epochs = 4,
        BatchSize = 5,
        Validation = Validation,
        Seed = 3,
        WeightAverageDecay = Decay,
    };

    private static (Trainer<LinearModel> Trainer, History History) Train(FitOptions options)
    {
        Trainer<LinearModel> trainer = CreateTrainer();
        return (trainer, trainer.Fit(SmallData.Classes(23), options));
    }

    // The same without the option: an average of one's own, looked at after each epoch.
    private static IEnumerable<Epoch> TrainByHand()
    {
        Trainer<LinearModel> trainer = CreateTrainer();
        var average = new WeightAverage(trainer.Model) { Decay = Decay };
        TrainingRun run = trainer.Begin(
            SmallData.Classes(23), Options() with { WeightAverageDecay = null, Validation = null });
        float[]? first = null;
        for (bool goesOn = true; goesOn;)
        {
            goesOn = run.TakeStep();
            average.Update();
            first ??= trainer.Model.Parameters.ToArray();
            if (run.Step % 5 == 0)
            {
                float[] own = trainer.Model.Parameters.ToArray();
                using (average.Apply())
                {
                    yield return new Epoch(
                        run.History.Last.Loss,
                        trainer.Evaluate(Validation).Loss,
                        own,
                        trainer.Model.Parameters.ToArray(),
                        first);
                }
            }
        }
    }

    private static Trainer<LinearModel> CreateTrainer() =>
        new(new LinearModel(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1), new Adam { LearningRate = 0.05f });

    private static (int, long, double, double?, double?) Figures(EpochResult result) =>
        (result.Epoch, result.Step, result.Loss, result.ValidationLoss, result.ValidationAccuracy);

    private sealed record Epoch(double Loss, double? ValidationLoss, float[] Own, float[] Average, float[] FirstStep);

    private sealed class Watching : ITrainingObserver
    {
        private TrainingRun? _run;

        public List<float[]> AtEpochs { get; } = [];

        public float[]? AfterFirstStep { get; private set; }

        public void OnStarted(TrainingRun run) => _run = run;

        public void OnBatchCompleted(in BatchResult result) => AfterFirstStep ??= _run!.Model.Parameters.ToArray();

        public void OnEpochCompleted(EpochResult result) => AtEpochs.Add(_run!.Model.Parameters.ToArray());
    }
}
