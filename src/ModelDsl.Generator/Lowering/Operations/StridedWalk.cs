namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>Which element of a source goes to which place of a destination, by steps along dimensions.</summary>
/// <param name="Extents">How often a step along each dimension is taken.</param>
/// <param name="Sources">The steps in the source; 0 where it is repeated.</param>
/// <param name="Destinations">The steps in the destination.</param>
internal sealed record StridedWalk(
    EquatableArray<int> Extents, EquatableArray<int> Sources, EquatableArray<int> Destinations)
{
    /// <summary>Whether some elements go to several places.</summary>
    public bool Repeats => Sources.Contains(0);

    /// <summary>The walk the other way round.</summary>
    public StridedWalk Reverse => Of(Steps.Select(step => new Step(step.Extent, step.Destination, step.Source)));

    /// <summary>The dimensions that the source has, in the order in which they lie in it.</summary>
    public IReadOnlyList<Step> Kept =>
        Merge([.. Steps.Where(step => step.Source > 0).OrderByDescending(step => step.Source)]);

    /// <summary>The dimensions along which the source is repeated.</summary>
    public IReadOnlyList<Step> Repeated =>
        Merge([.. Steps.Where(step => step.Source == 0).OrderByDescending(step => step.Destination)]);

    private IEnumerable<Step> Steps =>
        Extents.Select((extent, number) => new Step(extent, Sources[number], Destinations[number]));

    /// <summary>The walk of some steps, with those that go on from each other as one.</summary>
    public static StridedWalk Of(IEnumerable<Step> steps)
    {
        List<Step> merged = Merge([.. steps.OrderByDescending(step => step.Destination)]);

        // The kernel turns a matrix whose rows follow each other in the source.
        int next = merged.FindIndex(step => step.Source == 1);
        if (next >= 0 && next < merged.Count - 2)
        {
            Step moved = merged[next];
            merged.RemoveAt(next);
            merged.Insert(merged.Count - 1, moved);
        }

        return new StridedWalk(
            [.. merged.Select(step => step.Extent)],
            [.. merged.Select(step => step.Source)],
            [.. merged.Select(step => step.Destination)]);
    }

    /// <summary>From a shape to one that it is broadcast to.</summary>
    public static StridedWalk Broadcast(TensorShape source, TensorShape destination)
    {
        int missing = destination.Rank - source.Rank;
        int[] from = StridesOf(source), to = StridesOf(destination);
        return Of(destination.Dimensions.Select((extent, dimension) => new Step(
            extent,
            dimension < missing || source.Dimensions[dimension - missing] != extent ? 0 : from[dimension - missing],
            to[dimension])));
    }

    /// <summary>The distances of neighbours along each dimension.</summary>
    public static int[] StridesOf(TensorShape shape)
    {
        int[] strides = new int[shape.Rank];
        int stride = 1;
        for (int dimension = shape.Rank - 1; dimension >= 0; dimension--)
        {
            strides[dimension] = stride;
            stride *= shape.Dimensions[dimension];
        }

        return strides;
    }

    private static List<Step> Merge(List<Step> steps)
    {
        List<Step> merged = [];
        foreach (Step step in steps.Where(step => step.Extent > 1))
        {
            if (merged.Count > 0
                && merged[merged.Count - 1] is var outer
                && outer.Source == step.Source * step.Extent
                && outer.Destination == step.Destination * step.Extent)
            {
                merged[merged.Count - 1] = step with { Extent = outer.Extent * step.Extent };
            }
            else
            {
                merged.Add(step);
            }
        }

        return merged;
    }

    /// <summary>Steps along a dimension.</summary>
    /// <param name="Extent">How many places there are.</param>
    /// <param name="Source">The distance from one to the next in the source.</param>
    /// <param name="Destination">The same in the destination.</param>
    internal readonly record struct Step(int Extent, int Source, int Destination);
}
