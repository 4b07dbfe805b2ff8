namespace ModelDsl;

/// <summary>Values with a shape and a name, to be written to a file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Values">As many values as the shape has elements, row-major.</param>
public sealed record NamedTensor(string Name, Shape Shape, ReadOnlyMemory<float> Values);
