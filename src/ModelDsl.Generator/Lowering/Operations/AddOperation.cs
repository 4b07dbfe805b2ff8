namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = other + source, element by element. Adds up the gradients of a value with several readers.</summary>
internal sealed class AddOperation(BoundLayer layer, Value other, Value source, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [other];

    public override string DescribeStage(NameOf name) => $"+ {name(other)}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient)
        {
            foreach (Value operand in Reads.Where(gradients.Needs))
            {
                gradients.ContributeView(operand, gradient);
            }
        }
    }

    public override KernelObject Stage => new("Add", [other, Columns]);
}
