namespace ModelDsl;

/// <summary>Joins all dimensions into one: 28x28 becomes 784. Costs nothing at run time.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>
/// The tensor as a sequence: the pixels of an image [height, width, channels], row by row, become height·width
/// steps of channels; of [n, features] the first dimension becomes steps. Layers for sequences take it then, and
/// those for vectors work on each step. Costs nothing at run time.
/// </summary>
public sealed class ToSequenceAttribute : LayerAttribute;

/// <summary>Gives the same elements other dimensions. Costs nothing at run time.</summary>
/// <param name="dimensions">The new extents, outermost first; one of them may be -1 and is then inferred.</param>
public sealed class ReshapeAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The new extents, outermost first; one of them may be -1 and is then inferred.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}
