using ModelDsl.Generator.Common;

namespace ModelDsl.Generator.Shapes;

/// <summary>A block where it is used, with the shapes that it has there.</summary>
/// <param name="Name">The block's class.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Input">The shape that flows in.</param>
/// <param name="Output">The shape that flows out.</param>
internal sealed record BoundBlock(string Name, EquatableArray<BoundLayer> Layers, TensorShape Input, TensorShape Output);
