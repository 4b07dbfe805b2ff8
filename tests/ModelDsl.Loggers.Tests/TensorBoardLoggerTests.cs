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
        List<ScalarEvent> events = EventReader.Read(logger.Path!);

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

        IEnumerable<ScalarEvent> Of(string tag) => events.Where(one => one.Tag == tag);
    }

    [Fact]
    public void What_an_epoch_does_not_have_is_not_written()
    {
        using var folder = new TemporaryFolder();
        using var logger = new TensorBoardLogger(folder.Path);
        Trainings.Run(logger, validates: false);

        Assert.DoesNotContain(
            EventReader.Read(logger.Path!),
            one => one.Tag?.EndsWith("validation", StringComparison.Ordinal) == true);
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
