using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Parsing;

/// <summary>A piece of a model without input and loss, which takes its shapes from where it is used.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="FullName">The class with its namespace, which tells blocks apart.</param>
/// <param name="Layers">The layer attributes in data-flow order; none where the block contains itself.</param>
/// <param name="IsRecursive">Whether the block contains itself.</param>
internal sealed record BlockDeclaration(
    string Name,
    string FullName,
    EquatableArray<LayerDeclaration> Layers,
    bool IsRecursive);
