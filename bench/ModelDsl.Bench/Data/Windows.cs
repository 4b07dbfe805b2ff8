namespace Benchmarks.Bench.Data;

/// <summary>Windows that slide over square images.</summary>
internal static class Windows
{
    /// <summary>A window that is the same in both directions.</summary>
    public static SlidingWindow Square(int size, int kernel, int stride, int padding) => new(size, size, kernel, kernel)
    {
        StrideHeight = stride,
        StrideWidth = stride,
        PaddingTop = padding,
        PaddingBottom = padding,
        PaddingLeft = padding,
        PaddingRight = padding,
    };
}
