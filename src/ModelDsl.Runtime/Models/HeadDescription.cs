namespace ModelDsl;

/// <summary>One of several heads of a model.</summary>
/// <param name="Name">The head's name: that of its block, beginning with a small letter.</param>
/// <param name="OutputShape">The shape of one sample's output.</param>
/// <param name="Loss">What the head is trained to minimise.</param>
public sealed record HeadDescription(string Name, Shape OutputShape, LossKind Loss)
{
    /// <summary>The factor of the head's loss in the sum that training minimises.</summary>
    public float Weight { get; init; } = 1f;

    /// <summary>The label of samples or steps that take no part in the loss; null where there is none.</summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>
    /// The number of class labels that one sample takes: one, or one for each step of a sequence or pixel of an image. Zero where
    /// the loss takes values.
    /// </summary>
    public int LabelsPerSample => Loss.TakesLabelsInHeads() ? Loss.LabelsPerSample(OutputShape) : 0;

    /// <summary>The number of target values that one sample takes. Zero where the loss takes labels, or nothing.</summary>
    public int ValuesPerSample => Loss.TakesLabelsInHeads() ? 0 : Loss.ValuesPerSample(OutputShape.Count);
}
