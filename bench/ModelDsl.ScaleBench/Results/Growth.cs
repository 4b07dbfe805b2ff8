namespace Benchmarks.ScaleBench.Results;

/// <summary>How something grows with the size.</summary>
internal static class Growth
{
    /// <summary>
    /// The exponent e of value ≈ c·sizeᵉ in the upper half of the sizes: the slope of log value over log size by least
    /// squares; null for fewer than two sizes.
    /// </summary>
    /// <param name="points">Sizes in ascending order, and positive values.</param>
    public static double? Exponent(IReadOnlyList<(double Size, double Value)> points)
    {
        (double X, double Y)[] upper =
        [
            .. points.Skip(Math.Min(points.Count / 2, points.Count - 2))
                .Select(point => (Math.Log(point.Size), Math.Log(point.Value))),
        ];
        if (upper.Length < 2)
        {
            return null;
        }

        double meanX = upper.Average(point => point.X), meanY = upper.Average(point => point.Y);
        return upper.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / upper.Sum(point => (point.X - meanX) * (point.X - meanX));
    }
}
