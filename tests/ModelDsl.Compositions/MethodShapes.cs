using System.Collections.Immutable;

namespace ModelDsl.Compositions;

/// <summary>The shapes of what operations of tensors give, as they are documented.</summary>
internal static class MethodShapes
{
    /// <summary>What shapes are broadcast to; null where they do not fit.</summary>
    public static SampleShape? Broadcast(params SampleShape[] shapes)
    {
        int rank = shapes.Max(shape => shape.Dimensions.Length);
        int[] extents = [.. Enumerable.Range(0, rank).Select(i => shapes.Max(shape => ExtentOf(shape, i, rank)))];
        bool fits = shapes.All(shape => Enumerable.Range(0, rank)
            .All(i => ExtentOf(shape, i, rank) is var one && (one == 1 || one == extents[i])));
        return fits
            ? new SampleShape(
                [.. extents],
                IsSequence: shapes.Any(shape =>
                    shape.IsSequence && shape.Dimensions.Length == rank && shape.Dimensions[0] == extents[0]))
            : null;
    }

    /// <summary>A shape with another extent of one dimension.</summary>
    public static SampleShape With(this SampleShape shape, int dimension, int extent) =>
        shape with { Dimensions = shape.Dimensions.SetItem(dimension, extent) };

    /// <summary>A shape without some of its dimensions; one element where none is left.</summary>
    public static SampleShape Without(this SampleShape shape, params int[] dimensions)
    {
        ImmutableArray<int> left = [.. shape.Dimensions.Where((_, i) => !dimensions.Contains(i))];
        return new SampleShape(
            left.IsEmpty ? [1] : left, shape.IsSequence && !dimensions.Contains(0) && left.Length > 1);
    }

    private static int ExtentOf(SampleShape shape, int dimension, int rank) =>
        dimension < rank - shape.Dimensions.Length ? 1 : shape.Dimensions[dimension - rank + shape.Dimensions.Length];
}
