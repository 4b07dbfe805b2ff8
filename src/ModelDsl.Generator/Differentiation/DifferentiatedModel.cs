namespace ModelDsl.Generator.Differentiation;

/// <summary>A model with its backward pass.</summary>
/// <param name="Model">The model.</param>
/// <param name="Backward">The operations from the gradients of the outputs to those of the parameters.</param>
internal sealed record DifferentiatedModel(LoweredModel Model, IReadOnlyList<Operation> Backward)
{
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static DifferentiatedModel From(LoweredModel model, CancellationToken cancellation) =>
        new(model, GradientBuilder.Derive(model, cancellation));
}
