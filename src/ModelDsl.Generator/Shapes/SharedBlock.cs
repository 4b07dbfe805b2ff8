namespace ModelDsl.Generator.Shapes;

/// <summary>Where a shared block is used first in a model.</summary>
/// <param name="ParameterScope">The path that its parameters are named after.</param>
/// <param name="Input">The shape that flows in.</param>
/// <param name="User">The attribute that uses it.</param>
internal sealed record SharedBlock(LayerPath ParameterScope, TensorShape Input, string User);
