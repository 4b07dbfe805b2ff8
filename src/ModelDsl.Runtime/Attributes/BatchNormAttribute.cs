namespace ModelDsl;

/// <summary>
/// Normalises each channel by its mean and variance, then scales and shifts it: y = (x - mean) / √(variance + ε) · weight +
/// bias. Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal Covariate Shift"
/// (2015).
/// </summary>
/// <remarks>
/// In training, mean and variance are those of the batch, over all its pixels or steps, and running statistics move
/// towards them; they are kept with the parameters and used at inference, where the layer is a part of the convolution
/// or dense layer before it. The batch is normalised by its own variance (divided by its number of values); the running
/// variance takes the unbiased estimate (divided by one less), as in PyTorch, while Keras keeps the former. A batch of
/// one value per channel has no unbiased variance and does not change the running statistics. Nor does a batch whose
/// mean or variance is not finite: the statistics could not recover from it. A frozen layer uses its running statistics
/// in training too, and does not change them.
/// </remarks>
public sealed class BatchNormAttribute : LayerAttribute, IEpsilonArguments
{
    /// <summary>
    /// The weight of a batch in the running statistics, in (0, 1]: running ← running + momentum · (batch - running), as in
    /// PyTorch; Keras' momentum is 1 minus this. Default: 0.1.
    /// </summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>What is added to the variance; positive. Default: 1e-5, as in PyTorch (Keras: 1e-3).</summary>
    public double Epsilon { get; set; } = 1e-5;
}
