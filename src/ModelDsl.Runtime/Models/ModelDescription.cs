namespace ModelDsl;

/// <summary>What the compiler knows of a model: its shapes, layers, parameters and memory. Immutable.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="InputShape">The shape of one sample.</param>
/// <param name="OutputShape">The shape of one sample's output (the logits, for a classifier).</param>
/// <param name="Loss">What the model is trained to minimise.</param>
/// <param name="Layers">The layers in data-flow order.</param>
/// <param name="Parameters">
/// The parameter tensors in the order in which they lie in memory: trainable ones, then frozen ones and statistics.
/// </param>
/// <param name="ParameterLength">
/// The length of the parameter memory in floats, padding between tensors included.
/// </param>
/// <param name="TrainingFloatsPerSample">
/// The planned activations and gradients of one sample of a training batch.
/// </param>
/// <param name="InferenceFloatsPerSample">The planned activations of one sample of a prediction.</param>
public sealed record ModelDescription(
    string Name,
    Shape InputShape,
    Shape OutputShape,
    LossKind Loss,
    ImmutableArray<LayerDescription> Layers,
    ImmutableArray<ParameterDescription> Parameters,
    int ParameterLength,
    int TrainingFloatsPerSample,
    int InferenceFloatsPerSample)
{
    /// <summary>
    /// The length in floats of the first part of the parameter memory, which training changes. Frozen tensors and
    /// statistics follow it.
    /// </summary>
    public int TrainableLength { get; init; } = ParameterLength;

    /// <summary>How weights and activations are stored.</summary>
    public Precision Precision { get; init; }

    /// <summary>What the input's elements are.</summary>
    public ElementType InputType { get; init; }

    /// <summary>The label of samples or steps that take no part in the loss; null where there is none.</summary>
    public int? IgnoredLabel { get; init; }

    /// <summary>The weight of each class in the loss; empty where all are 1.</summary>
    public ImmutableArray<float> ClassWeights { get; init; } = [];

    /// <summary>
    /// The inputs of a model that has several, in the order in which a sample has them side by side; else empty.
    /// </summary>
    public ImmutableArray<InputDescription> Inputs { get; init; } = [];

    /// <summary>The heads of a model that has several, in the order of its outputs; else empty.</summary>
    public ImmutableArray<HeadDescription> Heads { get; init; } = [];

    /// <summary>
    /// The uses of blocks that have parameters, in the order of the layers; a block comes before those within it. Uses
    /// that share their parameters are one.
    /// </summary>
    public ImmutableArray<BlockDescription> Blocks { get; init; } = [];

    /// <summary>
    /// The outputs of layers that the model keeps after a training step, in data-flow order and those within blocks
    /// included: <see cref="IInspectableModel.GetActivation"/> gives them. What only shows another output in another
    /// shape is left out. Empty for other models.
    /// </summary>
    public ImmutableArray<ActivationDescription> Activations { get; init; } = [];

    /// <summary>
    /// The number of class labels that one sample takes, where the loss takes labels: one, or one for each step of a
    /// sequence or, of [SoftmaxCrossEntropy] and methods, each pixel of an image; with several heads, those of all of
    /// them.
    /// </summary>
    public int LabelsPerSample => Loss == LossKind.WeightedSum
        ? Heads.Sum(head => head.LabelsPerSample)
        : Loss.LabelsPerSample(OutputShape);

    /// <summary>
    /// The number of target values of a sample, where a loss of the user's own says another one than that of the
    /// outputs; else null.
    /// </summary>
    public int? TargetCount { get; init; }

    /// <summary>The number of target values of a sample, where targets are values.</summary>
    internal int ValuesPerSample => TargetCount ?? Loss.ValuesPerSample(OutputShape.Count);

    /// <summary>
    /// Adds what takes part in the loss of a batch to what took part before, without a forward pass: what the sum of
    /// the losses is divided by to become their mean (<see cref="Targets.TotalWeights"/>).
    /// </summary>
    /// <remarks>
    /// A sample counts its weight (<see cref="Targets.SampleWeights"/>) times the number of terms that its loss adds
    /// up: its outputs for the errors of values and the binary cross-entropy, else its labels or distributions. Where a
    /// softmax's cross-entropy has class weights or an ignored label, each label counts its class's weight, or nothing.
    /// That is PyTorch's <c>reduction='mean'</c>.
    /// </remarks>
    /// <param name="targets">The targets of the samples, as <see cref="IModel.ComputeGradients"/> takes them.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="totals">What is added to: one number, or with several heads one for each.</param>
    /// <exception cref="ArgumentException">The lengths do not match the model or each other, a weight is negative or
    /// not finite, or a label is out of range.</exception>
    public void AddTotalWeights(Targets targets, int samples, Span<double> totals) =>
        TotalWeights.Of(this).Add(targets, samples, totals);

    /// <summary>The number of trainable values, without padding.</summary>
    public int ParameterCount =>
        Parameters.Where(parameter => parameter.Offset < TrainableLength).Sum(parameter => parameter.Shape.Count);
}

