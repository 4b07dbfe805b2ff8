using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Layers;

/// <summary>x · T(x), where T(x) is broadcast to the shape of x.</summary>
internal sealed class GatingLayer : LayerDefinition
{
    public override string AttributeType => typeof(MultiplyAttribute<>).FullName;

    public override bool TakesParametersAlone => true;

    public override TensorShape? InferShape(LayerContext layer)
    {
        if (layer.Input.IsTokens)
        {
            layer.Report(TokensNeedEmbedding.Message(layer.Declaration.Kind, layer.Input, layer.InputOrigin));
            return null;
        }

        if (MultiplyLayer.Bind(layer, 0) is not { } gate)
        {
            return null;
        }

        if (Broadcasting.Join([layer.Input, gate.Output])?.Dimensions == layer.Input.Dimensions)
        {
            return layer.Input;
        }

        layer.Report(GateMustBroadcast.Message(gate.Name, gate.Output, layer.Input, layer.InputOrigin));
        return null;
    }

    public override bool CanStep(BoundLayer layer) =>
        layer.Blocks.All(block => block.CanStep)
        && Broadcasting.CanStep(layer.Output, layer.Blocks.Select(block => block.Output));

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        MultiplyLayer.Product(layer, program, input, program.Lower(layer.Blocks[0], input));
}
