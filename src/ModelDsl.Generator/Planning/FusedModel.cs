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

    /// <summary>The values of <see cref="Training"/> that are stored in 16 bits.</summary>
    public ISet<Value> Narrow { get; init; } = ImmutableHashSet<Value>.Empty;

    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FusedModel From(DifferentiatedModel differentiated, CancellationToken cancellation)
    {
        LoweredModel model = differentiated.Model;
        IReadOnlyList<Operation> backward = DropoutMaskElision.Run(model.Forward, differentiated.Backward, cancellation);
        return new FusedModel(
            model,
            Fusion.Run(
                [.. model.Forward, model.Loss, .. backward],
                [
                    .. model.TrainingResults,
                    .. differentiated.InputGradient is { } gradient ? (Value[])[gradient] : [],
                    .. model.Activations.Select(activation => activation.Value),
                ],
                cancellation),
            Fusion.Run(model.Inference, model.InferenceResults, cancellation),
            model.Step is { } step ? Fusion.Run(step.Operations, [step.Output], cancellation) : null,
            differentiated.InputGradient)
        {
            Clipped = differentiated.Clipped is { } clipped ? Fuse(clipped, model, cancellation) : null,
        };
    }

    private static ClippedModel Fuse(ClippedModel clipped, LoweredModel model, CancellationToken cancellation)
    {
        Value[] given = [.. model.Forward.SelectMany(operation => operation.Writes)];
        IReadOnlyList<Operation> operations = DropoutMaskElision.Run(model.Forward, clipped.Operations, cancellation);
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
            DropoutMaskElision.Run(model.Forward, loop.Body, cancellation), [], cancellation, given);
    }
}
