namespace ModelDsl;

/// <summary>
/// The loss ½·d² of a pair that is alike and ½·max(0, margin - d)² of one that is not, with d the distance of its two
/// embeddings, averaged over the batch. Hadsell, Chopra and LeCun (2006).
/// </summary>
/// <remarks>
/// A sample is a pair: <c>[Input(2, 784, Sequence = true), Dense(32), Contrastive]</c>. Layers work on the two as on
/// steps of a sequence, with the same weights. The outputs are [2, width]; the target is one label for each pair, 1
/// where the two are alike and 0 where they are not.
/// </remarks>
/// <param name="margin">The distance at which unlike embeddings are far enough apart; positive. Default: 1.</param>
public sealed class ContrastiveAttribute(double margin = 1) : LossAttribute
{
    /// <summary>The distance at which unlike embeddings are far enough apart.</summary>
    public float Margin { get; } = (float)margin;
}

/// <summary>
/// The loss max(0, d(a, p) - d(a, n) + margin), averaged over the batch: an anchor a should be nearer to the positive
/// p, which is like it, than to the negative n, which is not. d(x, y) = ‖x - y + 10⁻⁶‖, as in PyTorch. Balntas et al.
/// (2016).
/// </summary>
/// <remarks>
/// A sample is a triplet: <c>[Input(3, 784, Sequence = true), Dense(32), Triplet]</c>. Layers work on the three as on
/// steps of a sequence, with the same weights. The outputs are [3, width]; there are no targets.
/// </remarks>
/// <param name="margin">How much farther the negative should be than the positive; positive. Default: 1.</param>
public sealed class TripletAttribute(double margin = 1) : LossAttribute
{
    /// <summary>How much farther the negative should be than the positive.</summary>
    public float Margin { get; } = (float)margin;
}
