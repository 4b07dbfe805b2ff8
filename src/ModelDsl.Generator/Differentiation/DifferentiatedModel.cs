namespace ModelDsl.Generator.Differentiation;

/// <summary>A model with its backward pass.</summary>
/// <param name="Model">The model.</param>
/// <param name="Backward">The operations from the gradients of the outputs to those of the parameters.</param>
/// <param name="InputGradient">
/// The gradient of the samples; null where it is not asked for, or all inputs are tokens.
/// </param>
internal sealed record DifferentiatedModel(LoweredModel Model, IReadOnlyList<Operation> Backward, Value? InputGradient)
{
    /// <summary>
    /// The operations from the gradients that losses write to those of the outputs, where these are not the same.
    /// </summary>
    public IReadOnlyList<Operation> Comparison { get; init; } = [];

    /// <summary>The gradient of the outputs of each head, which <see cref="Backward"/> starts from.</summary>
    public IReadOnlyList<Value> OutputGradients { get; init; } = [];

    /// <summary>All operations behind the kernels of losses.</summary>
    public IReadOnlyList<Operation> WholeBackward => [.. Comparison, .. Backward];

    /// <summary>The program that clips the gradients of samples; null where it is not asked for.</summary>
    public ClippedModel? Clipped { get; init; }

    /// <param name="model">The model.</param>
    /// <param name="hasInputGradient">Whether the gradient of the samples is asked for.</param>
    /// <param name="clipsSamples">Whether gradients that are clipped sample by sample are asked for.</param>
    /// <param name="cancellation">Looked at for each operation.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DifferentiatedModel From(
        LoweredModel model, bool hasInputGradient, bool clipsSamples, CancellationToken cancellation) =>
        model.IsForInference
            ? new DifferentiatedModel(model, [], null)
            : GradientBuilder.Derive(
                model, hasInputGradient && ModelInputs.HasNumbers(model.Layers), cancellation) with
            {
                Clipped = clipsSamples ? ClippedModel.From(model, cancellation) : null,
            };
}
