using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>
/// What one layer attribute means: its shape rule with the diagnostics, and its operations. Adding a layer is adding a
/// subclass; nothing else in the compiler knows the kinds.
/// </summary>
internal abstract class LayerDefinition
{
    /// <summary>The attribute's class by its metadata name.</summary>
    public abstract string AttributeType { get; }

    /// <summary>All attribute classes that the definition serves, where a generic one comes in several arities.</summary>
    public virtual IEnumerable<string> AttributeTypes => [AttributeType];

    public virtual LayerRole Role => LayerRole.Hidden;

    /// <summary>Whether the layer takes tokens; the others take numbers only.</summary>
    public virtual bool TakesTokens => false;

    /// <summary>Whether its blocks may be towers, which start with inputs of their own, where it is a model's first layer.</summary>
    public virtual bool TakesTowers => false;

    public virtual LayerTraits Traits => LayerTraits.None;

    /// <summary>Checks the arguments against the input and returns the output's shape, or null after reporting.</summary>
    public abstract TensorShape? InferShape(LayerContext layer);

    /// <summary>Adds the layer's forward operations and returns its output; their backward rules do the rest.</summary>
    public abstract Value Lower(BoundLayer layer, ProgramBuilder program, Value input);

    /// <summary>
    /// The shape of the layer's tensor <c>weight</c>, where another layer may use it too by <c>TiedTo</c>; null where it has none.
    /// </summary>
    public virtual TensorShape? WeightShape(BoundLayer layer) => null;

    /// <summary>
    /// Whether the layer can run one step of a sequence at a time: what it makes of a step depends on that step and on what
    /// it keeps of those before, and there are as many steps behind it as before it. Only then is <see cref="LowerStep"/>
    /// called.
    /// </summary>
    public virtual bool CanStep(BoundLayer layer) => false;

    /// <summary>
    /// Adds the operations that compute one step of one sequence at inference. The layer's shapes are those of one step;
    /// <see cref="ProgramBuilder.Kept"/> makes the values that last from step to step. A layer that works on each step by
    /// itself need not override it.
    /// </summary>
    public virtual Value LowerStep(BoundLayer layer, ProgramBuilder program, Value input) => Lower(layer, program, input);
}
