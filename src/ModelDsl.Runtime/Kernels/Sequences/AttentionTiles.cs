namespace ModelDsl.Kernels;

/// <summary>Copies between the rows of a head, which lie far apart, and working memory, where they lie side by side.</summary>
internal static unsafe class AttentionTiles
{
    /// <summary>destination[row, i] = scale·source[row, i], with zeros behind the width.</summary>
    public static void Pack(float* source, int stride, float* destination, int rows, int width, int paddedWidth, float scale)
    {
        for (int row = 0; row < rows; row++)
        {
            var from = new ReadOnlySpan<float>(source + ((long)row * stride), width);
            var to = new Span<float>(destination + ((long)row * paddedWidth), paddedWidth);
            if (scale == 1f)
            {
                from.CopyTo(to);
            }
            else
            {
                System.Numerics.Tensors.TensorPrimitives.Multiply(from, scale, to);
            }

            to[width..].Clear();
        }
    }

    /// <summary>destination[i, row] = source[row, i], with zeros behind the rows.</summary>
    public static void PackTransposed(float* source, int stride, float* destination, int rows, int width, int paddedRows)
    {
        for (int i = 0; i < width; i++)
        {
            float* to = destination + ((long)i * paddedRows);
            float* from = source + i;
            for (int row = 0; row < rows; row++)
            {
                to[row] = *from;
                from += stride;
            }

            new Span<float>(to + rows, paddedRows - rows).Clear();
        }
    }

    /// <summary>destination[row, i] = scale·source[row, i].</summary>
    public static void Unpack(float* source, int paddedWidth, float* destination, int stride, int rows, int width, float scale)
    {
        for (int row = 0; row < rows; row++)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply(
                new ReadOnlySpan<float>(source + ((long)row * paddedWidth), width),
                scale,
                new Span<float>(destination + ((long)row * stride), width));
        }
    }
}
