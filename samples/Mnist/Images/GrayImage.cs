namespace MnistSample.Images;

/// <summary>Brightness values in [0, 1], row by row; 0 is black.</summary>
/// <param name="width">The number of columns, at least 1.</param>
/// <param name="height">The number of rows, at least 1.</param>
/// <param name="values">width x height values.</param>
internal sealed class GrayImage(int width, int height, float[] values)
{
    public int Width { get; } = width;

    public int Height { get; } = height;

    public float[] Values { get; } = values.Length == (long)width * height
        ? values
        : throw new ArgumentException($"expected {(long)width * height} values ({width}x{height}), got {values.Length}");

    public float this[int x, int y] => Values[(y * Width) + x];

    /// <summary>The pixels along the edge, each once.</summary>
    public IEnumerable<float> Border()
    {
        for (int y = 0; y < Height; y++)
        {
            int step = y == 0 || y == Height - 1 ? 1 : Math.Max(1, Width - 1);
            for (int x = 0; x < Width; x += step)
            {
                yield return this[x, y];
            }
        }
    }
}
