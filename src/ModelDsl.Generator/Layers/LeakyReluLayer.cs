using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>x where x is positive, slope·x elsewhere.</summary>
internal sealed class LeakyReluLayer : ActivationLayer
{
    public override string AttributeType => "ModelDsl.LeakyReluAttribute";

    public override TensorShape? InferShape(LayerContext layer)
    {
        float slope = layer.Declaration.Float("slope");
        if (!(slope >= 0f && slope < 1f))
        {
            layer.Report(RateOutOfRange.Message("LeakyRelu", "slope", RateOutOfRange.HalfOpen, slope), "slope");
            return null;
        }

        return layer.Input;
    }

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new("LeakyRelu", [declaration.Float("slope")]) { DerivativeUsesOutput = true };
}
