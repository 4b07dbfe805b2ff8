namespace ModelDsl.Generator.Emission;

/// <summary>One of several inputs of a model.</summary>
/// <param name="Name">Its own name, or that of its tower: <c>imageTower</c>.</param>
/// <param name="Shape">The shape of one sample of it.</param>
internal sealed record NamedInput(string Name, TensorShape Shape)
{
    // What the overloads have parameters and variables for.
    private static readonly string[] Reserved = ["targets", "batch", "samples", "use"];

    /// <summary>The inputs of a model that has several; else empty.</summary>
    public static IReadOnlyList<NamedInput> Of(LoweredModel model) =>
        [.. ModelInputs.Named(model.Layers).Select(input => new NamedInput(input.Name, input.Shape))];

    /// <summary>The parameter that takes it.</summary>
    public string Parameter => Identifiers.Escape(Reserved.Contains(Name) ? Name + "Input" : Name);

    public string ElementType => Shape.IsTokens ? "int" : "float";

    public string SpanType => $"global::System.ReadOnlySpan<{ElementType}>";
}
