namespace ModelDsl;

/// <summary>What a model is trained to minimise, and so what its targets and its output mean.</summary>
public enum LossKind
{
    /// <summary>The mean of the squared differences; targets are values of the output's shape.</summary>
    MeanSquaredError,

    /// <summary>Cross-entropy of the softmax of logits; targets are class labels, or a distribution over the classes.</summary>
    SoftmaxCrossEntropy,

    /// <summary>Cross-entropy of the sigmoid of logits; targets are values in [0, 1] of the output's shape.</summary>
    BinaryCrossEntropy,

    /// <summary>Margin loss; targets are class labels (one output: 0 or 1).</summary>
    Hinge,

    /// <summary>The mean of the absolute differences; targets are values of the output's shape.</summary>
    MeanAbsoluteError,

    /// <summary>
    /// Quadratic for small differences, linear for large ones; targets are values of the output's shape.
    /// </summary>
    Huber,

    /// <summary>The divergence from distributions; targets are distributions of the output's shape.</summary>
    KullbackLeibler,

    /// <summary>Distances between two embeddings; the target is one label for each pair, 1 where they are alike.</summary>
    Contrastive,

    /// <summary>Distances of an embedding from two others; there are no targets.</summary>
    Triplet,

    /// <summary>The mean of a function of the user's own; targets are values of the output's shape.</summary>
    Custom,

    /// <summary>The weighted sum of the losses of several heads; targets are those of the heads.</summary>
    WeightedSum,
}
