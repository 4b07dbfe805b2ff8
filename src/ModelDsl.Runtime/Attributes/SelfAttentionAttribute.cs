namespace ModelDsl;

/// <summary>
/// Attention of a sequence to itself in several heads: softmax(Q·Kᵀ / √size)·V for each head, with queries, keys and values
/// projected from the input, and the heads' results projected to the output. Vaswani et al. (2017).
/// </summary>
/// <remarks>
/// Tensors: <c>qkvWeight</c> of [3·width, width] (queries, then keys, then values; within each, head by head) with
/// <c>qkvBias</c>, and <c>outputWeight</c> of [width, width] with <c>outputBias</c>. Working memory grows with the length of
/// the sequence, not with its square.
/// </remarks>
public sealed class SelfAttentionAttribute : LayerAttribute
{
    /// <summary>The number of heads, at least 1; it divides the width. Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether a step sees only itself and the steps before it. Default: false.</summary>
    public bool Causal { get; set; }

    /// <summary>Whether the projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}
