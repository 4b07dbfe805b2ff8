using System.Globalization;
using System.Text.RegularExpressions;
using ModelDsl.Testing;

namespace ModelDsl.Runtime.Tests.Training;

/// <summary>What a training shows of itself.</summary>
public sealed class ProgressBarTests
{
    [Fact]
    public void Without_a_terminal_each_epoch_is_a_line()
    {
        using var text = new StringWriter();
        History history = Train(
            new ProgressBar(text), new FitOptions { Epochs = 2, BatchSize = 5, ValidationSplit = 0.2f });
        string[] lines = Lines(text.ToString());
        Assert.Equal(2, lines.Length);
        Assert.Matches(
            @"^epoch 1/2  loss \d\.\d{4}, accuracy \d+\.\d\d %  validation loss \d\.\d{4}, accuracy \d+\.\d\d %  "
                + @"[\d,]+ samples/s  [\d.]+ s left$",
            lines[0]);
        string loss = string.Create(CultureInfo.InvariantCulture, $"validation loss {history.Last.ValidationLoss:F4}");
        Assert.Contains(loss, lines[1], StringComparison.Ordinal);
        Assert.EndsWith("samples/s", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_are_shown_beside_the_loss_they_belong_to()
    {
        using var text = new StringWriter();
        History history = Train(
            new ProgressBar(text),
            new FitOptions { Epochs = 1, BatchSize = 5, ValidationSplit = 0.2f, Metrics = [Metric.TopKAccuracy(2)] });
        string name = Regex.Escape(history.Last.Metrics[0].Name);
        Assert.Matches(
            $"loss .*, {name} {Shown(history.Last.Metrics[0])}  "
                + $"validation loss .*, {name} {Shown(history.Last.ValidationMetrics[0])}  ",
            text.ToString());

        static string Shown(MetricResult metric) =>
            Regex.Escape(metric.Value.ToString("F4", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void On_a_terminal_a_bar_fills_up_and_the_figures_of_the_epoch_take_its_place()
    {
        using var text = new StringWriter();
        Train(new ProgressBar(text, isLive: true), new FitOptions { Epochs = 2, BatchSize = 5 });
        string written = text.ToString();
        Assert.Contains($"epoch 1/2  [{new string(' ', 24)}] 0/5", written, StringComparison.Ordinal);
        Assert.Contains($"epoch 2/2  [{new string('=', 24)}] 5/5  loss ", written, StringComparison.Ordinal);
        Assert.All(
            Lines(OnScreen(written)), line => Assert.Matches(@"^epoch \d/2  loss .* samples/s( .* left)? *$", line));
    }

    [Fact]
    public void A_bar_of_a_training_that_was_cancelled_keeps_its_line()
    {
        using var text = new StringWriter();
        using var cancellation = new CancellationTokenSource();
        var trainer = new Trainer<LinearModel>(CreateModel(), new Sgd());
        trainer.Fit(
            SmallData.Classes(23),
            new FitOptions
            {
                Epochs = int.MaxValue,
                BatchSize = 5,
                Observers = [new Cancelling(cancellation, step: 7), new ProgressBar(text, isLive: true)],
            },
            cancellation.Token);
        string[] lines = Lines(OnScreen(text.ToString()));
        Assert.EndsWith(Environment.NewLine, text.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"^epoch 1  loss [^/]* samples/s *$", lines[0]);
        Assert.StartsWith("epoch 2  [", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_have_points_in_every_culture_and_small_losses_keep_their_digits()
    {
        string shown = ForeignCulture.Run(() =>
        {
            using var text = new StringWriter();
            ITrainingObserver bar = new ProgressBar(text);
            bar.OnEpochStarted(1, 1, 1);
            bar.OnEpochCompleted(new EpochResult(
                1, 0.0000123, null, 0, null, TimeSpan.FromSeconds(1), TimeSpan.Zero, 1234));
            return text.ToString();
        });

        Assert.Equal("epoch 1/1  loss 1.23e-5  validation loss 0.0000  1,234 samples/s", shown.TrimEnd());
    }

    [Fact]
    public void A_bar_is_no_wider_than_it_may_be()
    {
        using var text = new StringWriter();
        Train(new ProgressBar(text, isLive: true) { Width = 30 }, new FitOptions { Epochs = 1, BatchSize = 5 });
        Assert.All(text.ToString().Split('\r').SkipLast(2), drawn => Assert.Equal(30, drawn.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ProgressBar(text) { Width = 19 });
    }

    [Fact]
    public void A_batch_that_is_not_drawn_allocates_nothing()
    {
        ITrainingObserver bar = new ProgressBar(TextWriter.Null);
        bar.OnEpochStarted(1, 1, 1000);
        bar.OnBatchCompleted(new BatchResult(1, 1, 1, 1000, 8, 1, 0.5));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int batch = 2; batch < 1000; batch++)
        {
            bar.OnBatchCompleted(new BatchResult(1, 1, batch, 1000, batch * 8, 1, 0.5));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Progress_of_a_training_that_goes_on_counts_from_there()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "run.safetensors");
        var options = new FitOptions { Epochs = 4, BatchSize = 5, Seed = 3 };
        TrainingRun run = new Trainer<LinearModel>(CreateModel(), new Sgd()).Begin(SmallData.Classes(23), options);
        for (int step = 0; step < 7; step++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        var progress = new TrainingProgress();
        Assert.Equal(0, progress.EpochShare);
        var going = new Trainer<LinearModel>(CreateModel(), new Sgd()).Begin(
            SmallData.Classes(23), options with { ResumeFrom = path, Observers = [progress] });
        going.TakeStep();
        Assert.Equal((2, 3, 0.6), (progress.Batch.Epoch, progress.Batch.Batch, progress.EpochShare));
        Assert.True(progress.Remaining > progress.EpochElapsed, "11 steps are left, and one took the time so far");
        Assert.InRange(progress.SamplesPerSecond * progress.EpochElapsed.TotalSeconds, 0, 6);
    }

    private static History Train(ITrainingObserver observer, FitOptions options) =>
        new Trainer<LinearModel>(CreateModel(), new Sgd()).Fit(
            SmallData.Classes(23), options with { Observers = [observer] });

    private static string[] Lines(string text) => text.TrimEnd().Split(Environment.NewLine);

    // A carriage return takes the terminal back to the start of its line; what comes then replaces what stands there.
    private static string OnScreen(string text) => string.Join(
        Environment.NewLine,
        Lines(text).Select(line => line.Split('\r').Aggregate(
            "", (shown, drawn) => drawn.Length >= shown.Length ? drawn : drawn + shown[drawn.Length..])));

    private static LinearModel CreateModel() => new(new Shape(2), 3, LossKind.SoftmaxCrossEntropy, seed: 1);

    private sealed class Cancelling(CancellationTokenSource cancellation, int step) : ITrainingObserver
    {
        public void OnBatchCompleted(in BatchResult result)
        {
            if (result.Step == step)
            {
                cancellation.Cancel();
            }
        }
    }
}
