using System.Numerics.Tensors;
using MnistSample.Reports;

namespace MnistVitSample;

/// <summary>
/// Shows what a transformer learnt about where patches are: for each patch, how alike its position's vector is to those
/// of all patches. It is told nothing about rows and columns.
/// </summary>
internal static class PositionSimilarities
{
    /// <summary>The picture as a PNG file, with a map of all patches at the place of each.</summary>
    /// <param name="positions">A vector for each patch of a square of them, one after the other.</param>
    public static byte[] Draw(ReadOnlySpan<float> positions)
    {
        float[][] maps = Compute(positions, VisionTransformer.Width);
        return ImageGrid.Draw([.. maps.Select(map => ImageGrid.Signed(map))], columns: (int)Math.Sqrt(maps.Length));
    }

    /// <summary>The cosines of the angles between each vector and all of them, after their mean is taken off.</summary>
    public static float[][] Compute(ReadOnlySpan<float> positions, int width)
    {
        int count = positions.Length / width;
        float[] mean = new float[width];
        for (int i = 0; i < count; i++)
        {
            TensorPrimitives.Add(mean, positions.Slice(i * width, width), mean);
        }

        TensorPrimitives.Divide(mean, count, mean);
        float[][] centred = new float[count][];
        for (int i = 0; i < count; i++)
        {
            centred[i] = new float[width];
            TensorPrimitives.Subtract(positions.Slice(i * width, width), mean, centred[i]);
        }

        return Array.ConvertAll(
            centred, one => Array.ConvertAll(centred, other => TensorPrimitives.CosineSimilarity<float>(one, other)));
    }
}
