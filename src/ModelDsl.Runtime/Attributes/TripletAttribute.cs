namespace ModelDsl;

/// <summary>
/// The loss max(0, d(a, p) - d(a, n) + margin), averaged over the batch: an anchor a should be nearer to the positive p, which
/// is like it, than to the negative n, which is not. d(x, y) = ‖x - y + 10⁻⁶‖, as in PyTorch. Balntas et al. (2016).
/// </summary>
/// <remarks>
/// A sample is a triplet: <c>[Input(3, 784, Sequence = true), Dense(32), Triplet]</c>. Layers work on the three as on steps of a
/// sequence, with the same weights. The outputs are [3, width]; there are no targets.
/// </remarks>
/// <param name="margin">How much farther the negative should be than the positive; positive. Default: 1.</param>
public sealed class TripletAttribute(double margin = 1) : LossAttribute
{
    /// <summary>How much farther the negative should be than the positive.</summary>
    public float Margin { get; } = (float)margin;
}
