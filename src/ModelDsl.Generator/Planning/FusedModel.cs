using ModelDsl.Generator.Differentiation;

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
            differentiated.InputGradient);
    }
}
