namespace ModelDsl;

/// <summary>
/// Attention of a sequence to the output of a block on the same input, in several heads: softmax(Q·Kᵀ / √size)·V for
/// each head, with queries projected from x, keys and values from T(x), and the heads' results projected to the output.
/// T(x) is a sequence of any length and any number of features. The output has the shape of x. Vaswani et al.,
/// "Attention Is All You Need" (2017); PyTorch's <c>nn.MultiheadAttention</c> with <c>kdim</c> and <c>vdim</c> of T(x).
/// </summary>
/// <remarks>
/// Tensors: <c>queryWeight</c> of [width, width], <c>keyWeight</c> and <c>valueWeight</c> of [width, features of T(x)],
/// and <c>outputWeight</c> of [width, width], head by head, with <c>queryBias</c> and its like of [width]. Steps of T(x)
/// whose tokens are padding are not seen. Working memory grows with the lengths of the sequences, not with their
/// product.
/// </remarks>
/// <typeparam name="TMemory">The block whose output is attended to.</typeparam>
public sealed class CrossAttentionAttribute<TMemory> : LayerAttribute, IAttentionArguments
{
    /// <summary>The number of heads, at least 1; it divides the features of x. Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether the projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}

/// <summary>
/// Attention of the output of one block to that of another: as <see cref="CrossAttentionAttribute{TMemory}"/>, with
/// queries projected from A(x), and keys and values from B(x). At the start of a model each block may begin with an
/// <see cref="InputAttribute"/> of its own, as a decoder that reads what an encoder makes of another sequence. The
/// output has the shape of A(x).
/// </summary>
/// <typeparam name="TQueries">The block whose output attends.</typeparam>
/// <typeparam name="TMemory">The block whose output is attended to.</typeparam>
public sealed class CrossAttentionAttribute<TQueries, TMemory> : LayerAttribute, IAttentionArguments
{
    /// <summary>The number of heads, at least 1; it divides the features of A(x). Default: 1.</summary>
    public int Heads { get; set; } = 1;

    /// <summary>Whether the projections have biases. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}
