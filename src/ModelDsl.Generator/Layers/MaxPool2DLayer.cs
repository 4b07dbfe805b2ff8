using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The largest value of each window, channel by channel.</summary>
internal sealed class MaxPool2DLayer : LayerDefinition
{
    public override string AttributeType => typeof(MaxPool2DAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer) => PoolingShape.Infer(layer);

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        Value? origins = program.IsTraining ? program.Activation(layer, "origins", layer.Output) : null;
        return program.Add(new MaxPool(layer, input, program.Activation(layer), origins, PoolingShape.Geometry(layer)));
    }
}
