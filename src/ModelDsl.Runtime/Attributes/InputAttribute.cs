namespace ModelDsl;

/// <summary>The shape of one sample. The first stage of every model.</summary>
/// <param name="dimensions">The extents, outermost first: <c>Input(28, 28)</c>. Each is at least 1.</param>
public sealed class InputAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;

    /// <summary>What the elements are. Tokens are a sequence of one dimension, for an embedding.</summary>
    public ElementType Type { get; set; }

    /// <summary>
    /// Whether the first of two dimensions counts steps in time, so that layers for vectors work on each step. Default:
    /// false.
    /// </summary>
    public bool Sequence { get; set; }
}
