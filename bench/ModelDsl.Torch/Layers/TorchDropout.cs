namespace Benchmarks.Torch.Layers;

internal sealed class TorchDropout(DropoutAttribute attribute, TorchLayerContext context) : ITorchLayer<DropoutAttribute>
{
    public Tensor Forward(Tensor input) => F.dropout(input, attribute.Rate, context.Training);
}
