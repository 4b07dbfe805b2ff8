namespace ModelDsl;

/// <summary>As <see cref="SumAttribute{TFirst, TSecond}"/>, of 3 branches.</summary>
/// <typeparam name="TFirst">The block of the first branch.</typeparam>
/// <typeparam name="TSecond">The block of the second branch.</typeparam>
/// <typeparam name="TThird">The block of the third branch.</typeparam>
public sealed class SumAttribute<TFirst, TSecond, TThird> : LayerAttribute;
