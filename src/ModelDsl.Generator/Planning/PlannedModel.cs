namespace ModelDsl.Generator.Planning;

/// <summary>A model whose programs are ready to be written down.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">Forward pass, loss and backward pass.</param>
/// <param name="Inference">The forward pass in inference mode.</param>
/// <param name="Step">One token of one sequence; null where the model has no such program.</param>
internal sealed record PlannedModel(
    LoweredModel Model, ExecutionPlan Training, ExecutionPlan Inference, ExecutionPlan? Step)
{
    /// <summary>
    /// The loss of what <see cref="Inference"/> leaves, where it takes more than the calls of kernels; else null.
    /// </summary>
    public ExecutionPlan? Evaluation { get; private init; }

    /// <summary>The gradient of the outputs of each head, which the backward pass starts from.</summary>
    public IReadOnlyList<Value> OutputGradients { get; private init; } = [];

    /// <summary>The sum of the samples' clipped gradients; null where it is not asked for.</summary>
    public ExecutionPlan? Clipped { get; private init; }

    /// <summary>What came of the model's memory budget; null where it has none.</summary>
    public RecomputationNote? Recomputation { get; private init; }

    /// <summary>
    /// Where the weights lie in the parameter memory that a copy for inference holds in 16 bits, and how long they are:
    /// those that none of its programs reads otherwise.
    /// </summary>
    public IReadOnlyList<(int Offset, int Length)> NarrowWeights
    {
        get
        {
            IEnumerable<ExecutionPlan> programs = Step is null ? [Inference] : [Inference, Step];
            return
            [
                .. programs.Select(program => program.NarrowWeights
                        .Select(weight => (Offset: Model.Layout.OffsetOf(weight), weight.Shape.Count)))
                    .Aggregate((all, next) => all.Intersect(next))
                    .Except(ReadByEvaluation())
                    .OrderBy(weight => weight.Offset),
            ];
        }
    }

    private IEnumerable<(int Offset, int Count)> ReadByEvaluation() =>
        (Evaluation?.Operations ?? [])
            .SelectMany(operation => operation.Reads)
            .Select(value => value.Root)
            .Where(value => value.IsParameter)
            .Select(value => (Model.Layout.OffsetOf(value), value.Shape.Count));

    /// <summary>Where the values of a training step lie, as its plan has them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MemoryPlan PlanMemory(FusedModel fused, CancellationToken cancellation) => MemoryPlan.Create(
        fused.Training, fused.TrainingResults, MemoryMode.Planned, cancellation, fused.Narrow);

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlannedModel From(FusedModel fused, MemoryMode mode, CancellationToken cancellation)
    {
        LoweredModel model = fused.Model;
        ExecutionPlan training = ExecutionPlan.Create(
            fused.Training,
            model.TrainingResults,
            mode,
            cancellation,
            fused.InputGradient,
            [.. model.Activations.Select(activation => activation.Value)],
            fused.Narrow);
        return new PlannedModel(
            model,
            fused.Turn is { } turn ? training with { Comparison = turn } : training,
            ExecutionPlan.CreateInference(
                fused.Inference, model.InferenceResults, model.Layout.Length, mode, cancellation),
            fused.Step is { } step ? ExecutionPlan.Create(step, [model.Step!.Output], mode, cancellation) : null)
        {
            Recomputation = fused.Recomputation,
            OutputGradients = fused.OutputGradients,
            Evaluation = fused.Evaluation.Count == 0
                ? null
                : ExecutionPlan.CreateEvaluation(fused.Evaluation, mode, cancellation),
            Clipped = fused.Clipped is { } clipped
                ? ExecutionPlan.CreateClipped(
                    clipped.Operations, model.TrainingResults, clipped.Squares, mode, cancellation)
                : null,
        };
    }
}
