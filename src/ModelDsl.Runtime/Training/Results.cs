namespace ModelDsl;

/// <summary>How well a model does on a data set, in inference mode.</summary>
/// <param name="SampleCount">The number of samples.</param>
/// <param name="Loss">
/// The mean loss over all that takes part in it, whatever the batches: labels with class weights count by their weight,
/// and ignored ones not at all, as in one call of PyTorch's cross_entropy over the whole data set. 0 where nothing
/// takes part.
/// </param>
/// <param name="Accuracy">
/// The share of samples that are classified correctly: the highest output is the target's class or, for one output, the
/// output is positive where the target is 1. For several sigmoid outputs, the share of outputs on the right side of 0.
/// Null for a loss without classes.
/// </param>
/// <param name="Confusion">How often samples of each class were classified as each class (the class of a distribution
/// is its most likely one). Null for a regression, for several sigmoid outputs, and beyond 1,000 classes.</param>
/// <param name="MeanAbsoluteError">
/// The mean of |output − target| over all outputs of a regression; null for classes.
/// </param>
/// <param name="Duration">The time it took.</param>
public sealed record Evaluation(
    int SampleCount,
    double Loss,
    double? Accuracy,
    ConfusionMatrix? Confusion,
    double? MeanAbsoluteError,
    TimeSpan Duration)
{
    /// <summary>
    /// The figures of each head where the model has several: then <see cref="Loss"/> is their weighted sum and the
    /// other figures are null. Else empty.
    /// </summary>
    public ImmutableArray<HeadResult> Heads { get; init; } = [];

    /// <summary>The figures of the metrics that were asked for, in their order.</summary>
    public ImmutableArray<MetricResult> Metrics { get; init; } = [];
}

/// <summary>The results of one epoch of training.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">The mean loss over the training samples, taken while training (so with dropout), as
/// <see cref="Evaluation.Loss"/>, and the mean penalty for weights and activities over the samples.</param>
/// <param name="Accuracy">The share of training samples that were classified correctly while training; null for a loss
/// without classes.</param>
/// <param name="ValidationLoss">The mean loss over the validation samples after the epoch, without penalties; null
/// without validation.</param>
/// <param name="ValidationAccuracy">The share of validation samples that are classified correctly after the epoch; null
/// without validation, or for a loss without classes.</param>
/// <param name="TrainingTime">The time that training took.</param>
/// <param name="ValidationTime">The time that validation took.</param>
/// <param name="SamplesPerSecond">Training samples for each second of <paramref name="TrainingTime"/>.</param>
public sealed record EpochResult(
    int Epoch,
    double Loss,
    double? Accuracy,
    double? ValidationLoss,
    double? ValidationAccuracy,
    TimeSpan TrainingTime,
    TimeSpan ValidationTime,
    double SamplesPerSecond)
{
    /// <summary>The number of steps so far, over all epochs.</summary>
    public long Step { get; init; }

    /// <summary>
    /// The part of <see cref="TrainingTime"/> in which the training thread dealt with data instead of training: it put
    /// the samples into their order, gathered them, or waited for the thread of <see cref="PrefetchedSource"/>. Where
    /// it is much, prefetch, or let samples go through less.
    /// </summary>
    public TimeSpan LoadingTime { get; init; }

    /// <summary>The figures of each head over the training samples where the model has several; else empty.</summary>
    public ImmutableArray<HeadResult> Heads { get; init; } = [];

    /// <summary>
    /// The figures of each head over the validation samples; empty without validation, or with one head.
    /// </summary>
    public ImmutableArray<HeadResult> ValidationHeads { get; init; } = [];

    /// <summary>
    /// The figures of <see cref="FitOptions.Metrics"/> over the training samples, taken while training.
    /// </summary>
    public ImmutableArray<MetricResult> Metrics { get; init; } = [];

    /// <summary>The figures of <see cref="FitOptions.Metrics"/> over the validation samples after the epoch.</summary>
    public ImmutableArray<MetricResult> ValidationMetrics { get; init; } = [];
}

/// <summary>The state of an epoch after one of its batches.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Epochs">The number of the last epoch of this training.</param>
/// <param name="Batch">The batch within the epoch, counted from 1.</param>
/// <param name="Batches">The number of batches of an epoch.</param>
/// <param name="Samples">The number of samples of this epoch so far.</param>
/// <param name="Loss">The mean loss over the epoch so far, as <see cref="EpochResult.Loss"/>.</param>
/// <param name="Accuracy">The share of the epoch's samples so far that were classified correctly; null for a loss
/// without classes.</param>
public readonly record struct BatchResult(
    int Epoch, int Epochs, int Batch, int Batches, int Samples, double Loss, double? Accuracy)
{
    /// <summary>The number of steps so far, over all epochs.</summary>
    public long Step { get; init; }

    /// <summary>The mean loss of this batch alone, with the penalties for weights and activities.</summary>
    public double BatchLoss { get; init; }

    /// <summary>The learning rate of this step.</summary>
    public float LearningRate { get; init; }
}

/// <summary>The results of one of several heads of a model.</summary>
/// <param name="Name">The head's name, as in <see cref="HeadDescription"/>.</param>
/// <param name="Loss">The head's mean loss, as <see cref="Evaluation.Loss"/>, without its weight.</param>
/// <param name="Accuracy">As <see cref="Evaluation.Accuracy"/>, for the head.</param>
/// <param name="Confusion">As <see cref="Evaluation.Confusion"/>, for the head; null while training.</param>
/// <param name="MeanAbsoluteError">As <see cref="Evaluation.MeanAbsoluteError"/>, for the head.</param>
public sealed record HeadResult(
    string Name, double Loss, double? Accuracy, ConfusionMatrix? Confusion, double? MeanAbsoluteError);

/// <summary>Why a training ended.</summary>
public enum EndReason
{
    /// <summary>It has not.</summary>
    NotEnded,

    /// <summary>All its epochs or steps are done.</summary>
    Completed,

    /// <summary>Its token was cancelled.</summary>
    Cancelled,

    /// <summary>An observer, or the program, called <see cref="TrainingRun.Stop"/>.</summary>
    Stopped,
}

/// <summary>The results of a training, epoch by epoch, and why it ended.</summary>
/// <param name="Epochs">One result for each epoch that is over, in order; those before a checkpoint included.</param>
public sealed record History(ImmutableArray<EpochResult> Epochs)
{
    /// <summary>Why the training ended.</summary>
    public EndReason EndReason { get; init; }

    /// <summary>What <see cref="TrainingRun.Stop"/> was given; null where nobody called it.</summary>
    public string? StopMessage { get; init; }

    /// <summary>The number of steps so far, over all epochs, those before a checkpoint included.</summary>
    public long Steps { get; init; }

    /// <summary>What a private training has revealed of any one sample of its data; null where it is not
    /// private.</summary>
    public PrivacySpent? Privacy { get; init; }

    /// <summary>
    /// The figures so far of an epoch that the training ended in, without validation; null where it ended with one.
    /// </summary>
    public EpochResult? Unfinished { get; init; }

    /// <summary>The last epoch's result.</summary>
    /// <exception cref="InvalidOperationException">No epoch is over.</exception>
    public EpochResult Last => Epochs.IsEmpty
        ? throw new InvalidOperationException("the training ended before its first epoch was over")
        : Epochs[^1];
}
