namespace ModelDsl.Onnx;

/// <summary>Orders of dimensions.</summary>
internal static class Layout
{
    /// <summary>
    /// Matrices [rows, columns], one after the other, as [columns, rows]. Their elements may be vectors.
    /// </summary>
    public static float[] Transpose(ReadOnlySpan<float> matrices, int rows, int columns, int length = 1)
    {
        float[] result = new float[matrices.Length];
        for (int start = 0; start < matrices.Length; start += rows * columns * length)
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    matrices.Slice(start + (((row * columns) + column) * length), length)
                        .CopyTo(result.AsSpan(start + (((column * rows) + row) * length)));
                }
            }
        }

        return result;
    }
}
