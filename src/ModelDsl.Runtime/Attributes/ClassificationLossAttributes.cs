namespace ModelDsl;

/// <summary>
/// The loss -Σ t·log softmax(y) over the last dimension, averaged over the batch (and the steps of a sequence, or the
/// pixels of an image). Targets are class labels, one for each sample, step or pixel (line by line), or distributions
/// (one-hot or soft). The model's outputs are the logits y.
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

/// <summary>
/// The loss -(p·t·log σ(y) + (1 - t)·log(1 - σ(y))) with σ the sigmoid and p the weight of the positive class, averaged
/// over all elements of the batch. The model's outputs are the logits y; targets lie in [0, 1].
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// The weight p of the positive class, at least 0: one for all outputs, or one for each. Above 1 favours recall,
    /// below 1 precision. PyTorch's pos_weight. Default: none, 1.
    /// </summary>
    public float[] PositiveWeights { get; set; } = [];
}

/// <summary>
/// The Kullback-Leibler divergence Σ t·(log t - log p) of each row from its target, averaged over the rows (one for
/// each sample, or for each step of a sequence): PyTorch's kl_div with the reduction batchmean. The outputs are log p,
/// as <see cref="LogSoftmaxAttribute"/> gives them. Targets are distributions of the output's shape.
/// </summary>
public sealed class KullbackLeiblerAttribute : LossAttribute
{
    /// <summary>
    /// Whether the outputs are the probabilities p themselves, as <see cref="SoftmaxAttribute"/> gives them. Default:
    /// false.
    /// </summary>
    public bool FromProbabilities { get; set; }
}

/// <summary>
/// The margin loss. With one output: max(0, 1 - t·y) with t = ±1, given as the labels 0 and 1 or as values -1 and 1.
/// With n outputs: (1/n) Σ max(0, 1 - y[label] + y[j]) over j ≠ label (Weston and Watkins, 1999). Averaged over the
/// batch.
/// </summary>
public sealed class HingeAttribute : LossAttribute;

/// <summary>
/// The margin loss of each output by itself: the mean of max(0, 1 - t·y) over all elements, with a target t of -1 or 1
/// for each, as for labels of which several may hold.
/// </summary>
/// <remarks>
/// As Keras' <c>Hinge</c> and <c>SquaredHinge</c>, which also take 0 for -1. PyTorch has no such loss: its
/// <c>HingeEmbeddingLoss</c> is another. At the kink the gradient is 0.
/// </remarks>
public sealed class ElementwiseHingeAttribute : LossAttribute
{
    /// <summary>Whether it is the mean of the squares of the margins that are missing. Default: false.</summary>
    public bool Squared { get; set; }
}
