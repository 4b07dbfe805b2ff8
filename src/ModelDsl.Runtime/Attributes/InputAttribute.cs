namespace ModelDsl;

/// <summary>The shape of one sample. The first stage of every model.</summary>
/// <param name="dimensions">The extents, outermost first: <c>Input(28, 28)</c>. Each is at least 1.</param>
public sealed class InputAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The extents, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}
