using System.Collections.Immutable;

namespace ModelDsl;

/// <summary>How well a model does on a data set, in inference mode.</summary>
/// <param name="SampleCount">The number of samples.</param>
/// <param name="Loss">
/// The mean loss over all that takes part in it, whatever the batches: labels with class weights count by their weight, and
/// ignored ones not at all, as in one call of PyTorch's cross_entropy over the whole data set. 0 where nothing takes part.
/// </param>
/// <param name="Accuracy">
/// The share of samples that are classified correctly: the highest output is the target's class or, for one output, the
/// output is positive where the target is 1. For several sigmoid outputs, the share of outputs on the right side of 0.
/// Null for a loss without classes.
/// </param>
/// <param name="Confusion">How often samples of each class were classified as each class (the class of a distribution
/// is its most likely one). Null for a regression, for several sigmoid outputs, and beyond 1,000 classes.</param>
/// <param name="MeanAbsoluteError">The mean of |output − target| over all outputs of a regression; null for classes.</param>
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
    /// The figures of each head where the model has several: then <see cref="Loss"/> is their weighted sum and the other figures are
    /// null. Else empty.
    /// </summary>
    public ImmutableArray<HeadResult> Heads { get; init; } = [];
}
