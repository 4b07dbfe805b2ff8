namespace ModelDsl.Generator.Lowering.Recurrent;

/// <summary>
/// result = source, but 0 in the steps that are padding. No gate's gradient comes from these, but the gradient of the
/// input's weight is a sum over all steps, in which 0 times what is not a number would be none.
/// </summary>
internal sealed class ClearPaddingOperation(BoundLayer layer, Value mask, Value source, Value result)
    : StageOperation(layer, source, result)
{
    public override IEnumerable<Value> Operands => [mask];

    public override string DescribeStage(NameOf name) => "0 in steps of padding";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            gradients.Add(new ClearPaddingOperation(Layer, mask, gradient, gradients.Contribute(Source)));
        }
    }

    public override KernelObject Stage => new("ClearPadding", [mask]);
}
