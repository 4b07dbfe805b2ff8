namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A cross attention whose queries and memory are tensors of a method.</summary>
internal sealed class CrossAttentionAttribute : LayerAttribute, IAttentionArguments
{
    /// <summary>The number of heads, which divides the features of the queries. Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether the projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}
