namespace ModelDsl.Generator.Shapes;

/// <summary>
/// What one layer attribute means for shapes: what it takes, what it makes of it, and what it reports. The stage after
/// this one adds the operations.
/// </summary>
internal abstract class LayerRule
{
    /// <summary>The attribute's class by its metadata name.</summary>
    public abstract string AttributeType { get; }

    /// <summary>All attribute classes that the rule serves, where a generic one comes in several arities.</summary>
    public virtual IEnumerable<string> AttributeTypes => [AttributeType];

    public virtual LayerRole Role => LayerRole.Hidden;

    /// <summary>Whether the layer takes tokens; the others take numbers only.</summary>
    public virtual bool TakesTokens => false;

    /// <summary>Whether its blocks may be towers, which start with inputs of their own, where it is a model's first layer.</summary>
    public virtual bool TakesTowers => false;

    /// <summary>Whether its blocks are heads, which end with losses of their own.</summary>
    public virtual bool TakesHeads => false;

    /// <summary>
    /// Whether the layer computes with parameters alone too: what it makes of a sample depends on nothing but that, and
    /// it has neither parameters nor penalties nor random numbers of its own.
    /// </summary>
    public virtual bool TakesParametersAlone => false;

    /// <summary>Whether it is a source, which takes nothing of what flows into the model or block.</summary>
    public virtual bool IsSource => false;

    public virtual LayerTraits Traits => LayerTraits.None;

    /// <summary>Checks the arguments against the input and returns the output's shape, or null after reporting.</summary>
    public abstract TensorShape? InferShape(LayerContext layer);

    /// <summary>As <see cref="InferShape"/>, for all outputs; a layer with several overrides it.</summary>
    public virtual IReadOnlyList<TensorShape>? InferShapes(LayerContext layer) =>
        InferShape(layer) is { } output ? [output] : null;

    /// <summary>
    /// The shape of the layer's tensor <c>weight</c>, where another layer may use it too by <c>TiedTo</c>; null where it has none.
    /// </summary>
    public virtual TensorShape? WeightShape(BoundLayer layer) => null;

    /// <summary>
    /// Whether the layer can run one step of a sequence at a time: what it makes of a step depends on that step and on what
    /// it keeps of those before, and there are as many steps behind it as before it.
    /// </summary>
    public virtual bool CanStep(BoundLayer layer) => false;

    /// <summary>
    /// Why the layer cannot be part of a model of a precision of 16 bits, as the end of a sentence; null where it can.
    /// </summary>
    public virtual string? ObstacleTo(Precision precision) => null;
}
