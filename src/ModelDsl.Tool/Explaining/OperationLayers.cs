using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Tool.Explaining;

/// <summary>The layers that an operation computes, as its comment in the generated code has them.</summary>
/// <param name="Names">Their names.</param>
/// <param name="Sources">The attributes or expressions that they come from.</param>
internal sealed record OperationLayers(IReadOnlyList<string> Names, IReadOnlyList<string> Sources)
{
    public static OperationLayers Of(Operation operation)
    {
        BoundLayer[] layers = [.. operation.Parts.Select(part => part.Layer).Distinct()];
        return new OperationLayers(
            [.. layers.Select(layer => UniqueNames.Of(layer.Path))],
            [.. layers.Select(layer => layer.Declaration.Quoted)]);
    }
}
