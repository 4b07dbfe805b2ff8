using System.Globalization;

namespace Benchmarks.ScaleBench.Results;

/// <summary>Where something begins to hold, and where it ends to.</summary>
internal static class BreakEven
{
    /// <summary>
    /// The sizes at which a ratio is above 1: <c>nowhere</c>, <c>everywhere</c>, or ranges such as
    /// <c>up to 12, from 300</c>. Between two measured sizes the crossing is interpolated on logarithmic axes.
    /// </summary>
    /// <param name="points">Sizes in ascending order, and positive ratios.</param>
    public static string Above(IReadOnlyList<(double Size, double Ratio)> points)
    {
        if (points.All(point => point.Ratio > 1))
        {
            return points.Count == 0 ? "-" : "everywhere";
        }

        List<string> ranges = [];
        for (int first = 0; first < points.Count; first++)
        {
            if (points[first].Ratio <= 1)
            {
                continue;
            }

            int last = first;
            while (last + 1 < points.Count && points[last + 1].Ratio > 1)
            {
                last++;
            }

            string? begin = first == 0 ? null : Crossing(points[first - 1], points[first]);
            string? end = last == points.Count - 1 ? null : Crossing(points[last], points[last + 1]);
            ranges.Add(begin is null ? $"up to {end}" : end is null ? $"from {begin}" : $"{begin} to {end}");
            first = last;
        }

        return ranges.Count == 0 ? "nowhere" : string.Join(", ", ranges);
    }

    /// <summary>The size at which the ratio is 1, a whole number of two digits.</summary>
    private static string Crossing((double Size, double Ratio) below, (double Size, double Ratio) above)
    {
        double part = -Math.Log(below.Ratio) / (Math.Log(above.Ratio) - Math.Log(below.Ratio));
        double size = below.Size * Math.Pow(above.Size / below.Size, part);
        double unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(size)) - 1));
        return (Math.Round(size / unit) * unit).ToString("0", CultureInfo.InvariantCulture);
    }
}
