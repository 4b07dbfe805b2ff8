using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace ModelDsl.Torch.Layers;

internal sealed class TorchSelfAttention : ITorchLayer<SelfAttentionAttribute>
{
    private readonly SelfAttentionAttribute _attribute;
    private readonly Parameter _qkvWeight;
    private readonly Parameter _outputWeight;
    private readonly Parameter? _qkvBias;
    private readonly Parameter? _outputBias;

    public TorchSelfAttention(SelfAttentionAttribute attribute, TorchLayerContext context)
    {
        string name = context.NameOf(attribute, "selfAttention");
        long width = context.Shape[^1];
        _attribute = attribute;
        _qkvWeight = context.AddParameter(attribute, $"{name}.qkvWeight", 3 * width, width);
        _qkvBias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.qkvBias", 3 * width) : null;
        _outputWeight = context.AddParameter(attribute, $"{name}.outputWeight", width, width);
        _outputBias = attribute.UseBias ? context.AddParameter(attribute, $"{name}.outputBias", width) : null;
    }

    public Tensor Forward(Tensor input)
    {
        (long batch, long steps, long width) = (input.shape[0], input.shape[1], input.shape[2]);
        Tensor[] qkv = [.. F.linear(input, _qkvWeight, _qkvBias).chunk(3, -1)
            .Select(part => part.view(batch, steps, _attribute.Heads, width / _attribute.Heads).transpose(1, 2))];
        Tensor result = F.scaled_dot_product_attention(qkv[0], qkv[1], qkv[2], is_casual: _attribute.Causal);
        return F.linear(result.transpose(1, 2).reshape(batch, steps, width), _outputWeight, _outputBias);
    }
}
