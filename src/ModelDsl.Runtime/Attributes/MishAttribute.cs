namespace ModelDsl;

/// <summary>x·tanh(log(1 + exp(x))). Misra (2019).</summary>
public sealed class MishAttribute : LayerAttribute;
