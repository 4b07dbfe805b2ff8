namespace ModelDsl;

/// <summary>exp(x) / Σ exp(x) over the last dimension: positive numbers that sum to 1.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>x - log Σ exp(x), over the last dimension: the logarithm of the softmax.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute;
