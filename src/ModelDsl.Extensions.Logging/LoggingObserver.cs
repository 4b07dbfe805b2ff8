using Microsoft.Extensions.Logging;

namespace ModelDsl;

/// <summary>
/// Logs a training through <see cref="ILogger"/>: its start, its end and each epoch as information, batches for
/// debugging.
/// </summary>
/// <remarks>Where the level is off, nothing is formatted; a batch then allocates nothing.</remarks>
public sealed partial class LoggingObserver : ITrainingObserver
{
    private readonly ILogger _logger;
    private string _model = "";

    /// <summary>Logs to a logger, such as one of a host's <see cref="ILoggerFactory"/>.</summary>
    public LoggingObserver(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc />
    public void OnStarted(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        _model = run.Model.Description.Name;
        LogStarted(_model, run.Model.Description.ParameterCount, run.Optimizer.LearningRate);
    }

    /// <inheritdoc />
    public void OnBatchCompleted(in BatchResult result) =>
        LogBatch(
            _model,
            result.Step,
            result.Epoch,
            result.Batch,
            result.Batches,
            result.BatchLoss,
            result.LearningRate);

    /// <inheritdoc />
    public void OnEpochCompleted(EpochResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        double seconds = (result.TrainingTime + result.ValidationTime).TotalSeconds;
        switch (result)
        {
            case { Accuracy: { } accuracy, ValidationLoss: { } loss, ValidationAccuracy: { } validationAccuracy }:
                LogEpoch(_model, result.Epoch, result.Loss, accuracy, loss, validationAccuracy, seconds);
                break;
            case { Accuracy: { } accuracy }:
                LogEpochWithAccuracy(_model, result.Epoch, result.Loss, accuracy, seconds);
                break;
            case { ValidationLoss: { } loss }:
                LogEpochWithValidation(_model, result.Epoch, result.Loss, loss, seconds);
                break;
            default:
                LogEpochWithLoss(_model, result.Epoch, result.Loss, seconds);
                break;
        }

        foreach (MetricResult metric in result.Metrics)
        {
            LogMetric(_model, result.Epoch, "training", metric.Head ?? _model, metric.Name, metric.Value);
        }

        foreach (MetricResult metric in result.ValidationMetrics)
        {
            LogMetric(_model, result.Epoch, "validation", metric.Head ?? _model, metric.Name, metric.Value);
        }
    }

    /// <inheritdoc />
    public void OnEnded(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.StopMessage is { } message)
        {
            LogStopped(_model, history.Steps, history.EndReason, message);
        }
        else
        {
            LogEnded(_model, history.Steps, history.EndReason);
        }
    }

    [LoggerMessage(
        1, LogLevel.Information, "Training {Model} of {Parameters} parameters at a learning rate of {LearningRate}")]
    private partial void LogStarted(string model, int parameters, float learningRate);

    [LoggerMessage(
        2,
        LogLevel.Debug,
        "{Model}: step {Step}, epoch {Epoch}, batch {Batch} of {Batches}: loss {Loss:G5}, "
            + "learning rate {LearningRate}")]
    private partial void LogBatch(
        string model, long step, int epoch, int batch, int batches, double loss, float learningRate);

    // One event, of which a message has what an epoch has.
#pragma warning disable SYSLIB1006, SYSLIB1025
    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Model}: epoch {Epoch}: loss {Loss:G5}, accuracy {Accuracy:G5}, validation loss {ValidationLoss:G5}, "
            + "validation accuracy {ValidationAccuracy:G5}, {Seconds:0.0##} s")]
    private partial void LogEpoch(
        string model,
        int epoch,
        double loss,
        double accuracy,
        double validationLoss,
        double validationAccuracy,
        double seconds);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Model}: epoch {Epoch}: loss {Loss:G5}, accuracy {Accuracy:G5}, {Seconds:0.0##} s",
        EventName = nameof(LogEpoch))]
    private partial void LogEpochWithAccuracy(string model, int epoch, double loss, double accuracy, double seconds);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Model}: epoch {Epoch}: loss {Loss:G5}, validation loss {ValidationLoss:G5}, {Seconds:0.0##} s",
        EventName = nameof(LogEpoch))]
    private partial void LogEpochWithValidation(
        string model, int epoch, double loss, double validationLoss, double seconds);

    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Model}: epoch {Epoch}: loss {Loss:G5}, {Seconds:0.0##} s",
        EventName = nameof(LogEpoch))]
    private partial void LogEpochWithLoss(string model, int epoch, double loss, double seconds);
#pragma warning restore SYSLIB1006, SYSLIB1025

    [LoggerMessage(4, LogLevel.Information, "{Model}: epoch {Epoch}: {Part} {Head} {Metric} {Value:G5}")]
    private partial void LogMetric(string model, int epoch, string part, string head, string metric, double value);

    [LoggerMessage(5, LogLevel.Information, "{Model}: the training ended after step {Step}: {Reason}")]
    private partial void LogEnded(string model, long step, EndReason reason);

    [LoggerMessage(6, LogLevel.Information, "{Model}: the training ended after step {Step}: {Reason}, {StopMessage}")]
    private partial void LogStopped(string model, long step, EndReason reason, string stopMessage);
}
