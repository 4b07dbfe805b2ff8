namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>result = source where a condition is not 0, another value where it is.</summary>
internal sealed class ChooseOperation(BoundLayer layer, Value condition, Value source, Value other, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [condition, other];

    public override string DescribeStage(NameOf name) => $"where {name(condition)} is not 0, else {name(other)}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is not { } gradient)
        {
            return;
        }

        BroadcastOperand where = BroadcastOperand.Equal(condition);
        if (gradients.Needs(Source))
        {
            gradients.Add(new CombineOperation(
                Layer, BinaryFunction.Selection, gradient, where, gradients.Contribute(Source)));
        }

        if (gradients.Needs(other))
        {
            gradients.Add(new CombineOperation(
                Layer, BinaryFunction.Rejection, gradient, where, gradients.Contribute(other)));
        }
    }

    public override KernelObject Stage => new("Choose", [condition, other, Columns]);
}

/// <summary>result = a number where a condition is not 0, or where it is; the source elsewhere.</summary>
internal sealed class FillOperation(
    BoundLayer layer, Value condition, Value source, float number, bool whereZero, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [condition];

    public override string DescribeStage(NameOf name) =>
        $"{NumberText.Of(number)} where {name(condition)} is {(whereZero ? "" : "not ")}0";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            gradients.Add(new CombineOperation(
                Layer, whereZero ? BinaryFunction.Selection : BinaryFunction.Rejection, gradient,
                BroadcastOperand.Equal(condition), gradients.Contribute(Source)));
        }
    }

    public override KernelObject Stage =>
        new("FillWhere", [condition, Columns, number, Argument.Named("whereZero", whereZero)]);
}
