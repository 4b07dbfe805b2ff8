namespace ModelDsl.Generator.Lowering;

/// <summary>A model as lists of primitive operations: its forward passes and its loss.</summary>
/// <param name="Layers">The layers, input first and loss last.</param>
/// <param name="Heads">What the outputs are compared by: one loss, or one for each of several heads.</param>
/// <param name="Layout">The tensors of the parameter memory.</param>
/// <param name="Forward">The forward pass in training mode.</param>
/// <param name="Comparison">
/// What makes losses of the outputs of <paramref name="Forward"/> and the targets, where kernels do not.
/// </param>
/// <param name="Loss">The loss and the gradients that the backward pass starts from.</param>
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
    IReadOnlyList<Operation> Comparison,
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

    /// <summary>
    /// What is read after training: the output, and those of each of several heads. As after inference where the model
    /// only predicts.
    /// </summary>
    public IReadOnlyList<Value> TrainingResults => IsForInference
        ? InferenceResults
        : [TrainingOutput, .. HasHeads ? Heads.Select(head => head.Output) : []];

    /// <summary>What is read after inference.</summary>
    public IReadOnlyList<Value> InferenceResults => [InferenceOutput, .. HasHeads ? InferenceHeads.Select(head => head.Output) : []];

    /// <summary>Whether the model only predicts: there is no loss.</summary>
    public bool IsForInference => Heads.Count == 0;

    /// <summary>Whether there are several heads.</summary>
    public bool HasHeads => IsJoined(Layers);

    /// <summary>The calls that compute the loss of what the program for inference has left.</summary>
    public IReadOnlyList<KernelCall> Evaluation => LossOperation.Evaluations(InferenceHeads, HasHeads);

    /// <summary>
    /// The operations that compute the loss of what the program for inference has left, where some are more than the
    /// calls of kernels; else none.
    /// </summary>
    public IReadOnlyList<Operation> EvaluationProgram { get; private init; } = [];

    /// <summary>The outputs that <see cref="EvaluationProgram"/> takes.</summary>
    public IReadOnlyList<Value> EvaluationInputs { get; private init; } = [];

    /// <summary>All that training computes before the backward pass but the kernels of losses.</summary>
    public IEnumerable<Operation> ForwardAndComparison => Forward.Concat(Comparison);

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
        Value trainingOutput = LowerAll(layers, training, trainingInput, model.Result);
        training.Compare(IsJoined(layers));

        var inference = new ProgramBuilder(isTraining: false, cancellation) { Convolution = convolution };
        Value inferenceOutput = LowerAll(layers, inference, Samples(layers), model.Result);
        var evaluation = new ProgramBuilder(isTraining: false, cancellation);
        evaluation.Compare(inference.Heads.Select(Left), IsJoined(layers));
        return new LoweredModel(
            layers,
            training.Heads,
            new ParameterLayout(training.Parameters, cancellation),
            training.Operations,
            training.Comparison,
            new LossOperation(layers[layers.Count - 1], training.Heads, IsJoined(layers)),
            trainingInput,
            trainingOutput,
            inference.Operations,
            inferenceOutput,
            inference.Heads,
            StepProgram.From(layers, model.Result, cancellation))
        {
            Activations = keepsActivations ? training.LayerOutputs : [],
            EvaluationProgram = evaluation.Comparison.Count == 0
                ? []
                :
                [
                    .. evaluation.Comparison,
                    new LossEvaluation(layers[layers.Count - 1], evaluation.Heads, IsJoined(layers)),
                ],
            EvaluationInputs = [.. evaluation.Heads.Select(head => head.Output)],
        };
    }

    // Outputs are found where the forward pass has left them.
    private static Head Left(Head head) =>
        head with { Output = new Value(head.Output.Id, head.Output.Shape, ValueKind.Input) };

    private static bool IsJoined(IReadOnlyList<BoundLayer> layers) => layers[layers.Count - 1].Definition.TakesHeads;

    /// <summary>Adds the operations of all layers and returns the model's output.</summary>
    /// <param name="layers">The layers, maybe with the shapes of one step.</param>
    /// <param name="program">Takes the operations.</param>
    /// <param name="result">The output; null for the first one of the last layer.</param>
    public static Value LowerAll(IReadOnlyList<BoundLayer> layers, ProgramBuilder program, LayerSource? result) =>
        LowerAll(layers, program, Samples(layers), result);

    private static Value LowerAll(
        IReadOnlyList<BoundLayer> layers, ProgramBuilder program, Value samples, LayerSource? result) =>
        program.Own(layers[layers.Count - 1], program.Lower(layers, samples, result));

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
