namespace Benchmarks.Torch.Layers;

// Whatever the rank, rows of channels: libtorch's takes images only.
internal sealed class TorchLocalResponseNorm(LocalResponseNormAttribute attribute, TorchLayerContext context)
    : ITorchLayer<LocalResponseNormAttribute>
{
    private readonly long _columns = context.Shape[^1];

    public Tensor Forward(Tensor input)
    {
        Tensor rows = input.reshape(-1, _columns, 1);
        return F.local_response_norm(rows, attribute.Size, attribute.Alpha, attribute.Beta, attribute.K)
            .reshape(input.shape);
    }
}
