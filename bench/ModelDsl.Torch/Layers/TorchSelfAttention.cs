namespace Benchmarks.Torch.Layers;

internal sealed class TorchSelfAttention : ITorchLayer<SelfAttentionAttribute>
{
    private readonly SelfAttentionAttribute _attribute;
    private readonly TorchLayerContext _context;
    private readonly Parameter _qkvWeight;
    private readonly Parameter _outputWeight;
    private readonly Parameter? _qkvBias;
    private readonly Parameter? _outputBias;

    public TorchSelfAttention(SelfAttentionAttribute attribute, TorchLayerContext context)
    {
        string name = context.NameOf(attribute, "selfAttention");
        long width = context.Shape[^1];
        _attribute = attribute;
        _context = context;
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
        if (_attribute.Rotary)
        {
            (qkv[0], qkv[1]) = (Turn(qkv[0]), Turn(qkv[1]));
        }

        Tensor? mask = _context.IsPadding is { } padding ? padding.logical_not().view(batch, 1, 1, steps) : null;
        if (mask is not null && _attribute.Causal)
        {
            mask = mask.logical_and(ones(steps, steps, ScalarType.Bool).tril());
        }

        // libtorch's softmax over nothing is not a number: such a row sees all, and counts for nothing.
        Tensor? isSeeing = mask?.any(-1, keepdim: true);
        mask = mask?.logical_or(isSeeing!.logical_not());
        Tensor result = F.scaled_dot_product_attention(
            qkv[0], qkv[1], qkv[2], attn_mask: mask, is_casual: mask is null && _attribute.Causal);
        result = isSeeing is null ? result : result * isSeeing.to(ScalarType.Float32);
        return F.linear(result.transpose(1, 2).reshape(batch, steps, width), _outputWeight, _outputBias);
    }

    // x·cos + rotate_half(x)·sin, as Llama's code has it.
    private Tensor Turn(Tensor heads)
    {
        (long steps, long size) = (heads.shape[2], heads.shape[3]);
        Tensor frequencies = pow(_attribute.RotaryBase, arange(0, size, 2, ScalarType.Float64) / -size);
        Tensor angles = arange(0, steps, ScalarType.Float64).unsqueeze(1) * frequencies;
        angles = cat([angles, angles], -1);
        Tensor[] halves = heads.chunk(2, -1);
        Tensor turned = cat([-halves[1], halves[0]], -1);
        return (heads * angles.cos().to(ScalarType.Float32)) + (turned * angles.sin().to(ScalarType.Float32));
    }
}
