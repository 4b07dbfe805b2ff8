namespace ModelDsl.Generator.Lowering;

/// <summary>
/// Which tensor of a model a value is: what the code that computes it and the file that keeps it are named after.
/// </summary>
/// <param name="Layer">The layer that it belongs to.</param>
/// <param name="Name">Its name within the layer: <c>weight</c>; empty for the layer's output.</param>
/// <param name="Role">What the backward pass makes of it: <c>Gradient</c>; empty for the tensor itself.</param>
internal sealed record TensorId(LayerPath Layer, string Name = "", string Role = "")
{
    /// <summary>
    /// The name in files: <c>repeat1.0.dense1.weight</c>; that of the layer alone where the tensor is all of it.
    /// </summary>
    public string FileName => Name.Length == 0 ? $"{Layer}" : $"{Layer}.{Name}";

    /// <summary>The tensor that the backward pass makes of this one.</summary>
    public TensorId With(string role) => this with { Role = Role + role };

    public override string ToString() => FileName + (Role.Length == 0 ? "" : $"'{Role}");
}
