using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>A model as lists of primitive operations.</summary>
/// <param name="Layers">The layers, input first and loss last.</param>
/// <param name="Heads">What the outputs are compared by: one loss, or one for each of several heads.</param>
/// <param name="Layout">The tensors of the parameter memory.</param>
/// <param name="Forward">The forward pass in training mode.</param>
/// <param name="Backward">The backward pass.</param>
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
    IReadOnlyList<Operation> Backward,
    Value TrainingOutput,
    IReadOnlyList<Operation> Inference,
    Value InferenceOutput,
    IReadOnlyList<Head> InferenceHeads,
    StepProgram? Step)
{
    /// <summary>The shape of a sample.</summary>
    public TensorShape Input => ModelInputs.Shape(Layers);

    /// <summary>Whether there are several heads.</summary>
    public bool HasHeads => Layers[Layers.Count - 1].Definition is OutputsLayer;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LoweredModel From(ShapedModel model, CancellationToken cancellation)
    {
        IReadOnlyList<BoundLayer> layers = model.Layers;
        var training = new ProgramBuilder(isTraining: true, cancellation);
        Value trainingOutput = LowerAll(layers, training);
        IReadOnlyList<Operation> backward = GradientBuilder.Derive(training, cancellation);

        var inference = new ProgramBuilder(isTraining: false, cancellation);
        Value inferenceOutput = LowerAll(layers, inference);
        return new LoweredModel(
            layers,
            training.Heads,
            new ParameterLayout(training.Parameters, cancellation),
            training.Operations,
            backward,
            trainingOutput,
            inference.Operations,
            inferenceOutput,
            inference.Heads,
            StepProgram.From(layers, cancellation));
    }

    /// <summary>The parameter memory alone, whose length may be beyond an int.</summary>
    public static ParameterLayout LayoutOf(IReadOnlyList<BoundLayer> layers, CancellationToken cancellation)
    {
        var program = new ProgramBuilder(isTraining: false, cancellation);
        LowerAll(layers, program);
        return new ParameterLayout(program.Parameters, cancellation);
    }

    /// <summary>Adds the operations of all layers and returns the model's output.</summary>
    public static Value LowerAll(IReadOnlyList<BoundLayer> layers, ProgramBuilder program)
    {
        bool isSingle = layers[0].Definition.Role == LayerRole.Input;
        return program.Lower(layers, new Value(isSingle ? layers[0].Name : "samples", ModelInputs.Shape(layers), ValueKind.Input));
    }
}
