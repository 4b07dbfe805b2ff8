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
    /// Attention of this tensor's rows as queries: softmax(scale·Q·Kᵀ + mask)·V for each head. Vaswani et al.,
    /// "Attention Is All You Need" (2017). There are no projections; put <c>Dense</c> before and behind it. Working
    /// memory grows with the length of the sequences, not with its product.
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
}
