namespace ModelDsl;

/// <summary>
/// y = weight·x / √(mean(x²) + epsilon), with the mean over the features of each vector (of each step, in a sequence).
/// Zhang and Sennrich (2019).
/// </summary>
public sealed class RmsNormAttribute : LayerAttribute, IEpsilonArguments
{
    /// <summary>What keeps the division finite, above 0. Default: 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;
}