/// <summary>One of several inputs of a model.</summary>
/// <param name="Name">The input's name: that of its block, beginning with a small letter.</param>
/// <param name="Shape">The shape of one sample of it.</param>
/// <param name="Type">What its elements are.</param>
public sealed record InputDescription(string Name, Shape Shape, ElementType Type = ElementType.Value);

/// <summary>One layer of a model.</summary>
/// <param name="Name">The layer's name within the model, such as <c>dense1</c>.</param>
/// <param name="Declaration">The attribute as the user wrote it, such as <c>Dense(512)</c>.</param>
/// <param name="OutputShape">The shape of one sample's output.</param>
/// <param name="ParameterCount">The number of trainable values.</param>
public sealed record LayerDescription(string Name, string Declaration, Shape OutputShape, int ParameterCount);

/// <summary>One output of a layer that a model keeps after a training step.</summary>
/// <param name="Layer">The layer's name, with those of the blocks around it: <c>repeat1.0.dense1</c>.</param>
/// <param name="Declaration">The attribute as the user wrote it, such as <c>Dense(512)</c>.</param>
/// <param name="Shape">The shape of one sample's output.</param>
/// <param name="Offset">Where it lies in the model's working memory, in floats for each sample of the batch.</param>
public sealed record ActivationDescription(string Layer, string Declaration, Shape Shape, int Offset);

/// <summary>A use of a block in a model.</summary>
/// <param name="Type">The block's class with its namespace, such as <c>MyModels.Encoder</c>.</param>
/// <param name="Path">What the names of its tensors begin with, such as <c>repeat1.0</c>.</param>
public sealed record BlockDescription(string Type, string Path);

/// <summary>One parameter tensor of a model.</summary>
/// <param name="Name">The tensor's name in files, such as <c>dense1.weight</c>.</param>
/// <param name="Shape">The tensor's shape; a dense layer's weight is [outputs, inputs], as in PyTorch.</param>
/// <param name="Offset">Where the tensor starts in the parameter memory, in floats.</param>
/// <param name="Initialization">How the tensor is filled before training.</param>
public sealed record ParameterDescription(string Name, Shape Shape, int Offset, Initialization Initialization)
{
    /// <summary>
    /// Whether the tensor is a statistic, such as a running mean: the forward pass updates it in training, and it has
    /// no gradient.
    /// </summary>
    public bool IsStatistic { get; init; }

    /// <summary>
    /// Whether the tensor has one extent, as biases, the scales and shifts of normalisations and the slopes of PReLU
    /// have. Weights and embeddings have two or more.
    /// </summary>
    public bool IsVector => Shape.Dimensions.Length < 2;
}

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

    /// <summary>The weight of each class in the loss; empty where all are 1.</summary>
    public ImmutableArray<float> ClassWeights { get; init; } = [];

    /// <inheritdoc cref="ModelDescription.TargetCount"/>
    public int? TargetCount { get; init; }

    /// <summary>
    /// The number of class labels that one sample takes: one, or one for each step of a sequence or pixel of an image.
    /// Zero where the loss takes values.
    /// </summary>
    public int LabelsPerSample => Loss.TakesLabelsInHeads() ? Loss.LabelsPerSample(OutputShape) : 0;

    /// <summary>
    /// The number of target values that one sample takes. Zero where the loss takes labels, or nothing.
    /// </summary>
    public int ValuesPerSample =>
        Loss.TakesLabelsInHeads() ? 0 : TargetCount ?? Loss.ValuesPerSample(OutputShape.Count);
}
