namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>A window and its image in one direction.</summary>
/// <param name="Size">The image's pixels.</param>
/// <param name="Kernel">The window's pixels.</param>
/// <param name="Stride">The distance between two windows.</param>
/// <param name="Dilation">The distance between two pixels of a window.</param>
/// <param name="Before">The padding before the image.</param>
/// <param name="After">The padding behind it.</param>
internal sealed record WindowSide(int Size, int Kernel, int Stride, int Dilation, int Before, int After)
{
    /// <summary>The window of two directions.</summary>
    public static SlidingWindow Window(WindowSide vertical, WindowSide horizontal) =>
        new(vertical.Size, horizontal.Size, vertical.Kernel, horizontal.Kernel)
        {
            StrideHeight = vertical.Stride,
            StrideWidth = horizontal.Stride,
            DilationHeight = vertical.Dilation,
            DilationWidth = horizontal.Dilation,
            PaddingTop = vertical.Before,
            PaddingBottom = vertical.After,
            PaddingLeft = horizontal.Before,
            PaddingRight = horizontal.After,
        };
}
