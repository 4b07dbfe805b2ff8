namespace ModelDsl;

/// <summary>A chain of copies of a block, each with parameters of its own.</summary>
/// <param name="count">The number of copies, at least 1.</param>
/// <typeparam name="TBlock">The block.</typeparam>
public sealed class RepeatAttribute<TBlock>(int count) : LayerAttribute
{
    /// <summary>The number of copies.</summary>
    public int Count { get; } = count;
}
