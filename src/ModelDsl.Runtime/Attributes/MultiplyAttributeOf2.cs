namespace ModelDsl;

/// <summary>Branches on the same input: A(x) · B(x), element by element: a gate where one branch ends in a sigmoid. Their shapes must be the same.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class MultiplyAttribute<TFirst, TSecond> : LayerAttribute;
