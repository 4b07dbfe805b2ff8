namespace ModelDsl.Loggers.Tests;

public sealed class TensorBoardLoggerTests
{
    [Fact]
    public void The_checksum_is_that_of_the_published_test_vector_masked()
    {
        // CRC-32C of "123456789" is E3069283.
        const uint Checksum = 0xE3069283;
        Assert.Equal(
            ((Checksum >> 15) | (Checksum << 17)) + 0xA282EAD8u, EventFile.MaskedChecksum("123456789"u8));
    }

    [Fact]
    public void An_independent_reader_finds_every_scalar_with_its_step()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Combine("runs/first"), every: 2);
        History history = Trainings.Run(logger);
        List<LoggedEvent> events = EventReader.Read(logger.Path!);

        Assert.Equal("brain.Event:2", events[0].Version);
        Assert.All(events.Skip(1), one => Assert.Null(one.Version));
        Assert.All(events, one => Assert.InRange(one.Time, 1.6e9, 1e11));
        Assert.Equal([2L, 4, 6], Of("loss/batch").Select(one => one.Step));
        Assert.All(Of("learning_rate"), one => Assert.Equal(0.5f, one.Value));
        Assert.Equal(
            history.Epochs.Select(epoch => (epoch.Step, (float)epoch.Loss)),
            Of("loss/train").Select(one => (one.Step, one.Value)));
        Assert.Equal(
            history.Epochs.Select(epoch => (float)epoch.ValidationLoss!),
            Of("loss/validation").Select(one => one.Value));
        Assert.Equal(
            history.Epochs.Select(epoch => (float)epoch.Accuracy!), Of("accuracy/train").Select(one => one.Value));
        Assert.Equal(
            history.Epochs.Select(epoch => (float)epoch.ValidationMetrics[0].Value),
            Of("f1__macro_/validation").Select(one => one.Value));
        Assert.Equal(3, Of("samples_per_second").Count());

        IEnumerable<LoggedEvent> Of(string tag) => events.Where(one => one.Tag == tag);
    }

    [Fact]
    public void What_an_epoch_does_not_have_is_not_written()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Path);
        Trainings.Run(validates: false, logger);

        Assert.DoesNotContain(
            EventReader.Read(logger.Path!),
            one => one.Tag?.EndsWith("validation", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Histograms_of_parameters_and_gradients_hold_their_values()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Path) { HistogramsEvery = 3 };
        var watched = new Weights();
        Trainings.Run(logger, watched);
        LoggedEvent[] histograms = [.. EventReader.Read(logger.Path!).Where(one => one.Histogram is not null)];

        string[] tensors = ["dense1.weight", "dense1.bias"];
        Assert.Equal(
            from step in (long[])[3, 6]
            from tensor in tensors
            from kind in (string[])["parameters", "gradients"]
            select (step, $"{kind}/{tensor}"),
            histograms.Select(one => (one.Step, one.Tag!)));
        foreach (LoggedEvent one in histograms)
        {
            AssertHolds(watched.Seen[(one.Step, one.Tag!)], one.Histogram!);
        }
    }

    [Fact]
    public void A_histogram_has_the_buckets_of_TensorFlows_writer()
    {
        // As histogram.cc gives them: 0 belongs to the first bucket above it, empty buckets in a row are one.
        Histogram histogram = Histogram.Of([0f, 0f, 1.05e-12f, -2f, float.NaN, float.PositiveInfinity])!;
        Assert.Equal((-2.0, (double)1.05e-12f, 4), (histogram.Min, histogram.Max, histogram.Count));
        double[] tens = [.. Limits()];
        double above = tens.First(limit => limit > 2), below = tens.Last(limit => limit <= 2);
        Assert.Equal([-above, -below, 0, 1e-12, 1e-12 * 1.1, double.MaxValue], histogram.Limits);
        Assert.Equal([0, 1, 0, 2, 1, 0], histogram.Counts);
        Assert.Null(Histogram.Of([float.NaN]));
        Assert.Null(Histogram.Of([]));

        static IEnumerable<double> Limits()
        {
            for (double limit = 1e-12; limit < 1e20; limit *= 1.1)
            {
                yield return limit;
            }
        }
    }

    [Fact]
    public void The_largest_numbers_and_the_limits_themselves_are_counted()
    {
        AssertHolds([float.MaxValue, float.MinValue, 1e-12f, -1e-12f, float.Epsilon]);
        Gen.Float.Array.Sample(values => AssertHolds(values), iter: 300);

        static void AssertHolds(float[] values)
        {
            float[] finite = [.. values.Where(float.IsFinite)];
            Histogram? histogram = Histogram.Of(values);
            Assert.Equal(finite.Length, histogram?.Count ?? 0);
            if (histogram is not null)
            {
                TensorBoardLoggerTests.AssertHolds(finite, new LoggedHistogram(
                    new()
                    {
                        [1] = histogram.Min,
                        [2] = histogram.Max,
                        [3] = histogram.Count,
                        [4] = histogram.Sum,
                        [5] = histogram.SumOfSquares,
                    },
                    [.. histogram.Limits],
                    [.. histogram.Counts]));
            }
        }
    }

    [Fact]
    public void A_reader_sees_what_was_written_while_the_training_runs()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Path, every: 1);
        var reader = new Reading(logger);
        Trainings.Run(reader);

        Assert.Equal([1, 2, 3, 4, 5, 6], reader.Seen);
    }

    [Fact]
    public void Each_training_writes_a_file_of_its_own()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Path);
        Trainings.Run(logger);
        Trainings.Run(logger);

        Assert.Equal(2, Directory.GetFiles(folder.Path, "events.out.tfevents.*").Length);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", [1]);
        using var logger = new TensorBoardLogger(Path.Combine(file, "run"));

        Assert.Contains(
            "file", Assert.ThrowsAny<IOException>(() => Trainings.Run(logger)).Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => new TensorBoardLogger(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoardLogger("runs", every: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TensorBoardLogger("runs") { HistogramsEvery = 0 });
    }

    private static void AssertHolds(float[] values, LoggedHistogram histogram)
    {
        Assert.Equal((values.Min(), values.Max()), ((float)histogram.Min, (float)histogram.Max));
        Assert.Equal(values.Length, histogram.Count);
        Assert.Equal(values.Sum(value => (double)value), histogram.Sum);
        Assert.Equal(values.Sum(value => (double)value * value), histogram.SumOfSquares);
        Assert.Equal(histogram.Limits.Order(), histogram.Limits);
        double start = double.NegativeInfinity;
        foreach ((double end, double count) in histogram.Limits.Zip(histogram.Counts))
        {
            Assert.Equal(values.Count(value => value >= start && value < end), count);
            start = end;
        }

        Assert.Equal(values.Length, histogram.Counts.Sum());
    }

    // What the model's tensors and gradients were at each step.
    private sealed class Weights : ITrainingObserver
    {
        private TrainingRun? _run;

        public Dictionary<(long, string), float[]> Seen { get; } = [];

        public void OnStarted(TrainingRun run) => _run = run;

        public void OnBatchCompleted(in BatchResult result)
        {
            foreach (ParameterDescription tensor in _run!.Model.Description.Parameters)
            {
                Seen[(result.Step, "parameters/" + tensor.Name)] =
                    _run.Model.Parameters.Slice(tensor.Offset, tensor.Shape.Count).ToArray();
                Seen[(result.Step, "gradients/" + tensor.Name)] =
                    _run.Model.Gradients.Slice(tensor.Offset, tensor.Shape.Count).ToArray();
            }
        }
    }

    // Counts the losses in the file after each batch.
    private sealed class Reading(TensorBoardLogger logger) : ITrainingObserver
    {
        public List<int> Seen { get; } = [];

        public void OnStarted(TrainingRun run) => logger.OnStarted(run);

        public void OnBatchCompleted(in BatchResult result)
        {
            logger.OnBatchCompleted(result);
            Seen.Add(EventReader.Read(logger.Path!).Count(one => one.Tag == "loss/batch"));
        }
    }
}
