using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂input = ∂output · weight, row by row.</summary>
internal sealed class LinearInputGradient(BoundLayer layer, Value outputGradient, Value weight, Value result)
    : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => [outputGradient, weight];

    public override string Describe()
    {
        string rows = OperationWriter.RowsText(outputGradient.Shape);
        return $"[{rows}, {outputGradient.Shape.Columns}] · [{weight.Shape.ToString(", ")}] → [{rows}, {Columns}]";
    }

    public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
        writer.CallWithStages(
            "MatrixMultiplication.Times",
            stages,
            writer.Name(outputGradient), writer.Name(weight), writer.Name(destination),
            writer.Rows(outputGradient.Shape), $"{Columns}", $"{outputGradient.Shape.Columns}");
}
