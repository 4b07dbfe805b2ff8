using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>The outputs of several heads, side by side for each sample. The losses read the heads' own.</summary>
internal sealed class OutputJoin(BoundLayer layer, IReadOnlyList<Value> heads, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => heads;

    public override IEnumerable<Value> Writes => [result];

    public override string Describe() =>
        $"{string.Join(" | ", heads.Select(head => head.Shape.ToString()))} → [batch, {result.Shape}]";

    public override void Differentiate(GradientBuilder gradients)
    {
        // Nothing is computed from it.
    }

    public override void Emit(OperationWriter writer)
    {
        int start = 0;
        foreach (Value head in heads)
        {
            int count = head.Shape.Count;
            writer.Call(
                "Columns.Copy",
                writer.Name(head), $"{count}", "0", writer.Name(result), $"{result.Shape.Count}", $"{start}", "batch", $"{count}");
            start += count;
        }
    }
}
