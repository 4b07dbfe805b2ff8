using Microsoft.Extensions.Logging;

namespace ModelDsl.Loggers.Tests;

public sealed class LoggingObserverTests
{
    [Fact]
    public void Start_epochs_metrics_and_end_are_information()
    {
        var logger = new Recording(LogLevel.Information);
        History history = Trainings.Run(new LoggingObserver(logger));

        Assert.Equal("Training Watched of 6 parameters at a learning rate of 0.5", logger.Entries[0].Text);
        Assert.Equal([1, 3, 4, 4, 3, 4, 4, 3, 4, 4, 5], logger.Entries.Select(entry => entry.Id));
        Assert.Equal("Watched: the training ended after step 6: Completed", logger.Entries[^1].Text);
        Assert.Equal(history.Last.ValidationLoss, logger.Entries[7].Values["ValidationLoss"]);
        Assert.Equal("f1 (macro)", logger.Entries[9].Values["Metric"]);
        Assert.All(logger.Entries, entry => Assert.Equal(LogLevel.Information, entry.Level));
    }

    [Theory]
    [InlineData(true, true, "accuracy", "validation loss", "validation accuracy")]
    [InlineData(true, false, "accuracy")]
    [InlineData(false, true, "validation loss")]
    [InlineData(false, false)]
    public void An_epoch_is_said_to_have_what_it_has(bool classifies, bool validates, params string[] figures)
    {
        var logger = new Recording(LogLevel.Information);
        if (classifies)
        {
            Trainings.Run(validates, new LoggingObserver(logger));
        }
        else
        {
            Trainings.RunRegression(validates, new LoggingObserver(logger));
        }

        Entry epoch = logger.Entries.First(entry => entry.Id == 3);
        string expected = string.Concat(figures.Prepend("loss").Select(figure => figure + @" \d\.?\d*(E-\d+)?, "));
        Assert.Matches($@"^Watched(Regression)?: epoch 1: {expected}\d+\.\d+ s$", epoch.Text);
        Assert.DoesNotContain(null, epoch.Values.Values);
        Assert.Equal("LogEpoch", epoch.Name);
    }

    [Fact]
    public void Batches_are_for_debugging()
    {
        var logger = new Recording(LogLevel.Debug);
        Trainings.Run(new LoggingObserver(logger));

        Assert.Equal(
            Enumerable.Range(1, 6).Select(step => (object)(long)step),
            logger.Entries.Where(entry => entry.Level == LogLevel.Debug).Select(entry => entry.Values["Step"]!));
    }

    [Fact]
    public void A_logger_is_required() => Assert.Throws<ArgumentNullException>(() => new LoggingObserver(null!));

    private sealed record Entry(int Id, string? Name, LogLevel Level, string Text, Dictionary<string, object?> Values);

    private sealed class Recording(LogLevel lowest) : ILogger
    {
        public List<Entry> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            Assert.True(IsEnabled(logLevel));
            Entries.Add(new Entry(
                eventId.Id,
                eventId.Name,
                logLevel,
                formatter(state, exception),
                ((IReadOnlyList<KeyValuePair<string, object?>>)state!).ToDictionary()));
        }
    }
}
