namespace ModelDsl.Generator.Layers.Primitives;

/// <summary>A method's call of a block.</summary>
/// <typeparam name="TBlock">The block.</typeparam>
internal sealed class BlockAttribute<TBlock> : LayerAttribute;

/// <summary>A block on one or several inputs.</summary>
internal sealed class BlockLayer : PrimitiveLayer
{
    public override string AttributeType => typeof(BlockAttribute<>).FullName;

    public override LayerTraits Traits => LayerTraits.Chain;

    public override TensorShape? InferShape(LayerContext layer) => layer.BindBlock(0, layer.Inputs)?.Output;

    public override bool CanStep(BoundLayer layer) => layer.Blocks.All(block => block.CanStep);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Lower(layer.Blocks[0], input);

    public override IReadOnlyList<Value> Lower(BoundLayer layer, ProgramBuilder program, IReadOnlyList<Value> inputs) =>
        [program.Lower(layer.Blocks[0], [.. inputs])];
}
