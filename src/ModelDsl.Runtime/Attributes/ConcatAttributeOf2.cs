namespace ModelDsl;

/// <summary>Branches on the same input: A(x) and B(x) side by side along the last dimension. Their shapes may differ in the last dimension.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class ConcatAttribute<TFirst, TSecond> : LayerAttribute;
