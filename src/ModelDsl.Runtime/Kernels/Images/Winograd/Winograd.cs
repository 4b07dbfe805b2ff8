namespace ModelDsl.Kernels;

/// <summary>Which convolutions are computed by Winograd's method.</summary>
internal static class Winograd
{
    /// <summary>The largest padding whose transposed convolution has a padding of 0 or more.</summary>
    private const int MaxPadding = WinogradAxis.Taps - 1;

    /// <summary>From so many channels and outputs on the products outweigh the transforms.</summary>
    /// <remarks>
    /// Measured at 28 x 28, batch 8, one thread with 512 bits, forward, input's and weight's gradient, in microseconds: with 8
    /// and 8 channels 195, 139, 137 and 217, 225, 257 for the direct sum; with 8 and 32 it is 258, 250, 261 and 336, 1028,
    /// 429; but with 4 and 32 channels 258, 250, 266 and 180, 704, 256.
    /// </remarks>
    private const int MinChannels = 8;

    /// <summary>Whether a convolution is one that the method can compute: by 3 x 3 taps, pixel by pixel.</summary>
    public static bool CanCompute(in ConvolutionShape shape)
    {
        SlidingWindow window = shape.Window;
        return shape.Groups == 1
            && window.KernelHeight == WinogradAxis.Taps && window.KernelWidth == WinogradAxis.Taps
            && window.StrideHeight == 1 && window.StrideWidth == 1
            && window.DilationHeight == 1 && window.DilationWidth == 1
            && Math.Max(window.PaddingTop, window.PaddingBottom) <= MaxPadding
            && Math.Max(window.PaddingLeft, window.PaddingRight) <= MaxPadding;
    }

    /// <summary>
    /// Whether the method may be taken and is faster than the direct sum. Depends on the shape alone, and not on the
    /// batch.
    /// </summary>
    /// <remarks>
    /// Small images fill their tiles badly: at least a third of the products must be saved. With 32 channels images of 3 x 3
    /// take 12 microseconds in place of 16, of 2 x 2 16 in place of 12.
    /// </remarks>
    public static bool Suits(in ConvolutionShape shape)
    {
        if (shape.Window.Method == ConvolutionMethod.Exact
            || !CanCompute(shape)
            || Math.Min(shape.Channels, shape.Outputs) < MinChannels)
        {
            return false;
        }

        var tiling = new WinogradTiling(shape.Window.OutputHeight, shape.Window.OutputWidth);
        return 3L * tiling.PerImage * WinogradTile.Products <= 2L * shape.Window.OutputPixels * shape.Window.Taps;
    }
}

/// <summary>
/// The tiles of 4 x 4 pixels that cover the images of a batch, from left to right, top to bottom, image by image.
/// </summary>
internal readonly record struct WinogradTiling(int Height, int Width)
{
    /// <summary>The tiles in a row.</summary>
    public int Columns => (Width + WinogradAxis.Outputs - 1) / WinogradAxis.Outputs;

    /// <summary>The tiles of an image.</summary>
    public int PerImage => (Height + WinogradAxis.Outputs - 1) / WinogradAxis.Outputs * Columns;

    /// <summary>The image that a tile belongs to, and its first pixel's row and column.</summary>
    public (int Image, int Top, int Left) Place(int tile)
    {
        (int image, int rest) = Math.DivRem(tile, PerImage);
        (int row, int column) = Math.DivRem(rest, Columns);
        return (image, row * WinogradAxis.Outputs, column * WinogradAxis.Outputs);
    }
}
