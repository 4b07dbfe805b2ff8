namespace ModelDsl.Generator.Shapes;

/// <summary>Where a layer stands: in the model, or in a block that the model uses.</summary>
/// <param name="Index">The number of the model's attribute that it is, or that the block around it came from.</param>
/// <param name="Way">The way into the blocks of that attribute, outermost first; empty for a layer of the model itself.</param>
internal sealed record LayerPlace(int Index, EquatableArray<BlockStep> Way)
{
    /// <summary>The number of the layer among those of its model or block.</summary>
    public int Number => IsInBlock ? Way[Way.Count - 1].Layer : Index;

    public bool IsInBlock => Way.Count > 0;

    /// <summary>The place of a layer of the model itself.</summary>
    public static LayerPlace InModel(int index) => new(index, []);

    /// <summary>The place of another layer of the same model or block.</summary>
    public LayerPlace Beside(int number) => IsInBlock
        ? this with { Way = Way.Take(Way.Count - 1).Append(Way[Way.Count - 1] with { Layer = number }).ToEquatableArray() }
        : InModel(number);

    /// <summary>The place of the first layer of a block that the layer uses.</summary>
    public LayerPlace Within(int typeArgument, int copy) =>
        this with { Way = Way.Append(new BlockStep(typeArgument, copy, 0)).ToEquatableArray() };

    /// <summary>The place of the layer that this one came from, seen from so many blocks deep.</summary>
    public LayerPlace At(int depth) => depth == Way.Count ? this : this with { Way = Way.Take(depth).ToEquatableArray() };

    /// <summary>The same place of the text, whichever copy of a repeated block it stands in.</summary>
    public LayerPlace InText() => this with { Way = Way.Select(step => step with { Copy = 0 }).ToEquatableArray() };

    /// <summary>How many blocks deep two layers have all blocks around them, and the copies of those, in common.</summary>
    public int CommonDepth(LayerPlace other)
    {
        int depth = 0;
        while (depth < Way.Count
            && depth < other.Way.Count
            && At(depth).Equals(other.At(depth))
            && Way[depth] with { Layer = 0 } == other.Way[depth] with { Layer = 0 })
        {
            depth++;
        }

        return depth;
    }
}
