using System.Globalization;
using System.Text;
using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Report;

/// <summary>What follows from the points of all families: who is ahead where, and how fast everything grows.</summary>
internal static class FindingsTables
{
    /// <summary>The second thread pays where it saves more than a tenth.</summary>
    private const double Gain = 1.1;

    /// <summary>Where libtorch is faster or smaller, for each family and number of threads.</summary>
    public static string BreakEvens(IEnumerable<IReadOnlyList<ScalePoint>> families)
    {
        StringBuilder text = new();
        text.Append(
            "| family | threads | libtorch's step is faster | its prediction is faster "
            + "| its peak memory is smaller |\n");
        text.Append("|---|--:|--:|--:|--:|\n");
        foreach (ScalePoint[] points in ByThreads(families))
        {
            string Where(Func<ScalePoint, double> ratio) =>
                BreakEven.Above([.. points.Select(point => ((double)point.Size, 1 / ratio(point)))]);
            text.Append(CultureInfo.InvariantCulture, $"| {points[0].Family} | {points[0].Threads} | ")
                .Append($"{Where(point => point.StepRatio)} | {Where(point => point.PredictionRatio)} | ")
                .Append($"{Where(point => point.MemoryRatio)} |\n");
        }

        return text.ToString();
    }

    /// <summary>Where more threads than one save more than a tenth.</summary>
    public static string ThreadGains(IEnumerable<IReadOnlyList<ScalePoint>> families)
    {
        StringBuilder text = new();
        text.Append(
            "| family | threads | step: ModelDsl | libtorch | prediction: ModelDsl | libtorch |\n");
        text.Append("|---|--:|--:|--:|--:|--:|\n");
        bool hasAny = false;
        foreach (ScalePoint[] points in ByThreads(families).Where(points => points[0].Threads > 1))
        {
            (ScalePoint One, ScalePoint More)[] pairs =
            [
                .. from more in points
                   from one in families.SelectMany(family => family)
                   where one.Family == more.Family && one.Size == more.Size && one.Threads == 1
                   select (one, more),
            ];
            string Where(Func<ScalePoint, double> time) => BreakEven.Above(
                [.. pairs.Select(pair => ((double)pair.One.Size, time(pair.One) / time(pair.More) / Gain))]);
            hasAny |= pairs.Length > 0;
            text.Append(CultureInfo.InvariantCulture, $"| {points[0].Family} | {points[0].Threads} | ")
                .Append($"{Where(point => point.Ours.Step.Median)} | {Where(point => point.Torch.Step.Median)} | ")
                .Append($"{Where(point => point.Ours.Prediction.Median)} | ")
                .Append($"{Where(point => point.Torch.Prediction.Median)} |\n");
        }

        return hasAny ? text.ToString() : "";
    }

    /// <summary>The exponents of the upper half of each curve.</summary>
    public static string Exponents(IEnumerable<IReadOnlyList<ScalePoint>> families)
    {
        StringBuilder text = new();
        text.Append(
            "| family | threads | step: ModelDsl | libtorch | prediction: ModelDsl | libtorch "
            + "| memory: ModelDsl | libtorch |\n");
        text.Append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
        foreach (ScalePoint[] points in ByThreads(families))
        {
            string[] cells =
            [
                .. ((Func<SideResult, double>[])
                [
                    side => side.Step.Median,
                    side => side.Prediction.Median,
                    side => side.Memory.Peak - side.Memory.Before,
                ]).SelectMany(value => (string[])
                [
                    Exponent(points, point => value(point.Ours)),
                    Exponent(points, point => value(point.Torch)),
                ]),
            ];
            text.Append(CultureInfo.InvariantCulture, $"| {points[0].Family} | {points[0].Threads} | ")
                .Append($"{string.Join(" | ", cells)} |\n");
        }

        return text.ToString();
    }

    private static IEnumerable<ScalePoint[]> ByThreads(IEnumerable<IReadOnlyList<ScalePoint>> families) =>
        families.SelectMany(family => family.GroupBy(point => point.Threads).Select(group => group.ToArray()));

    private static string Exponent(IEnumerable<ScalePoint> points, Func<ScalePoint, double> value) =>
        Growth.Exponent([.. points.Select(point => ((double)point.Size, value(point)))])
            ?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
}
