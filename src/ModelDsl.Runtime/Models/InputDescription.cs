namespace ModelDsl;

/// <summary>One of several inputs of a model.</summary>
/// <param name="Name">The input's name: that of its block, beginning with a small letter.</param>
/// <param name="Shape">The shape of one sample of it.</param>
/// <param name="Type">What its elements are.</param>
public sealed record InputDescription(string Name, Shape Shape, ElementType Type = ElementType.Value);
