namespace ModelDsl;

/// <summary>
/// y = weight·(x - mean) / √(variance + epsilon) + bias, with mean and variance over the features of each vector (of each
/// step, in a sequence). Ba, Kiros and Hinton (2016).
/// </summary>
/// <remarks>
/// The variance is divided by the number of features,
/// as in PyTorch and Keras (whose epsilon is 1e-3).
/// </remarks>
public sealed class LayerNormAttribute : LayerAttribute, IEpsilonArguments, IBiasArguments
{
    /// <summary>What keeps the division finite, above 0. Default: 1e-5.</summary>
    public double Epsilon { get; set; } = 1e-5;

    /// <summary>Whether a bias is added. Default: true.</summary>
    public bool UseBias { get; set; } = true;
}
