using System.Diagnostics;
using ModelDsl;
using Spectre.Console;

namespace MnistSample.Display;

/// <summary>Redraws a table while the model trains: one row an epoch, with a bar that fills up.</summary>
internal sealed class LiveTrainingDisplay(IAnsiConsole console, LiveDisplayContext live, TrainingProgress progress)
    : ITrainingObserver
{
    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    // The figures beside the bar, with their gaps.
    private const int FiguresWidth = 70;

    private readonly Queue<EpochResult> _completed = new();
    private long _lastDraw;

    public void OnStarted(TrainingRun run) => progress.OnStarted(run);

    public void OnEpochStarted(int epoch, int epochs, int batches)
    {
        progress.OnEpochStarted(epoch, epochs, batches);
        Draw(running: true);
    }

    public void OnBatchCompleted(in BatchResult result)
    {
        progress.OnBatchCompleted(result);
        if (Stopwatch.GetElapsedTime(_lastDraw) >= RedrawInterval || result.Batch == result.Batches)
        {
            Draw(running: true);
        }
    }

    public void OnEpochCompleted(EpochResult result)
    {
        // A table that is taller than the screen cannot be redrawn: the oldest rows make room.
        int room = Math.Max(1, console.Profile.Height - 8);
        _completed.Enqueue(result);
        while (_completed.Count > room)
        {
            _completed.Dequeue();
        }

        Draw(running: false);
    }

    private void Draw(bool running)
    {
        Table table = new Table().Border(TableBorder.None);
        table.AddColumns(
            Heading("Epoch"), Heading(""), Heading("Loss"), Heading("Accuracy"), Heading("Val. loss"),
            Heading("Val. acc."), Heading("Images/s"), Heading("Time"));
        int epochs = progress.Batch.Epochs;
        foreach (EpochResult epoch in _completed)
        {
            table.AddRow(
                $"{epoch.Epoch}/{epochs}",
                Bar(1),
                Figures.Loss(epoch.Loss),
                Figures.Percent(epoch.Accuracy),
                Figures.Loss(epoch.ValidationLoss),
                $"[bold]{Figures.Percent(epoch.ValidationAccuracy)}[/]",
                Figures.Count(epoch.SamplesPerSecond),
                Figures.Duration(epoch.TrainingTime + epoch.ValidationTime));
        }

        if (running)
        {
            BatchResult batch = progress.Batch;
            bool started = batch.Batch > 0;
            table.AddRow(
                $"{batch.Epoch}/{epochs}",
                Bar(progress.EpochShare),
                started ? Figures.Loss(batch.Loss) : "",
                Figures.Percent(batch.Accuracy),
                progress.EpochShare == 1 ? "[grey]validating[/]" : "",
                "",
                started ? Figures.Count(progress.SamplesPerSecond) : "",
                Figures.Duration(progress.EpochElapsed));
        }

        string left = running && progress.Batch.Batch > 0 ? $"[grey]{Figures.Duration(progress.Remaining)} left[/]" : "";
        live.UpdateTarget(new Rows(table, new Markup(left)));
        live.Refresh();
        _lastDraw = Stopwatch.GetTimestamp();
    }

    private static TableColumn Heading(string text)
    {
        TableColumn column = new TableColumn($"[grey]{text}[/]").NoWrap().Padding(0, 0, 2, 0);
        return text.Length == 0 ? column : column.RightAligned();
    }

    private string Bar(double share)
    {
        int width = Math.Clamp(console.Profile.Width - FiguresWidth, 4, 28);
        int filled = (int)(share * width);
        char line = console.Profile.Capabilities.Unicode ? '━' : '=';
        string color = share == 1 ? "green" : "blue";
        return $"[{color}]{new string(line, filled)}[/][grey23]{new string(line, width - filled)}[/]";
    }
}
