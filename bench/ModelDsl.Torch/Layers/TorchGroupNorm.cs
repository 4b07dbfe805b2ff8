namespace Benchmarks.Torch.Layers;

internal sealed class TorchGroupNorm : ITorchLayer<GroupNormAttribute>
{
    private readonly GroupNormAttribute _attribute;
    private readonly Parameter _weight;
    private readonly Parameter _bias;

    public TorchGroupNorm(GroupNormAttribute attribute, TorchLayerContext context)
    {
        _attribute = attribute;
        string name = context.NameOf(attribute, "groupNorm");
        _weight = context.AddParameter(attribute, $"{name}.weight", context.Shape[^1]);
        _bias = context.AddParameter(attribute, $"{name}.bias", context.Shape[^1]);
    }

    public Tensor Forward(Tensor input)
    {
        // With channels last libtorch 2.10 reads and writes beyond small images, in the backward pass.
        Tensor planes = input.movedim([-1], [1]).contiguous();
        return F.group_norm(planes, _attribute.Groups, _weight, _bias, _attribute.Epsilon).movedim([1], [-1]);
    }
}
