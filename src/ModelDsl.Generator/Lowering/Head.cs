namespace ModelDsl.Generator.Lowering;

/// <summary>An output of a model, and the loss that it is compared by.</summary>
/// <param name="Layer">The loss as the user wrote it.</param>
/// <param name="Output">The output.</param>
/// <param name="Gradient">
/// What the loss writes and the backward pass starts from: the gradient of the output, or of <see cref="Losses"/>.
/// </param>
internal sealed record Head(BoundLayer Layer, Value Output, Value Gradient)
{
    /// <summary>The loss of each sample, where operations compute it; null where a kernel takes the output.</summary>
    public Value? Losses { get; init; }

    /// <summary>What the kernel of the loss takes.</summary>
    public Value Compared => Losses ?? Output;

    public ILossDefinition Loss => (ILossDefinition)Layer.Definition;

    /// <summary>The name of the head's block, where a model has several heads.</summary>
    public string Name => ModelInputs.ScopeOf(Layer);

    /// <summary>The factor of the loss in what training minimises.</summary>
    public float Weight => (float)Layer.Arguments<LossAttribute>().Weight;
}
