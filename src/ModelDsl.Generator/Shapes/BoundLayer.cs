using ModelDsl.Generator.Layers;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Shapes;

/// <summary>A layer whose arguments and shapes are known to fit.</summary>
/// <param name="Definition">What the layer means.</param>
/// <param name="Declaration">The attribute.</param>
/// <param name="Index">The attribute's number in the model.</param>
/// <param name="Name">The layer's name within the model: <c>dense1</c>.</param>
/// <param name="Input">The shape that flows in.</param>
/// <param name="Output">The shape that flows out.</param>
internal sealed record BoundLayer(
    LayerDefinition Definition,
    LayerDeclaration Declaration,
    int Index,
    string Name,
    TensorShape Input,
    TensorShape Output);
