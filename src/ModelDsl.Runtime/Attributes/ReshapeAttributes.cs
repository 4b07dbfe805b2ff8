namespace ModelDsl;

/// <summary>Joins all dimensions into one: 28x28 becomes 784. Costs nothing at run time.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>Gives the same elements other dimensions. Costs nothing at run time.</summary>
/// <param name="dimensions">The new extents, outermost first; one of them may be -1 and is then inferred.</param>
public sealed class ReshapeAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The new extents, outermost first; one of them may be -1 and is then inferred.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}
