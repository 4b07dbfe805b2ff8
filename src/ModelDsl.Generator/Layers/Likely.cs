namespace ModelDsl.Generator.Layers;

/// <summary>What an author who comes from another library probably means by numbers in an unusual order.</summary>
internal static class Likely
{
    private const int MostChannels = 4;
    private const int SmallestImage = 8;
    private const int MostStepsOfChannels = 3;
    private const int FewestStepsOfChannels = 64;
    private const int FewestFilters = 6;
    private const int SmallestBatch = 8;

    /// <summary>
    /// The dimensions with the channels last, where those of an image or a sequence look as if they came first: 3x32x32 is
    /// hardly an image of 3x32 pixels with 32 channels each. Null where they look as they should.
    /// </summary>
    public static TensorShape? ChannelsLast(TensorShape shape)
    {
        int[] sizes = [.. shape.Dimensions];
        if (shape.IsImage)
        {
            // Channels are few, pictures large and seldom more than twice as long as high.
            int shorter = Math.Min(sizes[1], sizes[2]);
            int longer = Math.Max(sizes[1], sizes[2]);
            bool isSquare = shorter == longer && shorter >= SmallestImage;
            bool isPicture = sizes[0] is 1 or 3 && shorter >= 2 * SmallestImage && longer <= 2 * shorter;
            return sizes[0] <= MostChannels && (isSquare || isPicture) ? new TensorShape(sizes[1], sizes[2], sizes[0]) : null;
        }

        return shape is { IsSequence: true, IsTokens: false, Rank: 2 }
            && sizes[0] <= MostStepsOfChannels && sizes[1] >= FewestStepsOfChannels
                ? shape with { Dimensions = [sizes[1], sizes[0]] }
                : null;
    }

    /// <summary>
    /// Whether a convolution's three numbers look like input channels, output channels and window: as filters and a window
    /// they would keep the number of channels and have a high window of an even size.
    /// </summary>
    public static bool IsInputsOutputsWindow(LayerDeclaration declaration, TensorShape input)
    {
        int? filters = declaration.Attribute switch
        {
            Conv2DAttribute convolution => convolution.Filters,
            ConvTranspose2DAttribute convolution => convolution.Filters,
            _ => null,
        };
        return filters == input.Columns
            && declaration.Attribute is WindowAttribute { KernelHeight: var height, KernelWidth: var width }
            && height >= FewestFilters && height % 2 == 0 && height > width;
    }

    /// <summary>The convolution of <see cref="IsInputsOutputsWindow"/> as it is written here: <c>Conv2D(16, 3)</c>.</summary>
    public static string WithoutInputs(LayerDeclaration declaration)
    {
        var window = declaration.Read<WindowAttribute>();
        return FormattableString.Invariant($"{declaration.Kind}({window.KernelHeight}, {window.KernelWidth})");
    }

    /// <summary>Whether the first dimension of an input looks like the number of samples in a batch.</summary>
    public static bool StartsWithBatch(TensorShape shape) =>
        shape.Rank >= 2 && shape.Dimensions[0] >= SmallestBatch && (shape.Dimensions[0] & (shape.Dimensions[0] - 1)) == 0
        && shape.Dimensions[0] != shape.Dimensions[1];
}
