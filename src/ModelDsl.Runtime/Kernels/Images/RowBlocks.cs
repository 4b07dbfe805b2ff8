namespace ModelDsl.Kernels;

/// <summary>The rows of all results, in blocks of neighbouring rows of one image.</summary>
/// <param name="Images">The number of images.</param>
/// <param name="Height">The rows of an image's result.</param>
/// <param name="BlockRows">The rows of a block; the last of an image may have fewer.</param>
internal readonly record struct RowBlocks(int Images, int Height, int BlockRows)
{
    private int PerImage => (Height + BlockRows - 1) / BlockRows;

    /// <summary>The number of blocks.</summary>
    public int Count => checked(Images * PerImage);

    /// <summary>Where a block lies: its image, its first row and the number of its rows.</summary>
    public (int Image, int Row, int Rows) Place(int block)
    {
        (int image, int number) = Math.DivRem(block, PerImage);
        int row = number * BlockRows;
        return (image, row, Math.Min(BlockRows, Height - row));
    }
}
