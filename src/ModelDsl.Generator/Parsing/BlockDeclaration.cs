using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Parsing;

/// <summary>A piece of a model without input and loss, which takes its shapes from where it is used.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="FullName">The class with its namespace, which tells blocks apart.</param>
/// <param name="Layers">
/// The layer attributes in data-flow order; none where the block contains itself, or more than <see cref="MostLayers"/>.
/// </param>
/// <param name="IsShared">Whether all uses in one model have the same parameters.</param>
/// <param name="IsRecursive">Whether the block contains itself.</param>
/// <param name="IsTooLarge">Whether the block, written out, has more than <see cref="MostLayers"/> layers.</param>
internal sealed record BlockDeclaration(
    string Name,
    string FullName,
    EquatableArray<LayerDeclaration> Layers,
    bool IsShared,
    bool IsRecursive,
    bool IsTooLarge)
{
    /// <summary>The most layers that a model can have, with its blocks written out and counted themselves.</summary>
    public const int MostLayers = 10_000;
}
