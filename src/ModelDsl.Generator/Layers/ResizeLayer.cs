using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>An image in another size.</summary>
internal sealed class ResizeLayer : LayerDefinition
{
    public override string AttributeType => typeof(ResizeAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        var arguments = layer.Arguments<ResizeAttribute>();
        if (!WindowArguments.CheckSize(layer, nameof(arguments.Height), "height", arguments.Height)
            || !WindowArguments.CheckSize(layer, nameof(arguments.Width), "width", arguments.Width))
        {
            return null;
        }

        if (arguments is { AlignCorners: true, Interpolation: Interpolation.Nearest })
        {
            layer.Report(CornersNeedInterpolation.Message(layer.Declaration.Kind), nameof(arguments.AlignCorners));
            return null;
        }

        return WindowArguments.CheckImage(layer)
            ? new TensorShape(arguments.Height, arguments.Width, layer.Input.Columns)
            : null;
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input)
    {
        var arguments = layer.Arguments<ResizeAttribute>();
        var geometry = new ResizeGeometry(
            layer.Input, layer.Output, arguments.Interpolation, arguments.AlignCorners);
        return program.Add(new ResizeOperation(layer, input, geometry, program.Activation(layer)));
    }
}
