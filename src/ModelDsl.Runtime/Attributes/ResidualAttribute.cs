namespace ModelDsl;

/// <summary>x + T(x). He et al., "Deep Residual Learning for Image Recognition" (2015).</summary>
/// <typeparam name="TBlock">A block whose output has the shape of its input.</typeparam>
public sealed class ResidualAttribute<TBlock> : LayerAttribute;
