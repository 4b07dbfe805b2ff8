namespace ModelDsl.Generator.Layers;

/// <summary>Channels that become pixels.</summary>
internal sealed class PixelShuffleLayer : LayerDefinition
{
    public override string AttributeType => typeof(PixelShuffleAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int factor = layer.Arguments<PixelShuffleAttribute>().Factor;
        if (!WindowArguments.CheckSize(layer, nameof(PixelShuffleAttribute.Factor), "factor", factor)
            || !WindowArguments.CheckImage(layer))
        {
            return null;
        }

        TensorShape image = layer.Input;
        long pixels = (long)factor * factor;
        if (image.Columns % pixels != 0)
        {
            layer.Report(
                FactorMustDivide.Message(layer.Declaration.Kind, factor, "channels", pixels, image, layer.InputOrigin),
                nameof(PixelShuffleAttribute.Factor));
            return null;
        }

        return new TensorShape(
            image.Dimensions[0] * factor, image.Dimensions[1] * factor, (int)(image.Columns / pixels));
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.Add(new StridedCopy(
        layer, input, start: 0, Walk(layer.Output, layer.Arguments<PixelShuffleAttribute>().Factor).Reverse,
        program.Activation(layer)));

    /// <summary>From the image of many pixels to that of many channels.</summary>
    /// <param name="image">The image of many pixels.</param>
    /// <param name="factor">How many of its rows and columns become channels.</param>
    public static StridedWalk Walk(TensorShape image, int factor)
    {
        (int height, int width, int channels) = (image.Dimensions[0], image.Dimensions[1], image.Columns);
        int[] from = StridedWalk.StridesOf(
            new TensorShape(height / factor, factor, width / factor, factor, channels));
        int[] to = StridedWalk.StridesOf(
            new TensorShape(height / factor, width / factor, channels, factor, factor));
        return StridedWalk.Of(
        [
            new(height / factor, from[0], to[0]), new(factor, from[1], to[3]), new(width / factor, from[2], to[1]),
            new(factor, from[3], to[4]), new(channels, from[4], to[2]),
        ]);
    }
}

/// <summary>Pixels that become channels.</summary>
internal sealed class PixelUnshuffleLayer : LayerDefinition
{
    public override string AttributeType => typeof(PixelUnshuffleAttribute).FullName;

    public override TensorShape? InferShape(LayerContext layer)
    {
        int factor = layer.Arguments<PixelUnshuffleAttribute>().Factor;
        if (!WindowArguments.CheckSize(layer, nameof(PixelUnshuffleAttribute.Factor), "factor", factor)
            || !WindowArguments.CheckImage(layer))
        {
            return null;
        }

        TensorShape image = layer.Input;
        (int height, int width) = (image.Dimensions[0], image.Dimensions[1]);
        if (height % factor != 0 || width % factor != 0)
        {
            string which = height % factor != 0 ? "height" : "width";
            layer.Report(
                FactorMustDivide.Message(layer.Declaration.Kind, factor, which, factor, image, layer.InputOrigin),
                nameof(PixelUnshuffleAttribute.Factor));
            return null;
        }

        return new TensorShape(height / factor, width / factor, image.Columns * factor * factor);
    }

    public override Value Lower(BoundLayer layer, ProgramBuilder program, Value input) => program.Add(new StridedCopy(
        layer, input, start: 0, PixelShuffleLayer.Walk(layer.Input, layer.Arguments<PixelUnshuffleAttribute>().Factor),
        program.Activation(layer)));
}
