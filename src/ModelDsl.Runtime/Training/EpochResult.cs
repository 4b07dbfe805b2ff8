using System.Collections.Immutable;

namespace ModelDsl;

/// <summary>The results of one epoch of training.</summary>
/// <param name="Epoch">The epoch, counted from 1.</param>
/// <param name="Loss">The mean loss over the training samples, taken while training (so with dropout), as
/// <see cref="Evaluation.Loss"/>, and the mean penalty for weights and activities over the samples.</param>
/// <param name="Accuracy">The share of training samples that were classified correctly while training; null for a loss
/// without classes.</param>
/// <param name="ValidationLoss">The mean loss over the validation samples after the epoch, without penalties; null without
/// validation.</param>
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
    /// <summary>The figures of each head over the training samples where the model has several; else empty.</summary>
    public ImmutableArray<HeadResult> Heads { get; init; } = [];

    /// <summary>The figures of each head over the validation samples; empty without validation, or with one head.</summary>
    public ImmutableArray<HeadResult> ValidationHeads { get; init; } = [];
}
