namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The outputs of several heads, side by side for each sample. The losses read the heads' own.</summary>
internal sealed class OutputJoin(BoundLayer layer, IReadOnlyList<Value> heads, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => heads;

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) =>
        $"{string.Join(" | ", heads.Select(head => head.Shape.ToString()))} → [batch, {result.Shape}]";

    public override void Differentiate(IGradients gradients)
    {
        // Nothing is computed from it.
    }

    public override IReadOnlyList<KernelCall> Calls
    {
        get
        {
            List<KernelCall> calls = [];
            int start = 0;
            foreach (Value head in heads)
            {
                int count = head.Shape.Count;
                calls.Add(new KernelCall(
                    "Columns.Copy", [head, count, 0, result, result.Shape.Count, start, Argument.Batch, count]));
                start += count;
            }

            return calls;
        }
    }
}
