namespace ModelDsl.Generator.Layers;

/// <summary>A chain of copies of a block, each with parameters of its own, or all with the same.</summary>
internal sealed class RepeatLayer : LayerDefinition
{
    public override string AttributeType => typeof(RepeatAttribute<>).FullName;

    public override bool TakesParametersAlone => true;

    public override LayerTraits Traits => LayerTraits.Chain;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<RepeatAttribute<object>>();
        int count = arguments.Count;
        if (count < 1)
        {
            layer.Report(CountTooSmall.Message("Repeat", count), nameof(arguments.Count));
            return null;
        }

        TensorShape shape = layer.Input;
        for (int copy = 0; copy < count; copy++)
        {
            if (layer.BindBlock(0, shape, copy, arguments.Shared) is not { } block)
            {
                return null;
            }

            if (arguments.Shared && block.Output != shape)
            {
                layer.Report(
                    SharedCopiesMustKeepShape.Message(block.Name, shape, block.Output), nameof(arguments.Shared));
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
            input = program.Lower(block, input);
        }

        return input;
    }
}
