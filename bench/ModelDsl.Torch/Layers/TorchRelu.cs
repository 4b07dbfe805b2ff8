namespace Benchmarks.Torch.Layers;

internal sealed class TorchRelu(TorchLayerContext context) : ITorchLayer<ReluAttribute>
{
    private readonly bool _inPlace = context.Previous is
        DenseAttribute or Conv2DAttribute or DepthwiseConv2DAttribute or BatchNormAttribute;

    /// <summary>In place behind layers whose own backward pass does not read their output.</summary>
    public Tensor Forward(Tensor input) => F.relu(input, _inPlace);
}
