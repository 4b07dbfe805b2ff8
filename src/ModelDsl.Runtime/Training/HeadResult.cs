namespace ModelDsl;

/// <summary>The results of one of several heads of a model.</summary>
/// <param name="Name">The head's name, as in <see cref="HeadDescription"/>.</param>
/// <param name="Loss">The head's mean loss, as <see cref="Evaluation.Loss"/>, without its weight.</param>
/// <param name="Accuracy">As <see cref="Evaluation.Accuracy"/>, for the head.</param>
/// <param name="Confusion">As <see cref="Evaluation.Confusion"/>, for the head; null while training.</param>
/// <param name="MeanAbsoluteError">As <see cref="Evaluation.MeanAbsoluteError"/>, for the head.</param>
public sealed record HeadResult(
    string Name, double Loss, double? Accuracy, ConfusionMatrix? Confusion, double? MeanAbsoluteError);
