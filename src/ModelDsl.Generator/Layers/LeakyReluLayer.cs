namespace ModelDsl.Generator.Layers;

/// <summary>x where x is positive, slope·x elsewhere.</summary>
internal sealed class LeakyReluLayer : ActivationLayer
{
    public override string AttributeType => typeof(LeakyReluAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        float slope = layer.Arguments<LeakyReluAttribute>().Slope;
        if (!(slope >= 0f && slope < 1f))
        {
            layer.Report(
                RateOutOfRange.Message("LeakyRelu", "slope", RateOutOfRange.HalfOpen, slope),
                nameof(LeakyReluAttribute.Slope));
            return null;
        }

        return layer.Input;
    }

    protected override ActivationFunction Function(LayerDeclaration declaration) =>
        new("LeakyRelu", [declaration.Read<LeakyReluAttribute>().Slope]) { DerivativeUsesOutput = true };
}
