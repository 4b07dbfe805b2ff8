namespace ModelDsl;

/// <summary>x - log Σ exp(x), over the last dimension: the logarithm of the softmax.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
