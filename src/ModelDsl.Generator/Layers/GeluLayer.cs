namespace ModelDsl.Generator.Layers;

/// <summary>x·Φ(x), with Φ the normal distribution function, exact or through tanh.</summary>
internal sealed class GeluLayer : ActivationLayer
{
    public override string AttributeType => typeof(GeluAttribute).FullName;

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new(declaration.Read<GeluAttribute>().Approximate ? "ApproximateGelu" : "Gelu");
}
