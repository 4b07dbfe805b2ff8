namespace ModelDsl.Kernels;

/// <summary>Checks the operands of pooling.</summary>
internal static class PoolingGuard
{
    /// <exception cref="ArgumentException">
    /// An operand is shorter than its shape, or some window has no pixel within the image.
    /// </exception>
    public static void Check(SlidingWindow window, FloatSpan image, FloatSpan result, int batch, int channels)
    {
        window.Check();
        if (Math.Max(window.PaddingTop, window.PaddingBottom) >= window.KernelHeight
            || Math.Max(window.PaddingLeft, window.PaddingRight) >= window.KernelWidth
            || window.DilationHeight != 1 || window.DilationWidth != 1)
        {
            throw new ArgumentException($"expected a padding smaller than the window and no dilation, got {window}");
        }

        Guard.Blocks(image, batch, window.Pixels, channels);
        Guard.Blocks(result, batch, window.OutputPixels, channels);
    }
}
