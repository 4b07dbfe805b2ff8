using System.Runtime.CompilerServices;

namespace ModelDsl.Kernels;

/// <summary>Copies rows of an image with zeros around them, so that windows need not be cut at the border.</summary>
internal static unsafe class PaddedRows
{
    /// <summary>rows[i] = image row first + i, with zeros to its left and right, or all zeros where there is none.</summary>
    /// <param name="image">[height, floats].</param>
    /// <param name="height">The image's height.</param>
    /// <param name="floats">The floats of an image's row.</param>
    /// <param name="first">The first row, which may lie outside of the image.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="left">How many zeros go before a row.</param>
    /// <param name="rows">[count, stride].</param>
    /// <param name="stride">The floats of a row with its zeros; at least <paramref name="left"/>. What does not fit is left out.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(float* image, int height, int floats, int first, int count, int left, float* rows, int stride)
    {
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
