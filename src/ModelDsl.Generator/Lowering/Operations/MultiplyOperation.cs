namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = other · source, element by element.</summary>
internal sealed class MultiplyOperation(BoundLayer layer, Value other, Value source, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [other];

    public override string DescribeStage(NameOf name) => $"· {name(other)}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        // The gradient of each factor is the other factor.
        if (gradients.Needs(Source))
        {
            gradients.Add(new MultiplyOperation(Layer, other, gradient, gradients.Contribute(Source)));
        }

        if (gradients.Needs(other))
        {
            gradients.Add(new MultiplyOperation(Layer, Source, gradient, gradients.Contribute(other)));
        }
    }

    public override KernelObject Stage => new("Multiply", [other, Columns]);
}
