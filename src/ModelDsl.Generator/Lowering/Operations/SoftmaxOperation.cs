namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = exp(source) / Σ exp(source), row by row.</summary>
internal sealed class SoftmaxOperation(BoundLayer layer, Value source, Value result) : Operation(layer)
{
    public override IEnumerable<Value> Reads => [source];

    public override IEnumerable<Value> Writes => [result];

    public override string Describe(NameOf name) => $"{ShapeText.Matrix(source.Shape)} → softmax of each row";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(result, Layer) is { } gradient && gradients.Needs(source))
        {
            gradients.Add(new SoftmaxGradient(Layer, result, gradient, gradients.Contribute(source)));
        }
    }

    public override IReadOnlyList<KernelCall> Calls =>
            [new("Softmax.Forward", [source, result, Size.Rows(source.Shape), source.Shape.Columns])];
}
