namespace ModelDsl;

/// <summary>
/// The Kullback-Leibler divergence Σ t·(log t - log p) of each row from its target, averaged over the rows (one for each
/// sample, or for each step of a sequence): PyTorch's kl_div with the reduction batchmean. The outputs are log p, as
/// <see cref="LogSoftmaxAttribute"/> gives them. Targets are distributions of the output's shape.
/// </summary>
public sealed class KullbackLeiblerAttribute : LossAttribute
{
    /// <summary>
    /// Whether the outputs are the probabilities p themselves, as <see cref="SoftmaxAttribute"/> gives them. Default: false.
    /// </summary>
    public bool FromProbabilities { get; set; }
}
