namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>One of several inputs, out of samples that have them side by side.</summary>
internal sealed class InputSlice(BoundLayer layer, Value samples, int start, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [samples];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name)
    {
        int end = start + result.Shape.Count;
        return $"[batch, {start}..{end}] of [batch, {samples.Shape}] → [batch, {result.Shape.ToString(", ")}]";
    }

    public override IReadOnlyList<KernelCall> Calls =>
    [
        new(
            "Columns.Copy",
            [samples, samples.Shape.Count, start, result, result.Shape.Count, 0, Argument.Batch, result.Shape.Count]),
    ];
}
