namespace ModelDsl.Torch.Layers;

internal sealed class TorchRelu(TorchLayerContext context) : ITorchLayer<ReluAttribute>
{
    private readonly bool _inPlace = context.Previous is DenseAttribute;

    /// <summary>In place behind a matrix product, whose own backward pass does not read its output.</summary>
    public Tensor Forward(Tensor input) => F.relu(input, _inPlace);
}
