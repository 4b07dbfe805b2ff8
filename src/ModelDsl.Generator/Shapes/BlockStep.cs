namespace ModelDsl.Generator.Shapes;

/// <summary>One step from a layer into one of its blocks.</summary>
/// <param name="TypeArgument">The number of the type argument that names the block.</param>
/// <param name="Copy">Which of the copies it is, where the block is repeated.</param>
/// <param name="Layer">The number of the layer in the block.</param>
internal readonly record struct BlockStep(int TypeArgument, int Copy, int Layer);
