using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = source.</summary>
internal sealed class CopyOperation(BoundLayer layer, Value source, Value result) : HostOperation(layer, result)
{
    public override IEnumerable<Value> Reads => [source];

    public override string Describe() => $"{OperationWriter.MatrixText(source.Shape)} → copy";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.ContributeView(source, gradient);
        }
    }

    public override void EmitHosting(OperationWriter writer, Value destination, IReadOnlyList<string> stages) =>
        writer.CallWithStages(
            "Elementwise.Apply",
            stages,
            writer.Name(source), writer.Name(destination), writer.Rows(source.Shape), $"{Columns}");
}
