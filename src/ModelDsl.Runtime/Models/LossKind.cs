namespace ModelDsl;

/// <summary>What a model is trained to minimise, and so what its targets and its output mean.</summary>
public enum LossKind
{
    /// <summary>The mean of the squared differences; targets are values of the output's shape.</summary>
    MeanSquaredError,

    /// <summary>
    /// Cross-entropy of the softmax of logits; targets are class labels, or a distribution over the classes.
    /// </summary>
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

    /// <summary>
    /// Distances between two embeddings; the target is one label for each pair, 1 where they are alike.
    /// </summary>
    Contrastive,

    /// <summary>Distances of an embedding from two others; there are no targets.</summary>
    Triplet,

    /// <summary>The mean of a function of the user's own; targets are values of the output's shape.</summary>
    Custom,

    /// <summary>The weighted sum of the losses of several heads; targets are those of the heads.</summary>
    WeightedSum,

    /// <summary>Margin loss of each output by itself; targets are values -1 or 1 of the output's shape.</summary>
    ElementwiseHinge,

    /// <summary>
    /// The mean of one number for each sample, which a method of the user's own makes of outputs and of values of their
    /// shape or another, or of outputs alone.
    /// </summary>
    Method,

    /// <summary>As <see cref="Method"/>, of outputs and class labels.</summary>
    LabelMethod,

    /// <summary>There is none: the model only predicts.</summary>
    None,
}

/// <summary>What the kinds of losses have in common.</summary>
internal static class LossKinds
{
    /// <summary>Whether targets are values that the outputs should be near to.</summary>
    public static bool IsRegression(this LossKind loss) => loss is
        LossKind.MeanSquaredError or LossKind.MeanAbsoluteError or LossKind.Huber or LossKind.Custom;

    /// <summary>Whether the outputs are embeddings whose distances count.</summary>
    public static bool IsEmbedding(this LossKind loss) => loss is LossKind.Contrastive or LossKind.Triplet;

    /// <summary>Whether the outputs choose among classes.</summary>
    public static bool HasClasses(this LossKind loss) =>
        !loss.IsRegression() && !loss.IsEmbedding() && loss != LossKind.Method;

    /// <summary>Whether targets may be class labels.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="outputs">The number of the model's outputs: a sigmoid's two classes need one.</param>
    public static bool TakesLabels(this LossKind loss, int outputs) => loss switch
    {
        LossKind.SoftmaxCrossEntropy or LossKind.Hinge or LossKind.Contrastive or LossKind.LabelMethod => true,
        LossKind.BinaryCrossEntropy => outputs == 1,
        _ => false,
    };

    /// <summary>Whether targets are class labels where the loss is that of one of several heads.</summary>
    public static bool TakesLabelsInHeads(this LossKind loss) =>
        loss is LossKind.SoftmaxCrossEntropy or LossKind.Hinge or LossKind.Contrastive or LossKind.LabelMethod;

    /// <summary>
    /// The number of choices that one sample's outputs make: one, or one for each step of a sequence; for the softmax's
    /// cross-entropy and methods of labels, also one for each pixel of an image.
    /// </summary>
    public static int RowsPerSample(this LossKind loss, Shape outputs) => outputs.Dimensions.Length switch
    {
        2 => outputs.Dimensions[0],
        3 when loss is LossKind.SoftmaxCrossEntropy or LossKind.LabelMethod =>
            outputs.Dimensions[0] * outputs.Dimensions[1],
        _ => 1,
    };

    /// <summary>
    /// The number of class labels of a sample, where targets are labels: a pair of embeddings has one.
    /// </summary>
    public static int LabelsPerSample(this LossKind loss, Shape outputs) =>
        loss == LossKind.Contrastive ? 1 : loss.RowsPerSample(outputs);

    /// <summary>
    /// The number of terms of a sample that are added up and averaged: outputs, or choices among outputs.
    /// </summary>
    public static int TermsPerSample(this LossKind loss, Shape outputs) =>
        loss.IsRegression() || loss is LossKind.BinaryCrossEntropy or LossKind.ElementwiseHinge ? outputs.Count
        : loss.IsEmbedding() || loss is LossKind.Method or LossKind.LabelMethod ? 1
        : loss.RowsPerSample(outputs);

    /// <summary>The number of target values of a sample, where targets are values.</summary>
    public static int ValuesPerSample(this LossKind loss, int outputs) => loss == LossKind.Triplet ? 0 : outputs;

    /// <summary>Whether targets may be values, or there are none to give.</summary>
    public static bool TakesValues(this LossKind loss, int outputs) => loss switch
    {
        LossKind.Contrastive or LossKind.LabelMethod => false,

        // A single output's margin also takes the values -1 and 1.
        LossKind.Hinge => outputs == 1,
        _ => true,
    };
}
