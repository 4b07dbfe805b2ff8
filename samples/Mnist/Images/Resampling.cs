namespace MnistSample.Images;

/// <summary>Changes an image's size.</summary>
internal static class Resampling
{
    /// <summary>
    /// y[i] = Σ w(i, j)·x[j] along each axis, with a triangle filter as wide as the larger of the two pixel sizes: smooth
    /// where it enlarges, an average over what falls together where it shrinks, and exact where the size stays.
    /// </summary>
    public static GrayImage Resize(GrayImage image, int width, int height)
    {
        float[] rows = ResizeRows(image.Values, image.Width, image.Height, width);
        float[] columns = ResizeRows(Transpose(rows, width, image.Height), image.Height, width, height);
        return new GrayImage(width, height, Transpose(columns, height, width));
    }

    private static float[] ResizeRows(float[] values, int from, int rows, int to)
    {
        float[] result = new float[rows * to];
        float scale = (float)from / to;
        float reach = Math.Max(1f, scale);
        for (int target = 0; target < to; target++)
        {
            float center = ((target + 0.5f) * scale) - 0.5f;
            int first = Math.Max(0, (int)MathF.Ceiling(center - reach));
            int last = Math.Min(from - 1, (int)MathF.Floor(center + reach));
            float total = 0;
            for (int source = first; source <= last; source++)
            {
                total += Weight(source);
            }

            for (int row = 0; row < rows; row++)
            {
                float sum = 0;
                for (int source = first; source <= last; source++)
                {
                    sum += Weight(source) * values[(row * from) + source];
                }

                result[(row * to) + target] = sum / total;
            }

            float Weight(int source) => 1 - (MathF.Abs(source - center) / reach);
        }

        return result;
    }

    private static float[] Transpose(float[] values, int width, int height)
    {
        float[] result = new float[values.Length];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                result[(x * height) + y] = values[(y * width) + x];
            }
        }

        return result;
    }
}
