namespace ModelDsl.CompilerServices;

/// <summary>
/// The layers of a block whose <c>Forward</c> method the compiler has read. Another project sees no bodies of methods,
/// so the generator writes this into the assembly for it.
/// </summary>
/// <param name="block">The block's class with its namespace.</param>
/// <param name="layers">What the generator reads: the version of its form, and the layers.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BlockLayersAttribute(string block, string layers) : Attribute
{
    /// <summary>The block's class with its namespace.</summary>
    public string Block { get; } = block;

    /// <summary>What the generator reads.</summary>
    public string Layers { get; } = layers;
}
