using ModelDsl.Generator.Lowering;

namespace ModelDsl.Generator.Planning;

/// <summary>A program ready to be written down: fused operations in order, and where their values lie.</summary>
/// <param name="Operations">The operations.</param>
/// <param name="Memory">The arena's layout.</param>
/// <param name="Output">The value that is read after the program.</param>
/// <param name="HeadOutputs">What else is read after it: the outputs of each of several heads.</param>
internal sealed record ExecutionPlan(
    IReadOnlyList<Operation> Operations, MemoryPlan Memory, Value Output, IReadOnlyList<Value> HeadOutputs)
{
    /// <summary>The weights that a model for inference packs once, each once.</summary>
    public IReadOnlyList<Value> PackableWeights { get; } =
        [.. Operations.Select(operation => operation.PackableWeight?.Root).OfType<Value>().Distinct()];

    /// <summary>Forward pass, loss and backward pass.</summary>
    public static ExecutionPlan ForTraining(LoweredModel model, MemoryMode mode)
    {
        Operation loss = new LossOperation(model);
        IReadOnlyList<Operation> backward = DropoutMaskElision.Run(model.Forward, model.Backward);
        return Create([.. model.Forward, loss, .. backward], model.TrainingOutput, OutputsOf(model, model.Heads), mode);
    }

    /// <summary>Forward pass alone.</summary>
    public static ExecutionPlan ForInference(LoweredModel model, MemoryMode mode) =>
        Create(model.Inference, model.InferenceOutput, OutputsOf(model, model.InferenceHeads), mode);

    /// <summary>One token of one sequence.</summary>
    public static ExecutionPlan ForStep(StepProgram step, MemoryMode mode) => Create(step.Operations, step.Output, [], mode);

    private static IReadOnlyList<Value> OutputsOf(LoweredModel model, IReadOnlyList<Head> heads) =>
        model.HasHeads ? [.. heads.Select(head => head.Output)] : [];

    private static ExecutionPlan Create(
        IReadOnlyList<Operation> operations, Value output, IReadOnlyList<Value> headOutputs, MemoryMode mode)
    {
        Value[] outputs = [output, .. headOutputs];
        IReadOnlyList<Operation> fused = Fusion.Run(operations, outputs);
        return new ExecutionPlan(fused, MemoryPlan.Create(fused, outputs, mode), output, headOutputs);
    }
}
