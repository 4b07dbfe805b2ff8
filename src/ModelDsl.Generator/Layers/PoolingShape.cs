namespace ModelDsl.Generator.Layers;

/// <summary>The shape rule of layers that make one pixel of each window.</summary>
internal static class PoolingShape
{
    public static TensorShape? Infer(LayerContext layer) =>
        WindowArguments.CheckImage(layer)
        && WindowArguments.Bind(layer, layer.Input.Dimensions[0], layer.Input.Dimensions[1], isDisjoint: true) is { } window
            ? new TensorShape(window.OutputHeight, window.OutputWidth, layer.Input.Columns)
            : null;

    public static SlidingWindow Window(BoundLayer layer) =>
        WindowArguments.Read(layer.Declaration, layer.Input.Dimensions[0], layer.Input.Dimensions[1], isDisjoint: true);
}
