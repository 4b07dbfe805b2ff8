using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Lowering.Operations;

/// <summary>
/// result = source · mask / (1 - rate). The mask is a function of seed, step, layer and place, so the gradient's is the
/// same operation.
/// </summary>
internal sealed class DropoutOperation(BoundLayer layer, Value source, float rate, Value result)
    : StageOperation(layer, source, result)
{
    public float Rate => rate;

    public override bool IsRandom => true;

    public override string DescribeStage() => $"dropout of {Literal.Text(rate)}";

    public override void Differentiate(GradientBuilder gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            gradients.Add(new DropoutOperation(Layer, gradient, rate, gradients.Contribute(Source)));
        }
    }

    public override string Stage(OperationWriter writer) =>
        writer.New("Dropout", $"{Literal.Of(rate)}, seed, step, layer: {writer.Ordinal(Layer)}");
}
