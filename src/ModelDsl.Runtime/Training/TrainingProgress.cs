using System.Diagnostics;

namespace ModelDsl;

/// <summary>
/// How far a training has come, and how long the rest will take if it goes on as it did. <see cref="ProgressBar"/>
/// shows it on a console; a display of one's own hands on what it observes, and reads.
/// </summary>
/// <remarks>Allocates nothing. A training that goes on from a checkpoint is judged by what it has done since.</remarks>
public sealed class TrainingProgress : ITrainingObserver
{
    // A thousand years: a training that only ends when it is stopped.
    private const double LongestSeconds = 1000 * 365.25 * 24 * 3600;

    private long _start = Stopwatch.GetTimestamp();
    private long _epochStart = Stopwatch.GetTimestamp();

    // Where the training began, in epochs: not at 0 where it goes on from a checkpoint.
    private double? _first;
    private int _firstSamples;

    /// <summary>The last batch that was trained on; of number 0 before the first one of an epoch.</summary>
    public BatchResult Batch { get; private set; }

    /// <summary>The part of the epoch at hand that is done, in [0, 1].</summary>
    public double EpochShare => Batch.Batches == 0 ? 0 : (double)Batch.Batch / Batch.Batches;

    /// <summary>Samples trained on for each second of the epoch at hand.</summary>
    public double SamplesPerSecond =>
        (Batch.Samples - _firstSamples) / Math.Max(Stopwatch.GetElapsedTime(_epochStart).TotalSeconds, 1e-6);

    /// <summary>The time since the epoch at hand began.</summary>
    public TimeSpan EpochElapsed => Stopwatch.GetElapsedTime(_epochStart);

    /// <summary>The time until the last epoch ends; at most a thousand years.</summary>
    public TimeSpan Remaining
    {
        get
        {
            double now = Batch.Epoch - 1 + EpochShare;
            double done = Math.Max(now - (_first ?? 0), 1e-9);
            double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds * Math.Max(0, Batch.Epochs - now) / done;
            return seconds < LongestSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(LongestSeconds);
        }
    }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        _start = _epochStart = Stopwatch.GetTimestamp();
        (_first, _firstSamples, Batch) = (null, 0, default);
    }

    /// <inheritdoc />
    public void OnEpochStarted(int epoch, int epochs, int batches)
    {
        (_epochStart, _firstSamples) = (Stopwatch.GetTimestamp(), 0);
        _first ??= epoch - 1;
        Batch = new BatchResult(epoch, epochs, Batch: 0, batches, Samples: 0, Loss: 0, Accuracy: null);
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        if (_first is null)
        {
            // Within an epoch, whose start a checkpoint saw: this batch is the first.
            _first = result.Epoch - 1 + ((result.Batch - 1.0) / result.Batches);
            _firstSamples = (int)((long)result.Samples * (result.Batch - 1) / result.Batch);
        }

        Batch = result;
    }
}
