namespace ModelDsl.Generator.Planning;

/// <summary>A model whose programs are ready to be written down.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">Forward pass, loss and backward pass.</param>
/// <param name="Inference">The forward pass in inference mode.</param>
/// <param name="Step">One token of one sequence; null where the model has no such program.</param>
internal sealed record PlannedModel(
    LoweredModel Model, ExecutionPlan Training, ExecutionPlan Inference, ExecutionPlan? Step)
{
    /// <summary>The sum of the samples' clipped gradients; null where it is not asked for.</summary>
    public ExecutionPlan? Clipped { get; private init; }

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
                    .OrderBy(weight => weight.Offset),
            ];
        }
    }

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PlannedModel From(FusedModel fused, MemoryMode mode, CancellationToken cancellation)
    {
        LoweredModel model = fused.Model;
        return new PlannedModel(
            model,
            ExecutionPlan.Create(
                fused.Training,
                model.TrainingResults,
                mode,
                cancellation,
                fused.InputGradient,
                [.. model.Activations.Select(activation => activation.Value)],
                fused.Narrow),
            ExecutionPlan.CreateInference(
                fused.Inference, model.InferenceResults, model.Layout.Length, mode, cancellation),
            fused.Step is { } step ? ExecutionPlan.Create(step, [model.Step!.Output], mode, cancellation) : null)
        {
            Clipped = fused.Clipped is { } clipped
                ? ExecutionPlan.CreateClipped(
                    clipped.Operations, model.TrainingResults, clipped.Squares, mode, cancellation)
                : null,
        };
    }
}
