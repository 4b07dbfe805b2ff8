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
    private Dictionary<Value, int>? _packedNumbers;

    /// <summary>The weights that a model for inference packs once, each once.</summary>
    public IReadOnlyList<Value> PackableWeights { get; } =
        [.. Operations.Select(operation => operation.PackableWeight?.Root).OfType<Value>().Distinct()];

    /// <summary>The number of the loss, where forward turns to backward; -1 where the program does not train.</summary>
    public int Turn { get; } = Operations.ToList().FindIndex(operation => operation is LossOperation);

    /// <summary>The number of a weight among <see cref="PackableWeights"/>; null where it is none of them.</summary>
    public int? PackedNumber(Value weight)
    {
        _packedNumbers ??= PackableWeights.Select((value, number) => (value, number)).ToDictionary(pair => pair.value, pair => pair.number);
        return _packedNumbers.TryGetValue(weight, out int found) ? found : null;
    }

    /// <summary>Forward pass, loss and backward pass.</summary>
    public static ExecutionPlan ForTraining(LoweredModel model, MemoryMode mode, CancellationToken cancellation)
    {
        Operation loss = new LossOperation(model);
        IReadOnlyList<Operation> backward = DropoutMaskElision.Run(model.Forward, model.Backward, cancellation);
        return Create([.. model.Forward, loss, .. backward], model.TrainingOutput, OutputsOf(model, model.Heads), mode, cancellation);
    }

    /// <summary>Forward pass alone.</summary>
    public static ExecutionPlan ForInference(LoweredModel model, MemoryMode mode, CancellationToken cancellation) =>
        Create(model.Inference, model.InferenceOutput, OutputsOf(model, model.InferenceHeads), mode, cancellation);

    /// <summary>One token of one sequence.</summary>
    public static ExecutionPlan ForStep(StepProgram step, MemoryMode mode, CancellationToken cancellation) =>
        Create(step.Operations, step.Output, [], mode, cancellation);

    private static IReadOnlyList<Value> OutputsOf(LoweredModel model, IReadOnlyList<Head> heads) =>
        model.HasHeads ? [.. heads.Select(head => head.Output)] : [];

    private static ExecutionPlan Create(
        IReadOnlyList<Operation> operations, Value output, IReadOnlyList<Value> headOutputs, MemoryMode mode, CancellationToken cancellation)
    {
        Value[] outputs = [output, .. headOutputs];
        IReadOnlyList<Operation> fused = Fusion.Run(operations, outputs, cancellation);
        return new ExecutionPlan(fused, MemoryPlan.Create(fused, outputs, mode, cancellation), output, headOutputs);
    }
}
