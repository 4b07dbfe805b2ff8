namespace ModelDsl.Generator.Layers;

/// <summary>Several heads on the same input, each with a loss of its own.</summary>
internal sealed class OutputsLayer : LayerDefinition
{
    public override string AttributeType => typeof(OutputsAttribute<,>).FullName;

    public override IEnumerable<string> AttributeTypes =>
        [AttributeType, typeof(OutputsAttribute<,,>).FullName, typeof(OutputsAttribute<,,,>).FullName];

    public override LayerRole Role => LayerRole.Loss;

    public override bool TakesHeads => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        long count = 0;
        for (int i = 0; i < layer.Declaration.TypeArguments.Count; i++)
        {
            if (layer.BindBlock(i, layer.Input, use: BlockUse.Head) is not { } head)
            {
                return null;
            }

            count += head.Output.LongCount;
        }

        return new TensorShape((int)Math.Min(count, int.MaxValue));
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value[] outputs = [.. layer.Blocks.Select(head => program.Lower(head, input))];
        return program.Add(new OutputJoin(layer, outputs, program.Activation(layer)));
    }
}
