namespace ModelDsl;

/// <summary>
/// The loss -(p·t·log σ(y) + (1 - t)·log(1 - σ(y))) with σ the sigmoid and p the weight of the positive class, averaged over all
/// elements of the batch. The model's outputs are the logits y; targets lie in [0, 1].
/// </summary>
public sealed class BinaryCrossEntropyAttribute : LossAttribute
{
    /// <summary>
    /// The weight p of the positive class, at least 0: one for all outputs, or one for each. Above 1 favours recall,
    /// below 1 precision. PyTorch's pos_weight. Default: none, 1.
    /// </summary>
    public float[] PositiveWeights { get; set; } = [];
}
