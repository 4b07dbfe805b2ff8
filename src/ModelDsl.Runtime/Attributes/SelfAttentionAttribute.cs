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
public sealed class SelfAttentionAttribute : LayerAttribute, IAttentionArguments
{
    /// <summary>The number of heads, at least 1; it divides the width. Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether a step sees only itself and the steps before it. Default: false.</summary>
    public bool Causal { get; set; }

    /// <summary>Whether the projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>
    /// Whether queries and keys are turned by angles that grow with their step, so that their products depend on how
    /// far apart the steps are: rotary positions, Su et al. (2021). The feature i of a head is paired with the feature
    /// size/2 + i, as in GPT-NeoX and Llama, and turned by step·<see cref="RotaryBase"/>^(-2i/size); the size of a head
    /// must be even. Default: false.
    /// </summary>
    public bool Rotary { get; set; }

    /// <summary>
    /// The base of the powers that give the angles of <see cref="Rotary"/>, above 0. Default: 10,000.
    /// </summary>
    public double RotaryBase { get; set; } = 10000;
}
