using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>One of several inputs, out of samples that have them side by side.</summary>
internal sealed class InputSlice(BoundLayer layer, Value samples, int start, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [samples];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe()
    {
        int end = start + result.Shape.Count;
        return $"[batch, {start}..{end}] of [batch, {samples.Shape}] → [batch, {result.Shape.ToString(", ")}]";
    }

    public override void Emit(OperationWriter writer) => writer.Call(
        "Columns.Copy",
        writer.Name(samples), $"{samples.Shape.Count}", $"{start}",
        writer.Name(result), $"{result.Shape.Count}", "0", "batch", $"{result.Shape.Count}");
}
