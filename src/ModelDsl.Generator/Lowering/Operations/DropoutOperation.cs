using ModelDsl.Generator.Common;
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

    /// <summary>
    /// What kept elements are multiplied by, as the runtime's <c>Dropout.ScaleOf</c> has it: the mask takes 16 random bits for each
    /// element, so the probability that one is kept is a multiple of 2⁻¹⁶.
    /// </summary>
    public float Scale => rate == 1f ? 0f : (float)(65536 / (65536 - Math.Min(65535, Math.Round(rate * 65536.0))));

    public override bool IsRandom => true;

    public override string DescribeStage(NameOf name) => $"dropout of {NumberText.Of(rate)}";

    public override void Differentiate(IGradients gradients)
    {
        if (gradients.Of(Result, Layer) is { } gradient && gradients.Needs(Source))
        {
            gradients.Add(new DropoutOperation(Layer, gradient, rate, gradients.Contribute(Source)));
        }
    }

    public override KernelObject Stage => new("Dropout", [rate, .. Argument.RandomOf(Layer)]);
}
