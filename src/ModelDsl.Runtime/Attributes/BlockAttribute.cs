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
