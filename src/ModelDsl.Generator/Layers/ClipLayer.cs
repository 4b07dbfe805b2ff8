namespace ModelDsl.Generator.Layers;

/// <summary>min(max(x, minimum), maximum).</summary>
internal sealed class ClipLayer : ActivationLayer
{
    public override string AttributeType => typeof(ClipAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        ClipAttribute clip = layer.Arguments<ClipAttribute>();
        if (!(clip.Minimum < clip.Maximum) || float.IsInfinity(clip.Minimum) || float.IsInfinity(clip.Maximum))
        {
            layer.Report(BoundsOutOfOrder.Message("Clip", clip.Minimum, clip.Maximum), nameof(ClipAttribute.Maximum));
            return null;
        }

        return layer.Input;
    }

    protected override ActivationFunction Function(LayerDeclaration declaration)
    {
        ClipAttribute clip = declaration.Read<ClipAttribute>();
        return new("Clip", [clip.Minimum, clip.Maximum]) { DerivativeUsesOutput = true };
    }
}
