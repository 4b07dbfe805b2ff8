namespace ModelDsl;

/// <summary>x + T(x). He et al., "Deep Residual Learning for Image Recognition" (2015).</summary>
/// <typeparam name="TBlock">A block that keeps the shape.</typeparam>
public sealed class ResidualAttribute<TBlock> : LayerAttribute;
