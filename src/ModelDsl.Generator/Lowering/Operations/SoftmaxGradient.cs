namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>∂source = y · (∂y - Σ ∂y·y), row by row.</summary>
internal sealed class SoftmaxGradient(BoundLayer layer, Value output, Value outputGradient, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [output, outputGradient];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(output.Shape)} → gradient of the softmax of each row";

    public override IReadOnlyList<KernelCall> Calls =>
            [new("Softmax.Backward", [output, outputGradient, result,
            Size.Rows(output.Shape), output.Shape.Columns])];
}
