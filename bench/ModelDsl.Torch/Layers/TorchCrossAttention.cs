namespace Benchmarks.Torch.Layers;

/// <summary>Attention of one sequence to another, between projections.</summary>
[TorchOf(typeof(CrossAttentionAttribute<>))]
[TorchOf(typeof(CrossAttentionAttribute<,>))]
internal sealed class TorchCrossAttention : ITorchLayer
{
    private readonly TorchBlock[] _blocks;
    private readonly Func<Tensor, Tensor, Tensor> _attend;

    public TorchCrossAttention(LayerAttribute attribute, TorchLayerContext context)
    {
        string name = context.NameOf(attribute, "crossAttention");
        long[] input = context.Shape;
        _blocks = TorchBlock.AllOf(attribute, context, name);
        long[] queries = _blocks.Length == 1 ? input : _blocks[0].Shape;
        dynamic arguments = attribute;
        _attend = Create(
            attribute, (int)arguments.Heads, (bool)arguments.UseBias, context, name, queries[^1],
            _blocks[^1].Shape[^1]);
        context.Shape = queries;
    }

    public Tensor Forward(Tensor input)
    {
        Tensor queries = _blocks.Length == 1 ? input : _blocks[0].Run(input);
        return _attend(queries, _blocks[^1].Run(input));
    }

    /// <summary>The attention itself: a function of queries and memory, [batch, steps, features] each.</summary>
    internal static Func<Tensor, Tensor, Tensor> Create(
        LayerAttribute attribute,
        int heads,
        bool useBias,
        TorchLayerContext context,
        string name,
        long width,
        long memoryWidth)
    {
        Func<Tensor, Tensor> query = Projection("query", width), key = Projection("key", memoryWidth);
        Func<Tensor, Tensor> value = Projection("value", memoryWidth), output = Projection("output", width);
        return (queries, memory) =>
        {
            Tensor? mask = context.IsPadding is { } padding && padding.shape[1] == memory.shape[1]
                ? padding.logical_not().view(memory.shape[0], 1, 1, memory.shape[1])
                : null;

            // libtorch's softmax over nothing is not a number: such a row sees all, and counts for nothing.
            Tensor? isSeeing = mask?.any(-1, keepdim: true);
            Tensor result = F.scaled_dot_product_attention(
                Heads(query(queries)), Heads(key(memory)), Heads(value(memory)),
                attn_mask: mask?.logical_or(isSeeing!.logical_not()));
            result = isSeeing is null ? result : result * isSeeing.to(ScalarType.Float32);
            return output(result.transpose(1, 2).reshape(queries.shape));
        };

        Tensor Heads(Tensor rows) =>
            rows.view(rows.shape[0], rows.shape[1], heads, width / heads).transpose(1, 2);

        Func<Tensor, Tensor> Projection(string part, long inputs)
        {
            Parameter weight = context.AddParameter(attribute, $"{name}.{part}Weight", width, inputs);
            Parameter? bias = useBias
                ? context.AddParameter(attribute, $"{name}.{part}Bias", width)
                : null;
            return x => F.linear(x, weight, bias);
        }
    }
}
