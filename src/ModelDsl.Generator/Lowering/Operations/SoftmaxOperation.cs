using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = exp(source) / Σ exp(source), row by row.</summary>
internal sealed class SoftmaxOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe() => $"{OperationWriter.MatrixText(source.Shape)} → softmax of each row";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new SoftmaxGradient(Layer, result, gradient, gradients.Contribute(source)));
        }
    }

    public override void Emit(OperationWriter writer) =>
        writer.Call(
            "Softmax.Forward",
            writer.Name(source), writer.Name(result), writer.Rows(source.Shape), $"{source.Shape.Columns}");
}
