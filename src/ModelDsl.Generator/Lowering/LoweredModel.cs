namespace ModelDsl.Generator.Lowering;

/// <summary>A model as lists of primitive operations: its forward passes and its loss.</summary>
/// <param name="Layers">The layers, input first and loss last.</param>
/// <param name="Heads">What the outputs are compared by: one loss, or one for each of several heads.</param>
/// <param name="Layout">The tensors of the parameter memory.</param>
/// <param name="Forward">The forward pass in training mode.</param>
/// <param name="Loss">The loss and the gradients of the outputs.</param>
/// <param name="TrainingInput">The samples that <paramref name="Forward"/> reads.</param>
/// <param name="TrainingOutput">The output of <paramref name="Forward"/>.</param>
/// <param name="Inference">The forward pass in inference mode.</param>
/// <param name="InferenceOutput">The output of <paramref name="Inference"/>.</param>
/// <param name="InferenceHeads">The heads of <paramref name="Inference"/>.</param>
/// <param name="Step">The program of one step of a sequence of tokens; null where the model has none.</param>
internal sealed record LoweredModel(
    IReadOnlyList<BoundLayer> Layers,
    IReadOnlyList<Head> Heads,
    ParameterLayout Layout,
    IReadOnlyList<Operation> Forward,
    LossOperation Loss,
    Value TrainingInput,
    Value TrainingOutput,
    IReadOnlyList<Operation> Inference,
    Value InferenceOutput,
    IReadOnlyList<Head> InferenceHeads,
    StepProgram? Step)
{
    /// <summary>The outputs of layers that stay after a training step; none where nobody asks for them.</summary>
    public IReadOnlyList<LayerOutput> Activations { get; private init; } = [];

    /// <summary>The shape of a sample.</summary>
    public TensorShape Input => ModelInputs.Shape(Layers);

    /// <summary>What is read after training: the output, and those of each of several heads.</summary>
    public IReadOnlyList<Value> TrainingResults => [TrainingOutput, .. HasHeads ? Heads.Select(head => head.Output) : []];

    /// <summary>What is read after inference.</summary>
    public IReadOnlyList<Value> InferenceResults => [InferenceOutput, .. HasHeads ? InferenceHeads.Select(head => head.Output) : []];

    /// <summary>Whether there are several heads.</summary>
    public bool HasHeads => IsJoined(Layers);

    /// <summary>The calls that compute the loss of what the program for inference has left.</summary>
    public IReadOnlyList<KernelCall> Evaluation => LossOperation.Evaluations(InferenceHeads, HasHeads);

    /// <summary>The model with other values for the gradients that its losses write.</summary>
    public LoweredModel WithHeadGradients(Func<Head, Value> gradient)
    {
        Head[] heads = [.. Heads.Select(head => head with { Gradient = gradient(head) })];
        return this with { Heads = heads, Loss = new LossOperation(Loss.Layer, heads, HasHeads) };
    }

    /// <param name="model">The layers.</param>
    /// <param name="keepsActivations">Whether the outputs of layers stay after a training step.</param>
    /// <param name="convolution">How convolutions are computed.</param>
    /// <param name="cancellation">Looked at for each layer and operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoweredModel From(
        ShapedModel model, bool keepsActivations, ConvolutionMethod convolution, CancellationToken cancellation)
    {
        IReadOnlyList<BoundLayer> layers = model.Layers;
        var training = new ProgramBuilder(isTraining: true, cancellation) { Convolution = convolution };
        Value trainingInput = Samples(layers);
        Value trainingOutput = training.Lower(layers, trainingInput);

        var inference = new ProgramBuilder(isTraining: false, cancellation) { Convolution = convolution };
        Value inferenceOutput = LowerAll(layers, inference);
        return new LoweredModel(
            layers,
            training.Heads,
            new ParameterLayout(training.Parameters, cancellation),
            training.Operations,
            new LossOperation(layers[layers.Count - 1], training.Heads, IsJoined(layers)),
            trainingInput,
            trainingOutput,
            inference.Operations,
            inferenceOutput,
            inference.Heads,
            StepProgram.From(layers, cancellation))
        {
            Activations = keepsActivations ? training.LayerOutputs : [],
        };
    }

    private static bool IsJoined(IReadOnlyList<BoundLayer> layers) => layers[layers.Count - 1].Definition.TakesHeads;

    /// <summary>Adds the operations of all layers and returns the model's output.</summary>
    public static Value LowerAll(IReadOnlyList<BoundLayer> layers, ProgramBuilder program) =>
        program.Lower(layers, Samples(layers));

    private static Value Samples(IReadOnlyList<BoundLayer> layers)
    {
        TensorId samples = ModelInputs.Named(layers).Count == 0
            ? new TensorId(layers[0].Path)
            : new TensorId(LayerPath.Model, "samples");
        return new Value(samples, ModelInputs.Shape(layers), ValueKind.Input);
    }
}

/// <summary>What a layer gives.</summary>
/// <param name="Layer">The layer, which may stand in a block.</param>
/// <param name="Value">Its first output.</param>
internal sealed record LayerOutput(BoundLayer Layer, Value Value);
