namespace ModelDsl;

/// <summary>
/// Branches on the same input: A(x) · B(x), element by element. Where one branch ends in a sigmoid, it gates the other.
/// Both must have the same shape.
/// </summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class MultiplyAttribute<TFirst, TSecond> : LayerAttribute;
