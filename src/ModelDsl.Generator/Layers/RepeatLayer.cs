using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Lowering;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Layers;

/// <summary>A chain of copies of a block, each with parameters of its own, or all with the same.</summary>
internal sealed class RepeatLayer : LayerDefinition
{
    public override string AttributeType => "ModelDsl.RepeatAttribute`1";

    public override LayerTraits Traits => LayerTraits.Chain;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int count = layer.Declaration.Int("count");
        if (count < 1)
        {
            layer.Report(CountTooSmall.Message("Repeat", count), "count");
            return null;
        }

        TensorShape shape = layer.Input;
        for (int copy = 0; copy < count; copy++)
        {
            if (layer.BindBlock(0, shape, copy) is not { } block)
            {
                return null;
            }

            if (layer.Declaration.Bool("Shared") && block.Output != shape)
            {
                layer.Report(SharedCopiesMustKeepShape.Message(block.Name, shape, block.Output), "Shared");
                return null;
            }

            shape = block.Output;
        }

        return shape;
    }

    public override bool CanStep(BoundLayer layer) => layer.Blocks.All(block => block.CanStep);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        foreach (BoundBlock block in layer.Blocks)
        {
            input = program.Lower(block.Layers, input);
        }

        return input;
    }
}
