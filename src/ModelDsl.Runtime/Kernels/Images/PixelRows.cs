namespace ModelDsl.Kernels;

/// <summary>Runs epilogues over a line of pixels.</summary>
internal static class PixelRows
{
    /// <summary>Finishes pixels that lie side by side.</summary>
    /// <param name="pixels">[count, channels].</param>
    /// <param name="first">The first pixel's row in the result.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="epilogue">What is done to each.</param>
    public static void Finish<TEpilogue>(Span<float> pixels, int first, int channels, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (typeof(TEpilogue) == typeof(NoEpilogue))
        {
            return;
        }

        for (int row = first; !pixels.IsEmpty; row++)
        {
            epilogue.Invoke(pixels[..channels], row, 0);
            pixels = pixels[channels..];
        }
    }
}
