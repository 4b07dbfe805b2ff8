using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The mean of each window, over its pixels within the image or over those of the border too, channel by channel.</summary>
internal sealed class AvgPool2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(AvgPool2DAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) =>
        program.Add(new AveragePool(
            layer, input, PoolingShape.Geometry(layer), layer.Arguments<AvgPool2DAttribute>().CountIncludePadding,
            program.Activation(layer)));
}
