namespace ModelDsl;

/// <summary>
/// Marks a class as a piece of models: layers without input and loss, whose shapes are inferred where it is used, by
/// <see cref="ResidualAttribute{TBlock}"/>, <see cref="RepeatAttribute{TBlock}"/> and the like.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute;
