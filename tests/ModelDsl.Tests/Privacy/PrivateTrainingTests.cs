using ModelDsl.Tests.EndToEnd;

namespace ModelDsl.Tests.Privacy;

/// <summary>Trainings with <see cref="FitOptions.Privacy"/>.</summary>
[Collection(SharedThreads.Name)]
public sealed class PrivateTrainingTests : IDisposable
{
    private const int Count = 53;
    private const float MaxNorm = 0.5f;

    private readonly string _folder = Directory.CreateTempSubdirectory("modeldsl-privacy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Step_is_the_sum_of_clipped_gradients_over_the_expected_size_where_there_is_no_noise()
    {
        Dataset data = Data();
        var model = new PrivateLinear(seed: 3);
        var reference = new PrivateLinear(seed: 3);
        var options = new FitOptions { BatchSize = Count, Steps = 1, Privacy = Options(noise: 0f) };
        History history = new Trainer<PrivateLinear>(model, new Sgd { LearningRate = 1f }).Fit(data, options);

        // With as many samples expected as there are, all of them are taken.
        int[] all = [.. Enumerable.Range(0, Count)];
        float[] samples = new float[Count * 6];
        int[] labels = new int[Count];
        data.GatherSamples(all, samples);
        data.GatherLabels(all, labels);
        float loss = reference.ComputeClippedGradients(samples, labels, MaxNorm);
        Assert.Contains(reference.SampleNorms.ToArray(), norm => norm > MaxNorm);
        Assert.Equal(loss, history.Last.Loss, 1e-6);
        for (int i = 0; i < reference.Parameters.Length; i++)
        {
            Assert.Equal(reference.Parameters[i] - (reference.Gradients[i] / Count), model.Parameters[i], 1e-6f);
        }

        Assert.Equal(double.PositiveInfinity, history.Privacy!.Epsilon);
    }

    [Fact]
    public void Another_sample_changes_a_step_by_at_most_twice_the_norm_over_the_expected_size()
    {
        // The noise is that of the same seed, so that it cancels; the learning rate is 1.
        const float Size = Count;
        float[] one = Step(Data());
        float[] other = Step(Data(lastSampleScale: 1000f));
        double distance = Math.Sqrt(one.Zip(other, (x, y) => ((double)x - y) * (x - y)).Sum());
        Assert.InRange(distance, 1e-5, 2 * MaxNorm / Size * 1.0001);

        static float[] Step(Dataset data)
        {
            var model = new PrivateNet(seed: 3);
            var options = new FitOptions { BatchSize = Count, Steps = 1, Privacy = Options(noise: 1f) };
            new Trainer<PrivateNet>(model, new Sgd { LearningRate = 1f }).Fit(data, options);
            return model.Parameters.ToArray();
        }
    }

    [Fact]
    public void Noise_of_a_step_has_the_deviation_that_was_asked_for_and_leaves_padding_alone()
    {
        // Gradients of norm 1e-6 are nothing beside noise of a million times that.
        const float Norm = 1e-6f;
        const int Size = 10;
        var model = new PrivateNet(seed: 3);
        float[] before = model.Parameters.ToArray();
        List<double> noise = [];
        var options = new FitOptions
        {
            BatchSize = Size,
            Steps = 300,
            Privacy = new DifferentialPrivacy { MaxGradientNorm = Norm, NoiseMultiplier = 1e6f, Delta = 1e-5, Seed = 8 },
        };
        TrainingRun run = new Trainer<PrivateNet>(model, new Sgd { LearningRate = 1f }).Begin(Data(), options);
        bool goesOn;
        do
        {
            goesOn = run.TakeStep();
            for (int i = 0; i < before.Length; i++)
            {
                if (model.Parameters[i] != before[i])
                {
                    noise.Add((model.Parameters[i] - before[i]) * Size);
                }
            }

            before = model.Parameters.ToArray();
        }
        while (goesOn);
        Assert.Equal(300 * model.Description.ParameterCount, noise.Count, 5.0);
        Assert.Equal(0, noise.Average(), 4 / Math.Sqrt(noise.Count));
        Assert.Equal(1, noise.Average(value => value * value), 4 * Math.Sqrt(2.0 / noise.Count));
    }

    [Fact]
    public void Same_seed_gives_the_same_bits_for_every_number_of_threads_and_another_seed_others()
    {
        float[] expected = Train(Fit());
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int threads in (int[])[1, 2, 5])
            {
                WorkerPool.ThreadCount = threads;
                Assert.Equal(expected, Train(Fit()));
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }

        Assert.NotEqual(expected, Train(Fit() with { Privacy = Options() with { Seed = 9 } }));
        FitOptions secret = Fit() with { Privacy = Options() with { Seed = null } };
        Assert.NotEqual(Train(secret), Train(secret));

        // The order of a private training is none of the option's.
        Assert.Equal(expected, Train(Fit() with { Seed = 77 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(13)]
    public void A_training_that_goes_on_ends_with_the_bits_of_one_that_never_stopped(int steps)
    {
        string path = Path.Combine(_folder, "run.safetensors");
        var expected = new PrivateNet(seed: 3);
        History whole = Trainer(expected).Fit(Data(), Fit());

        TrainingRun run = Trainer(new PrivateNet(seed: 3)).Begin(Data(), Fit());
        for (int i = 0; i < steps; i++)
        {
            run.TakeStep();
        }

        Assert.Equal(steps, run.PrivacySpent!.Steps);
        run.SaveCheckpoint(path);
        var resumed = new PrivateNet(seed: 99);
        History rest = Trainer(resumed).Fit(Data(), Fit() with { ResumeFrom = path });
        Assert.True(expected.Parameters.SequenceEqual(resumed.Parameters));
        Assert.Equal(expected.TrainingStep, resumed.TrainingStep);
        Assert.Equal(whole.Privacy, rest.Privacy);
        Assert.Equal(whole.Epochs.Select(epoch => epoch.Loss), rest.Epochs.Select(epoch => epoch.Loss));
    }

    [Fact]
    public void Checkpoint_of_another_privacy_is_refused()
    {
        string path = Path.Combine(_folder, "run.safetensors");
        TrainingRun run = Trainer(new PrivateNet(seed: 3)).Begin(Data(), Fit());
        run.TakeStep();
        run.SaveCheckpoint(path);
        Refused("NoiseMultiplier", Fit() with { Privacy = Options(noise: 0.5f) });
        Refused("MaxGradientNorm", Fit() with { Privacy = Options() with { MaxGradientNorm = 1f } });
        Refused("MaxGradientNorm", Fit() with { Privacy = null });

        TrainingRun ordinary = Trainer(new PrivateNet(seed: 3)).Begin(Data(), Fit() with { Privacy = null });
        ordinary.TakeStep();
        ordinary.SaveCheckpoint(path);
        Refused("MaxGradientNorm", Fit());

        void Refused(string what, FitOptions options)
        {
            var exception = Assert.Throws<InvalidDataException>(
                () => Trainer(new PrivateNet(seed: 3)).Fit(Data(), options with { ResumeFrom = path }));
            Assert.Contains($"expected a training of the same {what}", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Secret_seed_is_in_no_checkpoint_and_no_text()
    {
        string path = Path.Combine(_folder, "run.safetensors");
        const ulong Secret = 1234567890123456789;
        FitOptions options = Fit() with { Privacy = Options() with { Seed = Secret } };
        TrainingRun run = Trainer(new PrivateNet(seed: 3)).Begin(Data(), options);
        run.TakeStep();
        run.SaveCheckpoint(path);
        byte[] bytes = File.ReadAllBytes(path);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("1234567890123456789"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf(BitConverter.GetBytes(Secret)));
        string text = run.Options.ToString();
        Assert.Contains("MaxGradientNorm = 0.5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1234567890123456789", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_in_parts_makes_the_step_of_the_whole_batch_up_to_rounding()
    {
        FitOptions options = Fit() with { Steps = 6, Privacy = Options() };
        float[] whole = TrainLinear(options);
        float[] parts = TrainLinear(options with { MicroBatchSize = 3 });
        Assert.NotEqual(TrainLinear(options with { Steps = 5 }), whole);
        for (int i = 0; i < whole.Length; i++)
        {
            Assert.Equal(whole[i], parts[i], 2e-6f);
        }

        static float[] TrainLinear(FitOptions options)
        {
            var model = new PrivateLinear(seed: 3);
            new Trainer<PrivateLinear>(model, new Sgd { LearningRate = 0.1f }).Fit(Data(), options);
            return model.Parameters.ToArray();
        }
    }

    [Fact]
    public void Empty_batches_make_steps_of_noise()
    {
        // With 1 of 53 samples expected, a third of the batches are empty.
        var observer = new Losses();
        var model = new PrivateNet(seed: 3);
        var options = new FitOptions { BatchSize = 1, Steps = 60, Privacy = Options(), Observers = [observer] };
        History history = Trainer(model).Fit(Data(), options);
        Assert.Equal(60, history.Steps);
        Assert.Equal(60, model.TrainingStep);
        Assert.InRange(observer.Values.Count(loss => loss == 0), 8, 40);
        Assert.All(model.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(8)]
    public void Target_epsilon_is_kept_and_nearly_used(double epsilon)
    {
        FitOptions options = Fit() with
        {
            Privacy = new DifferentialPrivacy
            {
                MaxGradientNorm = MaxNorm,
                TargetEpsilon = epsilon,
                Delta = 1e-3,
                Seed = 5,
            },
        };
        History history = Trainer(new PrivateNet(seed: 3)).Fit(Data(), options);
        PrivacySpent spent = history.Privacy!;
        Assert.InRange(spent.Epsilon, epsilon - 0.011, epsilon);
        Assert.Equal(history.Steps, spent.Steps);
        Assert.Equal(10.0 / Count, spent.SampleRate, 1e-9);
        var accountant = new RenyiAccountant();
        accountant.Add(spent.NoiseMultiplier, spent.SampleRate, spent.Steps);
        Assert.Equal(accountant.GetEpsilon(1e-3), spent.Epsilon);
    }

    [Fact]
    public void Second_training_of_a_trainer_counts_its_own_steps()
    {
        Trainer<PrivateNet> trainer = Trainer(new PrivateNet(seed: 3));
        PrivacySpent first = trainer.Fit(Data(), Fit() with { Epochs = 2 }).Privacy!;
        PrivacySpent second = trainer.Fit(Data(), Fit() with { Epochs = 1 }).Privacy!;
        Assert.Equal(2 * second.Steps, first.Steps);
        Assert.True(second.Epsilon < first.Epsilon);
    }

    [Fact]
    public void Any_optimizer_learns_from_private_gradients()
    {
        Optimizer[] optimizers =
        [
            new Sgd { LearningRate = 0.5f, Momentum = 0.5f },
            new Adam { LearningRate = 0.02f },
            new Muon { LearningRate = 0.02f },
        ];
        foreach (Optimizer optimizer in optimizers)
        {
            var model = new PrivateNet(seed: 3);
            var trainer = new Trainer<PrivateNet>(model, optimizer);
            double before = trainer.Evaluate(Data()).Loss;
            trainer.Fit(Data(), new FitOptions { BatchSize = 20, Steps = 400, Privacy = Options(noise: 0.5f) });
            Assert.InRange(trainer.Evaluate(Data()).Loss, 0, 0.8 * before);
        }
    }

    [Fact]
    public void Model_that_clips_nothing_is_refused_with_what_to_do()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new Trainer<PublicNet>(new PublicNet(seed: 1), new Sgd()).Fit(Data(), Fit()));
        Assert.Contains("PublicNet", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[Model(PerSampleClipping = true)]", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_samples_are_refused_as_clipping_would_undo_them()
    {
        IDataSource data = Data();
        float[] weights = [.. Enumerable.Repeat(2f, data.Count)];
        PrivateNet model = new(seed: 3);
        Assert.Contains(
            "samples without weights",
            Assert.Throws<ArgumentException>(() => Trainer(model).Fit(data.WithSampleWeights(weights), Fit())).Message,
            StringComparison.Ordinal);
        float[] samples = new float[model.Description.InputShape.Count];
        Assert.Contains(
            "expected no weights",
            Assert.Throws<ArgumentException>(() =>
                model.ComputeClippedGradients(samples, new Targets([1]) { SampleWeights = [2f] }, 1f)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_do_not_fit_together_are_refused()
    {
        Trainer<PrivateNet> trainer = Trainer(new PrivateNet(seed: 3));
        Refused("Shuffle = false", Fit() with { Shuffle = false });
        Refused("got both", Fit() with { Privacy = Options() with { TargetEpsilon = 3 } });
        Refused("got neither", Fit() with { Privacy = Options() with { NoiseMultiplier = null } });
        Refused(
            "expected a budget that some noise keeps",
            Fit() with { Privacy = Options() with { NoiseMultiplier = null, TargetEpsilon = 1e-6 } });
        Assert.Equal(0, trainer.Model.TrainingStep);

        void Refused(string what, FitOptions options) => Assert.Contains(
            what, Assert.Throws<ArgumentException>(() => trainer.Fit(Data(), options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_out_of_range_are_refused_where_they_are_set()
    {
        foreach (float wrong in (float[])[0f, -1f, float.NaN, float.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Options() with { MaxGradientNorm = wrong });
        }

        foreach (float wrong in (float[])[-1f, float.NaN, float.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Options() with { NoiseMultiplier = wrong });
        }

        foreach (double wrong in (double[])[0, -1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Options() with { TargetEpsilon = wrong });
        }

        foreach (double wrong in (double[])[0, 1, double.NaN])
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => Options() with { Delta = wrong });
        }
    }

    private static DifferentialPrivacy Options(float noise = 1f) =>
        new() { MaxGradientNorm = MaxNorm, NoiseMultiplier = noise, Delta = 1e-5, Seed = 5 };

    private static FitOptions Fit() => new() { Epochs = 3, BatchSize = 10, Privacy = Options() };

    private static Trainer<PrivateNet> Trainer(PrivateNet model) => new(model, new Adam { LearningRate = 0.01f });

    private static float[] Train(FitOptions options)
    {
        var model = new PrivateNet(seed: 3);
        Trainer(model).Fit(Data(), options);
        return model.Parameters.ToArray();
    }

    // Three classes, each around a corner of its own.
    private static Dataset Data(float lastSampleScale = 1f)
    {
        Random random = new(4);
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 3)];
        float[] samples =
        [
            .. labels.SelectMany(label =>
                Enumerable.Range(0, 6).Select(i => (i % 3 == label ? 1f : 0f) + random.NextSingle())),
        ];
        for (int i = 1; i <= 6; i++)
        {
            samples[^i] *= lastSampleScale;
        }

        return Dataset.FromLabels(new Shape(6), samples, labels, classCount: 3);
    }

    private sealed class Losses : ITrainingObserver
    {
        public List<double> Values { get; } = [];

        public void OnBatchCompleted(in BatchResult result) => Values.Add(result.BatchLoss);
    }
}
