using System.Diagnostics.Metrics;

namespace ModelDsl;

/// <summary>
/// Publishes how a training goes as <see cref="System.Diagnostics.Metrics"/> instruments, for <c>dotnet-counters</c>,
/// OpenTelemetry and whoever listens to the meter <c>ModelDsl.Training</c>.
/// </summary>
/// <remarks>
/// Names and units follow the conventions of OpenTelemetry: <c>modeldsl.training.steps</c> ({step}) and
/// <c>modeldsl.training.samples</c> ({sample}) count; <c>modeldsl.training.epoch.duration</c> and
/// <c>modeldsl.training.epoch.loading</c> (s) are histograms; and
/// <c>modeldsl.training.loss</c>, <c>modeldsl.training.accuracy</c>, <c>modeldsl.training.learning_rate</c>,
/// <c>modeldsl.training.epoch</c>, <c>modeldsl.validation.loss</c> and <c>modeldsl.validation.accuracy</c> are gauges,
/// with the last value. Every measurement has the tag <c>modeldsl.model</c>. A batch allocates nothing.
/// </remarks>
public sealed class TrainingMeter : ITrainingObserver, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "ModelDsl.Training";

    private readonly Meter _meter;
    private readonly Counter<long> _steps;
    private readonly Counter<long> _samples;
    private readonly Histogram<double> _epochDuration;
    private readonly Histogram<double> _epochLoading;
    private readonly Gauge<double> _loss;
    private readonly Gauge<double> _accuracy;
    private readonly Gauge<double> _learningRate;
    private readonly Gauge<int> _epoch;
    private readonly Gauge<double> _validationLoss;
    private readonly Gauge<double> _validationAccuracy;
    private KeyValuePair<string, object?> _model = new("modeldsl.model", "");
    private int _samplesOfEpoch;

    /// <summary>Publishes to a meter of its own.</summary>
    public TrainingMeter()
        : this(new Meter(MeterName))
    {
    }

    /// <summary>
    /// Publishes to a meter that a factory of the program's host makes, and which the host disposes of.
    /// </summary>
    public TrainingMeter(IMeterFactory factory)
        : this((factory ?? throw new ArgumentNullException(nameof(factory))).Create(MeterName))
    {
    }

    private TrainingMeter(Meter meter)
    {
        _meter = meter;
        _steps = meter.CreateCounter<long>("modeldsl.training.steps", "{step}", "Steps of the optimizer.");
        _samples = meter.CreateCounter<long>("modeldsl.training.samples", "{sample}", "Samples that were trained on.");
        _epochDuration = meter.CreateHistogram<double>(
            "modeldsl.training.epoch.duration", "s", "The time of an epoch, with its validation.");
        _epochLoading = meter.CreateHistogram<double>(
            "modeldsl.training.epoch.loading", "s", "The time of an epoch in which the training thread dealt with data.");
        _loss = meter.CreateGauge<double>("modeldsl.training.loss", "1", "The mean loss over the epoch so far.");
        _accuracy = meter.CreateGauge<double>(
            "modeldsl.training.accuracy", "1", "The share of right classifications over the epoch so far.");
        _learningRate = meter.CreateGauge<double>("modeldsl.training.learning_rate", "1", "The learning rate.");
        _epoch = meter.CreateGauge<int>("modeldsl.training.epoch", "{epoch}", "The epoch at hand.");
        _validationLoss = meter.CreateGauge<double>(
            "modeldsl.validation.loss", "1", "The mean loss of the validation.");
        _validationAccuracy = meter.CreateGauge<double>(
            "modeldsl.validation.accuracy", "1", "The share of right classifications of the validation.");
    }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _model = new("modeldsl.model", run.Model.Description.Name);
    }

    /// <inheritdoc />
    public void OnEpochStarted(int epoch, int epochs, int batches)
    {
        _samplesOfEpoch = 0;
        _epoch.Record(epoch, _model);
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result)
    {
        _steps.Add(1, _model);
        _samples.Add(result.Samples - _samplesOfEpoch, _model);
        _samplesOfEpoch = result.Samples;
        _loss.Record(result.Loss, _model);
        _learningRate.Record(result.LearningRate, _model);
        if (result.Accuracy is { } accuracy)
        {
            _accuracy.Record(accuracy, _model);
        }
    }

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _epochDuration.Record((result.TrainingTime + result.ValidationTime).TotalSeconds, _model);
        _epochLoading.Record(result.LoadingTime.TotalSeconds, _model);
        if (result.ValidationLoss is { } loss)
        {
            _validationLoss.Record(loss, _model);
        }

        if (result.ValidationAccuracy is { } accuracy)
        {
            _validationAccuracy.Record(accuracy, _model);
        }
    }

    /// <summary>Ends the meter: listeners see its instruments no more.</summary>
    public void Dispose() => _meter.Dispose();
}
