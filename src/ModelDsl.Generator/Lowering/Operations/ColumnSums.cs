using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>sums = the sums of the source's columns over all rows of the batch: the gradient of a bias.</summary>
internal sealed class ColumnSums(BoundLayer layer, Value source, Value sums, bool accumulate) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [sums];

    public override string Describe() => $"{OperationWriter.MatrixText(source.Shape)} → sums of its columns [{sums.Shape}]";

    public override void Emit(OperationWriter writer)
    {
        List<string> arguments =
            [writer.Name(source), writer.Name(sums), writer.Rows(source.Shape), $"{source.Shape.Columns}"];
        if (accumulate)
        {
            arguments.Add("accumulate: true");
        }

        writer.Call("Columns.Sum", [.. arguments]);
    }
}
