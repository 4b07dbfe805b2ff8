namespace ModelDsl.Generator.Layers;

/// <summary>x where x is positive, alpha·(exp(x) - 1) elsewhere.</summary>
internal sealed class EluLayer : ActivationLayer
{
    public override string AttributeType => typeof(EluAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float alpha = layer.Arguments<EluAttribute>().Alpha;
        if (!(alpha > 0f && alpha < float.PositiveInfinity))
        {
            layer.Report(NumberMustBePositive.Message("Elu", "an alpha", alpha), nameof(EluAttribute.Alpha));
            return null;
        }

        return layer.Input;
    }

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new("Elu", [declaration.Read<EluAttribute>().Alpha]) { DerivativeUsesOutput = true };
}
