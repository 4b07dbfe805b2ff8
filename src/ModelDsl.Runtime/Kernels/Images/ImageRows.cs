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

/// <summary>Copies rows of an image with zeros around them, so that windows need not be cut at the border.</summary>
internal static unsafe class PaddedRows
{
    /// <summary>
    /// rows[i] = image row first + i, with zeros to its left and right, or all zeros where there is none.
    /// </summary>
    /// <param name="image">[height, floats].</param>
    /// <param name="height">The image's height.</param>
    /// <param name="floats">The floats of an image's row.</param>
    /// <param name="first">The first row, which may lie outside of the image.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="left">How many zeros go before a row; more than fit where no window reaches the image.</param>
    /// <param name="rows">[count, stride].</param>
    /// <param name="stride">
    /// The floats of a row with its zeros. What does not fit is left out.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(float* image, int height, int floats, int first, int count, int left, float* rows, int stride)
    {
        left = Math.Min(left, stride);
        int length = Math.Min(floats, stride - left);
        for (int row = first; row < first + count; row++)
        {
            var to = new Span<float>(rows, stride);
            if ((uint)row < (uint)height)
            {
                to[..left].Clear();
                new ReadOnlySpan<float>(image + ((nint)row * floats), length).CopyTo(to[left..]);
                to[(left + length)..].Clear();
            }
            else
            {
                to.Clear();
            }

            rows += stride;
        }
    }
}

/// <summary>Runs epilogues over a line of pixels.</summary>
internal static class PixelRows
{
    /// <summary>Finishes pixels that lie side by side.</summary>
    /// <param name="pixels">[count, channels].</param>
    /// <param name="first">The first pixel's row in the result.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epilogue">What is done to each.</param>
    public static unsafe void Finish<TEpilogue>(Span<float> pixels, int first, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        fixed (float* values = pixels)
        {
            EpilogueBlock.Finish(
                ref epilogue, values, channels, pixels.Length / channels, channels, first, firstColumn: 0);
        }
    }
}
