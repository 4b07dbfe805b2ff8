namespace Benchmarks.Torch.Layers;

internal sealed class TorchSpatialDropout(SpatialDropoutAttribute attribute, TorchLayerContext context)
    : ITorchLayer<SpatialDropoutAttribute>
{
    public Tensor Forward(Tensor input)
    {
        long[] shape = input.shape;
        shape.AsSpan(1, shape.Length - 2).Fill(1);
        return input * F.dropout(ones(shape), attribute.Rate, context.Training);
    }
}
