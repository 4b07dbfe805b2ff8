using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>x + T(x).</summary>
internal sealed class ResidualLayer : LayerDefinition
{
    public override string AttributeType => typeof(ResidualAttribute<>).FullName;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.BindBlock(0, layer.Input) is not { } block)
        {
            return null;
        }

        if (block.Output != layer.Input)
        {
            layer.Report(
                BranchesMustAgree.Message(
                    "Residual", block.Name, block.Output, $"its input from {layer.InputOrigin}", layer.Input));
            return null;
        }

        return layer.Input;
    }

    public override bool CanStep(BoundLayer layer) => layer.Blocks.All(block => block.CanStep);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value branch = program.Lower(layer.Blocks[0], input);
        Value result = program.Add(new AddOperation(layer, input, branch, program.Activation(layer)));
        return Primitive.JoinPadding(layer, program, [input, branch], result);
    }
}
