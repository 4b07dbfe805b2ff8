namespace ModelDsl;

/// <summary>
/// Marks a class as a piece of models: layers without input and loss, whose shapes are inferred where it is used, by
/// <see cref="ResidualAttribute{TBlock}"/>, <see cref="RepeatAttribute{TBlock}"/> and the like.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute
{
    /// <summary>
    /// Whether all uses of the block in one model have the same parameters, whose gradients add up, as in the branches
    /// of a siamese network. They are saved once, under the names of the first use. All uses must have the same input
    /// shape. Default: false.
    /// </summary>
    public bool Shared { get; set; }
}

/// <summary>x + T(x). He et al., "Deep Residual Learning for Image Recognition" (2015).</summary>
/// <typeparam name="TBlock">A block whose output has the shape of its input.</typeparam>
public sealed class ResidualAttribute<TBlock> : LayerAttribute;

/// <summary>A chain of copies of a block, each with parameters of its own, or all with the same.</summary>
/// <param name="count">The number of copies, at least 1.</param>
/// <typeparam name="TBlock">The block.</typeparam>
public sealed class RepeatAttribute<TBlock>(int count) : LayerAttribute
{
    /// <summary>The number of copies.</summary>
    public int Count { get; } = count;

    /// <summary>
    /// Whether all copies have the same parameters, whose gradients add up; the block's output must then have the shape
    /// of its input. They are saved once, under the names of copy 0. Lan et al., "ALBERT" (2019). Default: false.
    /// </summary>
    public bool Shared { get; set; }
}
