namespace ModelDsl;

/// <summary>An attribute that stands for one stage of a model.</summary>
/// <remarks>Structs are allowed as targets so that the compiler's own diagnostic can say what to do instead.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).</summary>
    public string? Name { get; set; }

    /// <summary>Whether the layer's parameters are excluded from training. Default: false.</summary>
    public bool Frozen { get; set; }
}
