namespace ModelDsl.Tests.Reference.Layers;

/// <summary>Shapes that are broadcast by the rules of NumPy.</summary>
internal static class ReferenceBroadcast
{
    /// <summary>The shape that two are broadcast to.</summary>
    public static int[] Join(int[] left, int[] right)
    {
        int rank = Math.Max(left.Length, right.Length);
        return [.. Enumerable.Range(0, rank).Select(i => Math.Max(Extent(left, rank, i), Extent(right, rank, i)))];
    }

    /// <summary>The elements of a batch of one shape, repeated to those of another.</summary>
    public static double[] Apply(double[] values, int[] from, int[] to, int batch)
    {
        int count = Count(from), total = Count(to);
        double[] result = new double[batch * total];
        for (int i = 0; i < result.Length; i++)
        {
            int place = 0, stride = 1, rest = i % total;
            for (int dimension = to.Length - 1; dimension >= 0; dimension--)
            {
                int extent = Extent(from, to.Length, dimension);
                place += extent == 1 ? 0 : rest % to[dimension] * stride;
                stride *= extent;
                rest /= to[dimension];
            }

            result[i] = values[(i / total * count) + place];
        }

        return result;
    }

    private static int Count(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);

    private static int Extent(int[] shape, int rank, int dimension) =>
        dimension < rank - shape.Length ? 1 : shape[dimension - rank + shape.Length];
}
