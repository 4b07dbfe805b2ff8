namespace ModelDsl.Generator.Parsing;

/// <summary>The value of an attribute's parameter or property.</summary>
/// <param name="Name">The constructor parameter's or the property's name.</param>
/// <param name="Scalar">A number, boolean or string (an enum's member as its number), or null for an array.</param>
/// <param name="Elements">The elements where the value is an array of integers.</param>
/// <param name="Numbers">The elements where the value is an array of floats.</param>
internal sealed record LayerArgument(
    string Name, object? Scalar, EquatableArray<int> Elements, EquatableArray<float> Numbers = default);
