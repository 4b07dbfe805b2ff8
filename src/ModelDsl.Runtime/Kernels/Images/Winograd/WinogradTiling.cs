namespace ModelDsl.Kernels;

/// <summary>The tiles of 4 x 4 pixels that cover the images of a batch, from left to right, top to bottom, image by image.</summary>
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
