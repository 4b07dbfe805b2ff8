namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>
/// result = source · mask / (1 - rate). The mask is a function of seed, step, layer and place, so the gradient's is the
/// same operation.
/// </summary>
internal sealed class DropoutOperation(BoundLayer layer, Value source, float rate, Value result)
    : StageOperation(layer, source, result)
{
    public float Rate => rate;

    /// <summary>What kept elements are multiplied by.</summary>
    public float Scale => DropoutRate.ScaleOf(rate);

    public override bool IsRandom => true;

    public override string DescribeStage(NameOf name) => $"dropout of {NumberText.Of(rate)}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            gradients.Add(new DropoutOperation(Layer, gradient, rate, gradients.Contribute(Source)));
        }
    }

    public override KernelObject Stage => new("Dropout", [rate, .. Argument.RandomOf(Layer)])
    {
        NumberedRows = Source.Shape.Rows,
    };
}
