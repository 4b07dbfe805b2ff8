using ModelDsl.Generator.Differentiation;
using ModelDsl.Generator.Lowering.Clipping;

namespace ModelDsl.Generator.Planning;

/// <summary>The programs of a model, with what finishes rows joined to what makes them.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">Forward pass, loss and backward pass.</param>
/// <param name="Inference">The forward pass in inference mode.</param>
/// <param name="Step">One token of one sequence; null where the model has no such program.</param>
/// <param name="InputGradient">
/// The gradient of the samples that <paramref name="Training"/> leaves; null where it has none.
/// </param>
internal sealed record FusedModel(
    LoweredModel Model,
    IReadOnlyList<Operation> Training,
    IReadOnlyList<Operation> Inference,
    IReadOnlyList<Operation>? Step,
    Value? InputGradient)
{
    /// <summary>The program that clips the gradients of samples; null where it is not asked for.</summary>
    public ClippedModel? Clipped { get; private init; }

    /// <summary>
    /// The loss of what <see cref="Inference"/> leaves, where it takes more than the calls of kernels; else empty.
    /// </summary>
    public IReadOnlyList<Operation> Evaluation { get; private init; } = [];

    /// <summary>The gradient of the outputs of each head, which the backward pass starts from.</summary>
    public IReadOnlyList<Value> OutputGradients { get; private init; } = [];

    /// <summary>
    /// Where in <see cref="Training"/> the outputs are compared with targets, and where that ends; null where the
    /// kernel of the loss alone does it.
    /// </summary>
    public (int Start, int End)? Turn { get; private init; }

    /// <summary>The values that are read after <see cref="Training"/>.</summary>
    public IReadOnlyList<Value> TrainingResults => ResultsOf(Model, InputGradient);

    /// <summary>What came of the model's memory budget; null where it has none.</summary>
    public RecomputationNote? Recomputation { get; init; }

    /// <summary>The values of <see cref="Training"/> that are stored in 16 bits.</summary>
    public ISet<Value> Narrow { get; init; } = ImmutableHashSet<Value>.Empty;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FusedModel From(DifferentiatedModel differentiated, CancellationToken cancellation)
    {
        LoweredModel model = differentiated.Model;
        if (model.IsForInference)
        {
            IReadOnlyList<Operation> inference = Fusion.Run(model.Inference, model.InferenceResults, cancellation);
            return new FusedModel(model, [], inference, FuseStep(model, cancellation), null);
        }

        IReadOnlyList<Operation> backward = DropoutMaskElision.Run(model.Forward, differentiated.Backward, cancellation);
        IReadOnlyList<Value> results = ResultsOf(model, differentiated.InputGradient);
        IReadOnlyList<Operation>[] parts = model.Comparison.Count == 0
            ? [Fusion.Run([.. model.Forward, model.Loss, .. backward], [.. results], cancellation)]
            : FuseParts(
                [model.Forward, [.. model.Comparison, model.Loss, .. differentiated.Comparison], backward],
                results,
                cancellation);
        return new FusedModel(
            model,
            [.. parts.SelectMany(part => part)],
            Fusion.Run(model.Inference, model.InferenceResults, cancellation),
            FuseStep(model, cancellation),
            differentiated.InputGradient)
        {
            Clipped = differentiated.Clipped is { } clipped ? Fuse(clipped, model, cancellation) : null,
            Evaluation = Fusion.Run(model.EvaluationProgram, [], cancellation),
            OutputGradients = differentiated.OutputGradients,
            Turn = parts.Length == 1 ? null : (parts[0].Count, parts[0].Count + parts[1].Count),
        };
    }

    private static IReadOnlyList<Operation>? FuseStep(LoweredModel model, CancellationToken cancellation) =>
        model.Step is { } step ? Fusion.Run(step.Operations, [step.Output], cancellation) : null;

    private static IReadOnlyList<Value> ResultsOf(LoweredModel model, Value? inputGradient) =>
    [
        .. model.TrainingResults,
        .. inputGradient is null ? [] : (Value[])[inputGradient],
        .. model.Activations.Select(activation => activation.Value),
    ];

    // Each part by itself: the passes may run without what compares outputs with targets.
    private static IReadOnlyList<Operation>[] FuseParts(
        IReadOnlyList<Operation>[] parts, IReadOnlyList<Value> results, CancellationToken cancellation)
    {
        var given = new List<Value>();
        var fused = new IReadOnlyList<Operation>[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            IEnumerable<Value> later =
                parts.Skip(i + 1).SelectMany(part => part).SelectMany(operation => operation.Reads);
            fused[i] = Fusion.Run(parts[i], [.. results, .. later], cancellation, given);
            given.AddRange(parts[i].SelectMany(operation => operation.Writes));
        }

        return fused;
    }

    private static ClippedModel Fuse(ClippedModel clipped, LoweredModel model, CancellationToken cancellation)
    {
        Value[] given = [.. model.ForwardAndComparison.SelectMany(operation => operation.Writes)];
        IReadOnlyList<Operation> operations =
            DropoutMaskElision.Run([.. model.ForwardAndComparison], clipped.Operations, cancellation);
        return clipped with
        {
            Operations = Fusion.Run(
                [
                    .. operations.Select(operation =>
                        operation is SampleLoop loop ? loop.With(FuseBody(loop)) : operation),
                ],
                [.. model.TrainingResults, .. clipped.Squares is { } squares ? (Value[])[squares] : []],
                cancellation),
        };

        // Nothing outside of the loop reads what a stage within it has made.
        IReadOnlyList<Operation> FuseBody(SampleLoop loop) => Fusion.Run(
            DropoutMaskElision.Run([.. model.ForwardAndComparison], loop.Body, cancellation), [], cancellation, given);
    }
}
