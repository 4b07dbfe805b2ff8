namespace ModelDsl;

/// <summary>exp(x) / Σ exp(x) over the last dimension: positive numbers that sum to 1.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;
