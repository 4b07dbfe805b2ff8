namespace ModelDsl.Compositions;

/// <summary>Layers for images.</summary>
internal static class ImageLayers
{
    public static readonly LayerChoice[] All =
    [
        new(typeof(Conv2DAttribute), draft => Convolution(draft, draft.Number(1, 6), isDepthwise: false)),
        new(typeof(DepthwiseConv2DAttribute), draft => Convolution(draft, draft.Number(1, 2), isDepthwise: true)),
        new(typeof(ConvTranspose2DAttribute), Transposed),
        new(typeof(MaxPool2DAttribute), draft => Pool(draft, "MaxPool2D")),
        new(typeof(AvgPool2DAttribute), draft => Pool(draft, "AvgPool2D")),
        new(typeof(GlobalAveragePoolAttribute), draft => draft.Input.IsImage || draft.Input.IsVectorSequence
            ? draft.Layer("GlobalAveragePool", SampleShape.Of(draft.Input.Columns))
            : null),
        new(typeof(SpatialDropoutAttribute), draft => draft.Input.IsImage || draft.Input.IsVectorSequence
            ? draft.Layer("SpatialDropout", draft.Input, draft.Tenths(1, 5))
            : null, IsRandom: true),
        new(typeof(PadAttribute), Pad),
        new(typeof(UpsampleAttribute), Upsample),
        new(typeof(ResizeAttribute), Resize),
        new(typeof(PixelShuffleAttribute), draft => Shuffle(draft, isBack: false)),
        new(typeof(PixelUnshuffleAttribute), draft => Shuffle(draft, isBack: true)),
        new(typeof(LocalResponseNormAttribute), draft => draft.Input.IsImage
            ? draft.Layer(
                "LocalResponseNorm", draft.Input, draft.Number(1, 6), draft.Maybe("Alpha = 0.4f"),
                draft.Maybe("Beta = 0.5f"), draft.Maybe("K = 2"))
            : null),
    ];

    private static DrawnLayer? Convolution(LayerDraft draft, int filters, bool isDepthwise)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        int kernel = draft.Number(1, Math.Min(3, Math.Min(height, width)));
        int dilation = (2 * (kernel - 1)) + 1 <= Math.Min(height, width) && draft.Chance(0.2) ? 2 : 1;
        int stride = draft.Number(1, 2);
        bool isSame = draft.Chance(0.5);
        int groups = isDepthwise ? 1 : draft.Divisor(channels, filters);
        int reach = (dilation * (kernel - 1)) + 1;
        int Output(int extent) => isSame ? (extent + stride - 1) / stride : ((extent - reach) / stride) + 1;
        int outputs = isDepthwise ? channels * filters : filters;
        return draft.Layer(
            isDepthwise ? "DepthwiseConv2D" : "Conv2D",
            SampleShape.Of(Output(height), Output(width), outputs),
            isDepthwise ? null : filters,
            kernel,
            isDepthwise && filters > 1 ? $"Multiplier = {filters}" : null,
            stride == 1 ? null : $"Stride = {stride}",
            dilation == 1 ? null : $"Dilation = {dilation}",
            groups == 1 ? null : $"Groups = {groups}",
            isSame ? "Padding = Padding.Same" : null,
            draft.Maybe("UseBias = false"));
    }

    private static DrawnLayer? Transposed(LayerDraft draft)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        int kernel = draft.Number(1, 3);
        int stride = draft.Number(1, 2);
        int filters = draft.Number(1, 3);
        int groups = draft.Divisor(channels, filters);
        int outputPadding = stride > 1 && draft.Chance(0.3) ? 1 : 0;
        int Output(int extent) => ((extent - 1) * stride) + kernel + outputPadding;
        return draft.Layer(
            "ConvTranspose2D",
            SampleShape.Of(Output(height), Output(width), filters),
            filters,
            kernel,
            stride == 1 ? null : $"Stride = {stride}",
            groups == 1 ? null : $"Groups = {groups}",
            outputPadding == 0 ? null : "OutputPadding = 1",
            draft.Maybe("UseBias = false"));
    }

    private static DrawnLayer? Pool(LayerDraft draft, string kind)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        int size = draft.Number(1, Math.Min(3, Math.Min(height, width)));
        int stride = draft.Number(1, 3);
        int padding = draft.Number(0, size - 1);
        bool roundsUp = draft.Chance(0.3);
        return draft.Layer(
            kind,
            SampleShape.Of(Output(height), Output(width), channels),
            size,
            $"Stride = {stride}",
            padding == 0 ? null : $"PaddingSize = {padding}",
            roundsUp ? "CeilMode = true" : null,
            kind == "AvgPool2D" ? draft.Maybe("CountIncludePadding = true") : null);

        int Output(int extent)
        {
            int room = extent + (2 * padding) - size;
            int windows = (roundsUp ? (room + stride - 1) / stride : room / stride) + 1;
            return roundsUp && (windows - 1) * stride >= extent + padding ? windows - 1 : windows;
        }
    }

    private static DrawnLayer? Pad(LayerDraft draft)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        int[] margins = [draft.Number(0, 1), draft.Number(0, 1), draft.Number(0, 1), draft.Number(0, 1)];
        return draft.Layer(
            "Pad",
            SampleShape.Of(height + margins[0] + margins[1], width + margins[2] + margins[3], channels),
            margins[0],
            margins[1],
            margins[2],
            margins[3],
            draft.Maybe("Value = 0.5f"));
    }

    private static DrawnLayer? Upsample(LayerDraft draft)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        (int vertical, int horizontal) = (draft.Number(1, 2), draft.Number(1, 2));
        return draft.Layer(
            "Upsample",
            SampleShape.Of(height * vertical, width * horizontal, channels),
            vertical,
            horizontal,
            draft.Maybe("Interpolation = Interpolation.Bilinear", 0.5));
    }

    private static DrawnLayer? Resize(LayerDraft draft)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        (int newHeight, int newWidth) = (draft.Number(1, (2 * height) - 1), draft.Number(1, (2 * width) - 1));
        string? interpolation = draft.Chance(0.3) ? null : draft.Chance(0.5) ? "Bilinear" : "Bicubic";
        return draft.Layer(
            "Resize",
            SampleShape.Of(newHeight, newWidth, channels),
            newHeight,
            newWidth,
            interpolation is null ? null : $"Interpolation = Interpolation.{interpolation}",
            interpolation is null ? null : draft.Maybe("AlignCorners = true", 0.5));
    }

    private static DrawnLayer? Shuffle(LayerDraft draft, bool isBack)
    {
        if (!draft.Input.IsImage)
        {
            return null;
        }

        (int height, int width, int channels) = Extents(draft);
        if (isBack)
        {
            int factor = height % 2 == 0 && width % 2 == 0 ? 2 : 1;
            return draft.Layer(
                "PixelUnshuffle", SampleShape.Of(height / factor, width / factor, channels * factor * factor), factor);
        }
        else
        {
            int factor = channels % 4 == 0 ? 2 : 1;
            return draft.Layer(
                "PixelShuffle", SampleShape.Of(height * factor, width * factor, channels / (factor * factor)), factor);
        }
    }

    private static (int Height, int Width, int Channels) Extents(LayerDraft draft) =>
        (draft.Input.Dimensions[0], draft.Input.Dimensions[1], draft.Input.Dimensions[2]);
}
