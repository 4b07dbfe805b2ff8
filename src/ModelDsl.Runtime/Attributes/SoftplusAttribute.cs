namespace ModelDsl;

/// <summary>log(1 + exp(x)).</summary>
public sealed class SoftplusAttribute : LayerAttribute;
