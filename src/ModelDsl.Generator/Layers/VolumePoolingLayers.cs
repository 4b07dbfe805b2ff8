using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>
/// One place of each window of a volume: pooling of each plane, and then of what is left along the depth, where a whole
/// plane has as many channels as elements. Of the largest values as of the means that is the same.
/// </summary>
internal abstract class VolumePoolingLayer : LayerDefinition
{
    public override TensorShape? InferShape(LayerContext layer) =>
        VolumeArguments.Bind(layer, isDisjoint: true) is { } window
        && PoolingShape.CheckWindows(layer, window.Planes, nameof(VolumeWindowAttribute.Dilation))
        && PoolingShape.CheckWindows(layer, window.Depths, nameof(VolumeWindowAttribute.Dilation))
            ? window.Output(layer.Input.Columns)
            : null;

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        VolumeWindow window = VolumeArguments.Read(
            layer.Arguments<VolumeWindowAttribute>(), layer.Input, isDisjoint: true);
        int depth = layer.Input.Dimensions[0], channels = layer.Input.Columns;
        if (window.Planes.IsPixel && window.Depths.IsPixel)
        {
            return program.View(layer, input);
        }

        if (!window.Planes.IsPixel)
        {
            var shape = new TensorShape(depth, window.Planes.OutputHeight, window.Planes.OutputWidth, channels);
            var planes = new PoolingGeometry(window.Planes, depth, channels);
            input = Pool(
                layer, program, input, planes, "planes",
                window.Depths.IsPixel
                    ? program.Activation(layer)
                    : program.Activation(layer, "planes", shape, mayBeRounded: true));
        }

        return window.Depths.IsPixel
            ? input
            : Pool(
                layer, program, input, new PoolingGeometry(window.Depths, Images: 1, input.Shape.Count / depth),
                "depths", program.Activation(layer));
    }

    /// <summary>Adds the pooling of images.</summary>
    protected abstract Value Pool(
        BoundLayer layer, ProgramBuilder program, Value input, PoolingGeometry geometry, string name, Value result);
}

/// <summary>The largest value of each window, channel by channel.</summary>
internal sealed class MaxPool3DLayer : VolumePoolingLayer
{
    public override string AttributeType => typeof(MaxPool3DAttribute).FullName;

    protected override Value Pool(
        BoundLayer layer, ProgramBuilder program, Value input, PoolingGeometry geometry, string name, Value result)
    {
        Value? origins = program.IsTraining ? program.Activation(layer, $"{name}Origins", result.Shape) : null;
        return program.Add(new MaxPool(layer, input, result, origins, geometry));
    }
}

/// <summary>The mean of each window, channel by channel.</summary>
internal sealed class AvgPool3DLayer : VolumePoolingLayer
{
    public override string AttributeType => typeof(AvgPool3DAttribute).FullName;

    protected override Value Pool(
        BoundLayer layer, ProgramBuilder program, Value input, PoolingGeometry geometry, string name, Value result) =>
        program.Add(new AveragePool(
            layer, input, geometry, layer.Arguments<AvgPool3DAttribute>().CountIncludePadding, result));
}
