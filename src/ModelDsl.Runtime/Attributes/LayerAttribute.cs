namespace ModelDsl;

/// <summary>An attribute that stands for one stage of a model.</summary>
/// <remarks>Structs are allowed as targets so that the compiler's own diagnostic can say what to do instead.</remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    /// <summary>The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).</summary>
    public string? Name { get; set; }

    /// <summary>
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </summary>
    public bool Frozen { get; set; }
}
