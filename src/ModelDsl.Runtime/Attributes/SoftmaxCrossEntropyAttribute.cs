namespace ModelDsl;

/// <summary>
/// The loss -Σ t·log softmax(y) over the last dimension, averaged over the batch (and the steps of a sequence, or the pixels
/// of an image). Targets are class labels, one for each sample, step or pixel (line by line), or distributions (one-hot or
/// soft). The model's outputs are the logits y.
/// </summary>
/// <remarks>
/// Class weights, label smoothing, the ignored label and the averages are those of PyTorch's cross_entropy: with
/// labels, the sum over the rows is divided by the sum of the labels' weights, rows with the ignored label left out;
/// with distributions, by the number of rows. The loss of a batch in which every row is ignored is 0.
/// </remarks>
public sealed class SoftmaxCrossEntropyAttribute : LossAttribute
{
    /// <summary>A factor for each class, at least 0: more for a class that is rare. Default: none, all 1.</summary>
    public float[] ClassWeights { get; set; } = [];

    /// <summary>
    /// The share ε of the target, in [0, 1), that is spread evenly over all n classes: (1 - ε)·t + ε/n. Default: 0.
    /// Szegedy et al. (2016).
    /// </summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// The label of samples, or steps, that take no part, such as padding: a class, or any other number. Default: none,
    /// written as <see cref="int.MinValue"/>.
    /// </summary>
    public int IgnoredLabel { get; set; } = int.MinValue;
}
