using System.Globalization;

namespace ModelDsl;

/// <summary>
/// Writes a training as an event file that TensorBoard shows, also while it runs: <c>tensorboard --logdir folder</c>.
/// </summary>
/// <remarks>
/// Scalars: <c>loss/batch</c> and <c>learning_rate</c> of every so many steps; after each epoch <c>loss/train</c>,
/// <c>loss/validation</c>, <c>accuracy/train</c>, <c>accuracy/validation</c>, <c>samples_per_second</c>, and each of
/// <see cref="FitOptions.Metrics"/> as <c>name/train</c> and <c>name/validation</c>, at the epoch's last step. What an
/// epoch does not have is not written. With <see cref="HistogramsEvery"/>, histograms of <c>parameters/name</c> and
/// <c>gradients/name</c> for each trainable tensor, in the buckets of TensorFlow's own writer. Each training, also one
/// that goes on from a checkpoint, writes a file of its own; TensorBoard shows all files of a folder as one run.
/// </remarks>
public sealed class TensorBoardLogger : ITrainingObserver, IDisposable
{
    private readonly string _folder;
    private readonly int _every;
    private readonly TimeProvider _clock;
    private EventFile? _file;
    private TrainingRun? _run;

    /// <summary>Writes into a folder, which is made where there is none.</summary>
    /// <param name="folder">The folder of one run.</param>
    /// <param name="every">The number of steps between two values of a batch, at least 1. Default: 10.</param>
    /// <param name="clock">What the time is. Default: the system's clock.</param>
    /// <exception cref="ArgumentException">There is no folder's name, or the number is not positive.</exception>
    public TensorBoardLogger(string folder, int every = 10, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(every);
        _folder = folder;
        _every = every;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>
    /// The number of steps between two histograms of the trainable tensors and their gradients, at least 1; null for
    /// none. They cost some milliseconds for each million of parameters, and at most some 25 kB for each tensor.
    /// Values that are not finite are left out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? HistogramsEvery
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value ?? 1, 1, nameof(HistogramsEvery));
            field = value;
        }
    }

    /// <summary>The file of the training at hand; null before it begins.</summary>
    public string? Path { get; private set; }

    /// <inheritdoc />
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void OnStarted(TrainingRun run)
    {
        Dispose();
        _run = run;
        Directory.CreateDirectory(_folder);
        long seconds = _clock.GetUtcNow().ToUnixTimeSeconds();
        int number = 0;
        do
        {
            // TensorBoard knows a file by the first parts of its name, and reads files of one folder in their order.
            Path = System.IO.Path.Combine(
                _folder,
                string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.modeldsl.{number++}"));
        }
        while (File.Exists(Path));
        _file = new EventFile(Path, _clock);
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        if (result.Step % _every == 0)
        {
            _file?.AddScalar("loss/batch", result.BatchLoss, result.Step);
            _file?.AddScalar("learning_rate", result.LearningRate, result.Step);
            _file?.Flush();
        }

        if (HistogramsEvery is { } steps && result.Step % steps == 0 && _run is not null)
        {
            AddHistograms(_run.Model, result.Step);
            _file?.Flush();
        }
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        Add("loss/train", result.Loss, result.Step);
        Add("loss/validation", result.ValidationLoss, result.Step);
        Add("accuracy/train", result.Accuracy, result.Step);
        Add("accuracy/validation", result.ValidationAccuracy, result.Step);
        Add("samples_per_second", result.SamplesPerSecond, result.Step);
        foreach (MetricResult metric in result.Metrics)
        {
            Add(Name(metric) + "/train", metric.Value, result.Step);
        }

        foreach (MetricResult metric in result.ValidationMetrics)
        {
            Add(Name(metric) + "/validation", metric.Value, result.Step);
        }

        _file?.Flush();
    }

    /// <inheritdoc />
    public void OnEnded(History history) => Dispose();

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    private void AddHistograms(IModel model, long step)
    {
        foreach (ParameterDescription tensor in model.Description.Parameters)
        {
            if (tensor.Offset < model.Description.TrainableLength)
            {
                Add("parameters/" + tensor.Name, model.Parameters.Slice(tensor.Offset, tensor.Shape.Count), step);
                Add("gradients/" + tensor.Name, model.Gradients.Slice(tensor.Offset, tensor.Shape.Count), step);
            }
        }
    }

    private void Add(string tag, ReadOnlySpan<float> values, long step)
    {
        if (Histogram.Of(values) is { } histogram)
        {
            _file?.AddHistogram(tag, histogram, step);
        }
    }

    private void Add(string tag, double? value, long step)
    {
        if (value is { } known)
        {
            _file?.AddScalar(tag, known, step);
        }
    }

    // Of the characters that TensorBoard allows in tags.
    private static string Name(MetricResult metric)
    {
        string name = metric.Head is null ? metric.Name : $"{metric.Head}.{metric.Name}";
        return string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-'
            ? character
            : '_'));
    }
}
