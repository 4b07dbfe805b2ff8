using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering;

/// <summary>A model as lists of primitive operations.</summary>
/// <param name="Layers">The layers, input first and loss last.</param>
/// <param name="Loss">What the outputs are compared by.</param>
/// <param name="Layout">The tensors of the parameter memory.</param>
/// <param name="Forward">The forward pass in training mode.</param>
/// <param name="Backward">The backward pass.</param>
/// <param name="OutputGradient">What the loss writes and the backward pass starts from.</param>
/// <param name="TrainingOutput">The output of <paramref name="Forward"/>.</param>
/// <param name="Inference">The forward pass in inference mode.</param>
/// <param name="InferenceOutput">The output of <paramref name="Inference"/>.</param>
/// <param name="Step">The program of one step of a sequence of tokens; null where the model has none.</param>
internal sealed record LoweredModel(
    IReadOnlyList<BoundLayer> Layers,
    LossLayer Loss,
    ParameterLayout Layout,
    IReadOnlyList<Operation> Forward,
    IReadOnlyList<Operation> Backward,
    Value OutputGradient,
    Value TrainingOutput,
    IReadOnlyList<Operation> Inference,
    Value InferenceOutput,
    StepProgram? Step)
{
    public static LoweredModel From(ShapedModel model)
    {
        IReadOnlyList<BoundLayer> layers = model.Layers;
        var training = new ProgramBuilder(isTraining: true);
        Value trainingOutput = LowerAll(layers, training);
        var outputGradient = new Value(trainingOutput.Name + "Gradient", trainingOutput.Shape, ValueKind.Gradient);
        IReadOnlyList<Operation> backward = GradientBuilder.Derive(training, trainingOutput, outputGradient);

        var inference = new ProgramBuilder(isTraining: false);
        Value inferenceOutput = LowerAll(layers, inference);
        return new LoweredModel(
            layers,
            (LossLayer)layers[layers.Count - 1].Definition,
            new ParameterLayout(training.Parameters),
            training.Operations,
            backward,
            outputGradient,
            trainingOutput,
            inference.Operations,
            inferenceOutput,
            StepProgram.From(layers));
    }

    /// <summary>The parameter memory alone, whose length may be beyond an int.</summary>
    public static ParameterLayout LayoutOf(IReadOnlyList<BoundLayer> layers)
    {
        var program = new ProgramBuilder(isTraining: false);
        LowerAll(layers, program);
        return new ParameterLayout(program.Parameters);
    }

    /// <summary>Adds the operations of all layers and returns the model's output.</summary>
    public static Value LowerAll(IReadOnlyList<BoundLayer> layers, ProgramBuilder program)
    {
        Value value = program.Lower(layers, new Value(layers[0].Name, layers[0].Output, ValueKind.Input));

        // The samples' buffer is the caller's: an output is always the model's own.
        BoundLayer last = layers[layers.Count - 1];
        return value.Root.Kind == ValueKind.Input
            ? program.Add(new CopyOperation(last, value, new Value("output", last.Output, ValueKind.Activation)))
            : value;
    }
}
