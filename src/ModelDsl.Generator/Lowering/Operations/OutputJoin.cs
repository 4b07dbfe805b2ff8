namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The outputs of several heads, side by side for each sample. The losses read the heads' own.</summary>
internal sealed class OutputJoin(BoundLayer layer, IReadOnlyList<Value> heads, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => heads;

    public override IEnumerable<Value> Writes => [result];

    public override Work Work => Work.None;

    public override string Describe(NameOf name) =>
        $"{string.Join(" | ", heads.Select(head => head.Shape.ToString()))} → [batch, {result.Shape}]";

    public override void Differentiate(IGradients gradients)
    {
        // Nothing is computed from it.
    }

    public override IReadOnlyList<KernelCall> Calls => SideBySide.Copy(
        heads.Select(head => (head, head.Shape.Count)), result, result.Shape.Count, Argument.Batch);
}

/// <summary>Copies of several matrices into one, beside each other.</summary>
internal static class SideBySide
{
    /// <summary>The copies.</summary>
    /// <param name="parts">The matrices with their columns.</param>
    /// <param name="result">Where they go.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="rows">The rows of all.</param>
    public static IReadOnlyList<KernelCall> Copy(
        IEnumerable<(Value Part, int Columns)> parts, Value result, int columns, Argument rows)
    {
        List<KernelCall> calls = [];
        int start = 0;
        foreach ((Value part, int width) in parts)
        {
            calls.Add(new KernelCall("Columns.Copy", [part, width, 0, result, columns, start, rows, width]));
            start += width;
        }

        return calls;
    }
}
