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
}
