namespace ModelDsl;

// Products of matrices.
public sealed partial class Tensor
{
    /// <summary>
    /// The product of the matrices that the last two dimensions are, as numpy's <c>matmul</c>: [..., m, k] · [..., k,
    /// n] gives [..., m, n]. The dimensions before them are equal, or 1, or missing. A vector on the left is one row,
    /// and on the right one column, which the result then does not have.
    /// </summary>
    /// <param name="right">The right operand.</param>
    /// <param name="transposeLeft">Whether the last two dimensions of this tensor change places.</param>
    /// <param name="transposeRight">Whether the last two dimensions of the right operand change places.</param>
    public Tensor MatMul(Tensor right, bool transposeLeft = false, bool transposeRight = false) => throw IsOnlyRead();

    /// <summary>
    /// A sum of products, as numpy's <c>einsum</c>: <c>"ij,jk->ik"</c> is Σ a[i, j] · b[j, k] over j. Each letter is an
    /// index, which runs over all dimensions that it stands for; the result is a sum over the letters that it does not
    /// have, and a vector of one element where it has none.
    /// </summary>
    /// <remarks>
    /// Dimensions are those of one sample, so the batch has no letter. There is no ellipsis, and unlike in PyTorch an
    /// extent of 1 is not repeated. Products are made from left to right, beginning with the first operand that is no
    /// parameter, as matrix products and sums; only what does not lie as a product takes it is moved.
    /// </remarks>
    /// <param name="equation">
    /// A letter for each dimension of this tensor and of each further operand, with commas between the operands, and
    /// the letters of the result behind <c>-></c>. Without the latter they are those that stand once, in the order of
    /// the alphabet. A letter that stands twice in an operand takes its diagonal.
    /// </param>
    /// <param name="others">The operands after this tensor.</param>
    public Tensor Einsum(string equation, params Tensor[] others) => throw IsOnlyRead();

    /// <inheritdoc cref="Einsum(string, Tensor[])"/>
    /// <param name="equation">The letters of the operands' dimensions, and of those of the result.</param>
    /// <param name="first">The first operand.</param>
    /// <param name="others">The operands after the first.</param>
    public static Tensor Einsum(string equation, Tensor first, params Tensor[] others) => throw IsOnlyRead();

    /// <summary>
    /// Attention of this tensor's rows as queries: softmax(scale·Q·Kᵀ + mask)·V for each head. Vaswani et al.,
    /// "Attention Is All You Need" (2017). There are no projections; put <c>Dense</c> before and behind it. Working
    /// memory grows with the length of the sequences, not with its product. Keys whose tokens are the
    /// <see cref="InputAttribute.Padding"/> of an input are not seen, with a mask or without.
    /// </summary>
    /// <param name="keys">The keys, [keys, key heads · size].</param>
    /// <param name="values">The values, [keys, key heads · size].</param>
    /// <param name="mask">
    /// What is added to the scores: [queries, keys], or [keys] for all queries; none by default.
    /// </param>
    /// <param name="heads">The heads of the queries, [queries, heads · size]; at least 1.</param>
    /// <param name="keyValueHeads">
    /// The heads of keys and values, each of which serves equally many heads of queries (Ainslie et al., 2023); 0, the
    /// default, for as many.
    /// </param>
    /// <param name="causal">
    /// Whether the query i sees only the keys up to i, also where there are more or fewer keys than queries, as in
    /// PyTorch's
    /// <c>scaled_dot_product_attention</c>.
    /// </param>
    /// <param name="scale">What scores are multiplied by; 0, the default, stands for 1 / √size.</param>
    public Tensor Attention(
        Tensor keys,
        Tensor values,
        Tensor? mask = null,
        int heads = 1,
        int keyValueHeads = 0,
        bool causal = false,
        double scale = 0)
        => throw IsOnlyRead();

    /// <summary>
    /// Attention of this sequence to another one, between projections: a
    /// <see cref="CrossAttentionAttribute{TMemory}"/> to what is not the output of a block on the same input, such as
    /// an encoder's output that each layer of a decoder reads. For attention without projections, with a mask or with
    /// fewer heads of keys and values, see <see cref="Attention"/>.
    /// </summary>
    /// <param name="memory">The sequence that is attended to, [steps, features].</param>
    /// <param name="heads">The number of heads, at least 1; it divides the features of this tensor.</param>
    /// <param name="useBias">Whether the projections have biases.</param>
    /// <param name="name">The layer's name; by default <c>crossAttention</c> and its number.</param>
    /// <param name="frozen">Whether the layer's parameters are excluded from training.</param>
    /// <returns>A sequence of the shape of this tensor.</returns>
    public Tensor CrossAttention(
        Tensor memory,
        int heads = 1,
        bool useBias = true,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();
}
