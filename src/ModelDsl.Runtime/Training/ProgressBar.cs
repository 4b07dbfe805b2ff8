using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ModelDsl;

/// <summary>
/// Shows a training as text: on a terminal a bar that fills up in each epoch, with speed and time left, and in any case
/// a line for each epoch that is over. What Keras shows by default, and Lightning's <c>ProgressBar</c>.
/// </summary>
/// <remarks>
/// Numbers have points whatever the culture. A bar is drawn at most ten times a second and at the end of an epoch; a
/// batch after which it is not allocates nothing.
/// </remarks>
public sealed class ProgressBar : ITrainingObserver
{
    private const int BarWidth = 24;
    private const int NarrowestLine = 20;

    private static readonly TimeSpan RedrawInterval = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _writer;
    private readonly bool _isLive;
    private readonly TrainingProgress _progress = new();
    private readonly StringBuilder _line = new();
    private long _lastDraw;

    // The characters of the bar on the line that the writer is at; 0 where the line is empty.
    private int _drawn;

    /// <summary>Shows it on the console: with a bar, unless its output goes to a file or another program.</summary>
    public ProgressBar()
        : this(Console.Out, IsTerminal())
    {
    }

    /// <summary>Writes to a writer.</summary>
    /// <param name="writer">Where the text goes. It stays open.</param>
    /// <param name="isLive">Whether it is a terminal, which writes over a line after a carriage return.</param>
    public ProgressBar(TextWriter writer, bool isLive = false)
    {
        ArgumentNullException.ThrowIfNull(writer);
        (_writer, _isLive) = (writer, isLive);
    }

    /// <summary>The longest line of a bar, at least 20; by default what fits the console, or 120.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is below 20.</exception>
    public int Width
    {
        get;
        init => field = value >= NarrowestLine
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), Invariant($"expected a width of at least {NarrowestLine}, got {value}"));
    }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        _progress.OnStarted(run);
        _drawn = 0;
    }

    /// <inheritdoc />
    public void OnEpochStarted(int epoch, int epochs, int batches)
    {
        _progress.OnEpochStarted(epoch, epochs, batches);
        Draw();
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        _progress.OnBatchCompleted(result);
        if (Stopwatch.GetElapsedTime(_lastDraw) >= RedrawInterval || result.Batch == result.Batches)
        {
            Draw();
        }
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _line.Clear();
        _line.Append(CultureInfo.InvariantCulture, $"{Epoch(result.Epoch)}  {Figures(result.Loss, result.Accuracy)}");
        Append(result.Metrics);
        if (result.ValidationLoss is { } loss)
        {
            _line.Append(CultureInfo.InvariantCulture, $"  validation {Figures(loss, result.ValidationAccuracy)}");
            Append(result.ValidationMetrics);
        }

        _line.Append(CultureInfo.InvariantCulture, $"  {result.SamplesPerSecond:N0} samples/s");
        if (result.Epoch != _progress.Batch.Epochs && HasEnd)
        {
            _line.Append(CultureInfo.InvariantCulture, $"  {Duration(_progress.Remaining)} left");
        }

        // Where no bar is to be replaced, a writer gets the line at once.
        if (_drawn == 0)
        {
            _writer.WriteLine(_line.ToString());
            return;
        }

        Overwrite();
        EndLine();
    }

    /// <inheritdoc />
    public void OnEnded(History history)
    {
        if (_drawn > 0)
        {
            EndLine();
        }
    }

    // A training without an end says no number of epochs.
    private bool HasEnd => _progress.Batch.Epochs != int.MaxValue;

    private void Draw()
    {
        if (!_isLive)
        {
            return;
        }

        BatchResult batch = _progress.Batch;
        int filled = (int)(_progress.EpochShare * BarWidth);
        _line.Clear();
        _line.Append(CultureInfo.InvariantCulture, $"{Epoch(batch.Epoch)}  [");
        _line.Append('=', filled).Append(' ', BarWidth - filled);
        _line.Append(CultureInfo.InvariantCulture, $"] {batch.Batch}/{batch.Batches}");
        if (batch.Batch > 0)
        {
            _line.Append(
                CultureInfo.InvariantCulture,
                $"  {Figures(batch.Loss, batch.Accuracy)}  {_progress.SamplesPerSecond:N0} samples/s");
            if (HasEnd)
            {
                _line.Append(CultureInfo.InvariantCulture, $"  {Duration(_progress.Remaining)} left");
            }
        }

        _line.Length = Math.Min(_line.Length, Width > 0 ? Width : ConsoleWidth());
        Overwrite();
        _writer.Flush();
        _lastDraw = Stopwatch.GetTimestamp();
    }

    // Spaces hide what is left of a longer line.
    private void Overwrite()
    {
        int length = _line.Length;
        _line.Append(' ', Math.Max(0, _drawn - length));
        if (_drawn > 0)
        {
            _line.Insert(0, '\r');
        }

        _writer.Write(_line);
        _drawn = length;
    }

    private void EndLine()
    {
        _writer.WriteLine();
        _drawn = 0;
    }

    private void Append(ImmutableArray<MetricResult> metrics)
    {
        foreach (MetricResult metric in metrics)
        {
            _line.Append(CultureInfo.InvariantCulture, $", {metric.Name} {Number(metric.Value)}");
        }
    }

    private string Epoch(int epoch) =>
        HasEnd ? Invariant($"epoch {epoch}/{_progress.Batch.Epochs}") : Invariant($"epoch {epoch}");

    private static string Figures(double loss, double? accuracy) => accuracy is null
        ? $"loss {Number(loss)}"
        : $"loss {Number(loss)}, accuracy {accuracy.Value.ToString("0.00 %", CultureInfo.InvariantCulture)}";

    // Small losses of a regression keep their digits.
    private static string Number(double value) => value.ToString(
        value == 0 || Math.Abs(value) >= 1e-3 || double.IsNaN(value) ? "0.0000" : "0.00e+0",
        CultureInfo.InvariantCulture);

    /// <summary>A duration as people say it: <c>4.2 s</c>, <c>3:05 min</c>, <c>1:02:03 h</c>.</summary>
    private static string Duration(TimeSpan duration) => duration.TotalSeconds switch
    {
        < 60 => duration.TotalSeconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        < 3600 => duration.ToString(@"m\:ss' min'", CultureInfo.InvariantCulture),
        _ => Invariant($@"{(int)duration.TotalHours}:{duration:mm\:ss} h"),
    };

    // A browser has no terminal.
    private static bool IsTerminal() => !OperatingSystem.IsBrowser() && !Console.IsOutputRedirected;

    private static int ConsoleWidth()
    {
        const int Usual = 120;
        try
        {
            // The last column stays free: some terminals wrap when it is written to.
            return !IsTerminal() || Console.WindowWidth < NarrowestLine ? Usual : Console.WindowWidth - 1;
        }
        catch (IOException)
        {
            return Usual;
        }
    }
}
