namespace ModelDsl.Generator.Shapes;

/// <summary>The outcome of shape inference.</summary>
/// <param name="Layers">The layers up to the first that does not fit; input first and loss last if all do.</param>
/// <param name="Issues">The rules that the model breaks.</param>
/// <param name="IsComplete">Whether every layer is bound and no rule of error severity is broken.</param>
internal sealed record ShapedModel(EquatableArray<BoundLayer> Layers, EquatableArray<ShapeIssue> Issues, bool IsComplete)
{
    /// <inheritdoc cref="ModelDeclaration.Result"/>
    public LayerSource? Result { get; init; }

    /// <summary>The blocks, by their full names, that fit somewhere in the model, be it in a block that does not.</summary>
    public EquatableArray<string> FittingBlocks { get; init; } = [];
}
