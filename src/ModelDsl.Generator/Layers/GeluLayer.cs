using ModelDsl.Generator.Lowering.Operations;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Layers;

/// <summary>x·Φ(x), with Φ the normal distribution function, exact or through tanh.</summary>
internal sealed class GeluLayer : ActivationLayer
{
    public override string AttributeType => "ModelDsl.GeluAttribute";

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new(declaration.Bool("Approximate") ? "ApproximateGelu" : "Gelu");
}
