namespace ModelDsl;

/// <summary>Branches on the same input: A(x) + B(x). Their shapes must be the same.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class SumAttribute<TFirst, TSecond> : LayerAttribute;

/// <summary>As <see cref="SumAttribute{TFirst, TSecond}"/>, of 3 branches.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
/// <typeparam name="TThird">The block of the third branch.</typeparam>
public sealed class SumAttribute<TFirst, TSecond, TThird> : LayerAttribute;

/// <summary>As <see cref="SumAttribute{TFirst, TSecond}"/>, of 4 branches.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
/// <typeparam name="TThird">The block of the third branch.</typeparam>
/// <typeparam name="TFourth">The block of the fourth branch.</typeparam>
public sealed class SumAttribute<TFirst, TSecond, TThird, TFourth> : LayerAttribute;

/// <summary>
/// Branches on the same input: A(x) · B(x), element by element. Where one branch ends in a sigmoid, it gates the other.
/// Both must have the same shape.
/// </summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class MultiplyAttribute<TFirst, TSecond> : LayerAttribute;

/// <summary>
/// Branches on the same input: A(x) and B(x) side by side along the last dimension. Their shapes may differ in the last
/// dimension.
/// </summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
public sealed class ConcatAttribute<TFirst, TSecond> : LayerAttribute;

/// <summary>As <see cref="ConcatAttribute{TFirst, TSecond}"/>, of 3 branches.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
/// <typeparam name="TThird">The block of the third branch.</typeparam>
public sealed class ConcatAttribute<TFirst, TSecond, TThird> : LayerAttribute;

/// <summary>As <see cref="ConcatAttribute{TFirst, TSecond}"/>, of 4 branches.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
/// <typeparam name="TThird">The block of the third branch.</typeparam>
/// <typeparam name="TFourth">The block of the fourth branch.</typeparam>
public sealed class ConcatAttribute<TFirst, TSecond, TThird, TFourth> : LayerAttribute;
