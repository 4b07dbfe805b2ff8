namespace ModelDsl;

/// <summary>Makes one dimension of all: 28x28 becomes 784. Costs nothing at run time.</summary>
public sealed class FlattenAttribute : LayerAttribute;
