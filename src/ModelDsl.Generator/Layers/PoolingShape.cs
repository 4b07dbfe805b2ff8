using ModelDsl.Generator.Lowering.Images;

namespace ModelDsl.Generator.Layers;

/// <summary>The shape rule of layers that make one pixel of each window.</summary>
internal static class PoolingShape
{
    public static TensorShape? Infer(LayerContext layer)
    {
        if (!WindowArguments.CheckImage(layer)
            || WindowArguments.Bind(layer, layer.Input.Dimensions[0], layer.Input.Dimensions[1], isDisjoint: true)
                is not { } window
            || !CheckWindows(layer, window, nameof(IDilationArguments.Dilation)))
        {
            return null;
        }

        return new TensorShape(window.OutputHeight, window.OutputWidth, layer.Input.Columns);
    }

    /// <summary>Whether each window has a place within what it lies over; reports where one has none.</summary>
    public static bool CheckWindows(LayerContext layer, SlidingWindow window, string argument)
    {
        if (!window.HasEmptyWindow)
        {
            return true;
        }

        layer.Report(WindowOfPaddingOnly.Message(layer.Declaration.Kind, layer.Input, layer.InputOrigin), argument);
        return false;
    }

    /// <summary>The windows over the image that flows in.</summary>
    public static PoolingGeometry Geometry(BoundLayer layer) => new(
        WindowArguments.Read(layer.Declaration, layer.Input.Dimensions[0], layer.Input.Dimensions[1], isDisjoint: true),
        Images: 1,
        layer.Input.Columns);
}
