namespace ModelDsl.Tests.EndToEnd;

/// <summary>Square roots, which have no finite slope at 0, stored as Float16.</summary>
[Model(Precision = Precision.Float16), Input(2), Dense(3), Activation<SquareRoot>, Dense(1), MeanSquaredError]
internal sealed partial class Float16SquareRoots;

/// <summary>The loss scale of Float16 follows the gradients, and a skipped step leaves no trace but in it.</summary>
public sealed class LossScalingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static Dataset Data
    {
        get
        {
            Batch batch = Batch.Draw(new Float16Mlp().Description, 24, seed: 4)
                .First(batch => batch.Labels is not null);
            return Dataset.FromLabels(new Shape(21), batch.Samples, batch.Labels!);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_begins_with_the_initial_scale_and_grows_it_after_so_many_steps()
    {
        Trainer<Float16Mlp> trainer = Create();
        TrainingRun run = trainer.Begin(
            Data,
            new FitOptions
            {
                Steps = 7,
                BatchSize = 8,
                LossScaling = new() { InitialScale = 64f, GrowthInterval = 3, GrowthFactor = 4f },
            });
        List<float> scales = [trainer.Model.LossScale];
        while (run.TakeStep())
        {
            scales.Add(trainer.Model.LossScale);
        }

        Assert.Equal([64f, 64f, 64f, 256f, 256f, 256f, 1024f], scales);
        Assert.Equal(65_536f, new LossScaling().InitialScale);
        Assert.Equal((2f, 0.5f, 2_000, 1f), Defaults(new LossScaling()));
    }

    [Fact]
    public void A_scale_that_is_too_large_skips_the_step_and_becomes_smaller_until_the_training_goes_on()
    {
        Trainer<Float16Mlp> trainer = Create();
        float[] before = trainer.Model.Parameters.ToArray();
        TrainingRun run = trainer.Begin(
            Data,
            new FitOptions { Epochs = 20, BatchSize = 24, LossScaling = new() { InitialScale = 1e12f, BackoffFactor = 0.125f } });
        Assert.True(run.TakeStep());
        Assert.Equal(0.125f * 1e12f, trainer.Model.LossScale);
        Assert.Equal(before, trainer.Model.Parameters);
        Assert.Equal(1, run.Step);
        while (run.TakeStep())
        {
        }

        Assert.NotEqual(before, trainer.Model.Parameters.ToArray());
        Assert.InRange(trainer.Model.LossScale, 1f, 1e8f);
        Assert.Equal(EndReason.Completed, run.EndReason);
        Assert.All(trainer.Model.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void A_part_of_a_batch_that_overflows_skips_the_whole_step()
    {
        Trainer<Float16Mlp> trainer = Create();
        float[] before = trainer.Model.Parameters.ToArray();
        TrainingRun run = trainer.Begin(
            Data, new FitOptions { BatchSize = 24, MicroBatchSize = 5, LossScaling = new() { InitialScale = 1e12f } });
        run.TakeStep();
        Assert.Equal(0.5f * 1e12f, trainer.Model.LossScale);
        Assert.Equal(before, trainer.Model.Parameters);
    }

    [Fact]
    public void Gradients_that_no_scale_makes_finite_end_the_training()
    {
        // √0 is 0, and its slope there is 1/0; times a gradient of 0 that is not a number.
        var model = new Float16SquareRoots(seed: 1);
        float[] before = model.Parameters.ToArray();
        var trainer = new Trainer<Float16SquareRoots>(model, new Adam());
        Dataset dataset = Dataset.FromValues(new Shape(2), [0f, 0f], [1f]);
        TrainingRun run = trainer.Begin(
            dataset, new FitOptions { Epochs = 100, LossScaling = new() { InitialScale = 8f } });
        for (int skipped = 0; skipped < 3; skipped++)
        {
            Assert.True(run.TakeStep());
        }

        Assert.Equal(1f, model.LossScale);
        TrainingDivergedException exception = Assert.Throws<TrainingDivergedException>(() => run.TakeStep());
        Assert.Contains("but a gradient of dense1.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, exception.Step);
        Assert.Equal(before, model.Parameters);
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_the_training_at_once()
    {
        Trainer<Float16Mlp> trainer = Create();
        trainer.Model.Dense3Bias[0] = float.NaN;
        Assert.Equal(1, Assert.Throws<TrainingDivergedException>(() => trainer.Fit(Data)).Step);
        Assert.Equal(65_536f, trainer.Model.LossScale);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void A_training_that_goes_on_has_the_scale_and_the_bits_of_one_that_never_stopped(int steps)
    {
        string path = _folder.Combine("run.safetensors");
        var options = new FitOptions
        {
            Epochs = 5,
            BatchSize = 8,
            LossScaling = new() { InitialScale = 1e9f, GrowthInterval = 4 },
        };
        Trainer<Float16Mlp> whole = Create();
        whole.Fit(Data, options);
        Trainer<Float16Mlp> first = Create();
        TrainingRun run = first.Begin(Data, options);
        for (int i = 0; i < steps; i++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        Trainer<Float16Mlp> second = Create();
        second.Fit(Data, options with { ResumeFrom = path });
        Assert.Equal(whole.Model.LossScale, second.Model.LossScale);
        Assert.Equal(whole.Model.Parameters, second.Model.Parameters);
        Assert.NotEqual(1e9f, whole.Model.LossScale);
    }

    [Fact]
    public void Other_models_have_no_scale()
    {
        IModel[] models = [new SmallMlp(), new BFloat16Mlp()];
        foreach (IModel model in models)
        {
            model.LossScale = 8f;
            Assert.Equal(1f, model.LossScale);
        }

        Assert.Equal(1024f, ((IModel)new Float16Mlp()).LossScale);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Settings_out_of_range_are_refused(float bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { InitialScale = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { MinimumScale = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { GrowthFactor = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { BackoffFactor = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Float16Mlp { LossScale = bad });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { GrowthFactor = 1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { BackoffFactor = 1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new LossScaling { GrowthInterval = 0 });
    }

    private static (float Growth, float Backoff, int Interval, float Minimum) Defaults(LossScaling scaling) =>
        (scaling.GrowthFactor, scaling.BackoffFactor, scaling.GrowthInterval, scaling.MinimumScale);

    private static Trainer<Float16Mlp> Create() => new(new Float16Mlp(seed: 1), new Adam { LearningRate = 1e-2f });
}
