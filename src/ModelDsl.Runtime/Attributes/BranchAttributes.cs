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
/// x · T(x), element by element: the block makes a gate for its input. Where the gate has another shape, it is
/// broadcast to that of x by the rules of NumPy: from the last dimension on, each extent is that of x or 1, and
/// dimensions that are missing at the front are 1. A vector with an element for each channel of an image scales all
/// pixels, one with an element for each feature of a sequence all steps. A gate of pooled channels, such as
/// GlobalAveragePool, Dense, Relu, Dense, Sigmoid, makes this the squeeze-and-excitation of Hu et al. (2018). The
/// output has the shape of x.
/// </summary>
/// <typeparam name="TBlock">The block of the gate.</typeparam>
public sealed class MultiplyAttribute<TBlock> : LayerAttribute;

/// <summary>
/// Branches on the same input: A(x) · B(x), element by element. Where one branch ends in a sigmoid, it gates the other.
/// Shapes are broadcast by the rules of NumPy: from the last dimension on, two extents are equal or one of them is 1,
/// and dimensions that are missing at the front are 1.
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
