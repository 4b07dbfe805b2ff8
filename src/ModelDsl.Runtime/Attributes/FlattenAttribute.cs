namespace ModelDsl;

/// <summary>Joins all dimensions into one: 28x28 becomes 784. Costs nothing at run time.</summary>
public sealed class FlattenAttribute : LayerAttribute;
