using System.Globalization;
using System.Text;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Report;

/// <summary>The points of a family as a table.</summary>
internal static class ScaleTable
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>The table, with a row for each number of threads and size.</summary>
    public static string Of(Family family, IEnumerable<ScalePoint> points)
    {
        string[] headings = Headings(family);
        StringBuilder text = new();
        text.Append($"| {string.Join(" | ", headings)} |\n");
        text.Append($"|{string.Concat(Enumerable.Repeat("--:|", headings.Length))}\n");
        foreach (ScalePoint point in points)
        {
            text.Append($"| {string.Join(" | ", Cells(family, point))} |\n");
        }

        return text.ToString();
    }

    /// <summary>The cells of one row; the console shows the same.</summary>
    public static string[] Cells(Family family, ScalePoint point) =>
    [
        point.Size.ToString(CultureInfo.InvariantCulture),
        point.Threads.ToString(CultureInfo.InvariantCulture),
        Formats.Time(point.Ours.Step),
        Formats.Time(point.Torch.Step),
        Formats.Ratio(point.StepRatio),
        Formats.Time(point.Ours.Prediction),
        Formats.Time(point.Torch.Prediction),
        Formats.Ratio(point.PredictionRatio),
        Memory(point.Ours.Memory.Peak),
        Memory(point.Torch.Memory.Peak),
        Formats.Ratio(point.MemoryRatio),
        .. family.ShowsCompilation
            ? [point.CompilationSeconds is { } seconds ? Formats.Seconds(seconds) : "-"]
            : Array.Empty<string>(),
    ];

    private static string[] Headings(Family family) =>
    [
        family.Name, "threads",
        "step: ModelDsl", "libtorch", "ratio",
        "prediction: ModelDsl", "libtorch", "ratio",
        "peak memory: ModelDsl", "libtorch", "ratio",
        .. family.ShowsCompilation ? ["compiling"] : Array.Empty<string>(),
    ];

    private static string Memory(double bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / Mebibyte:#,0} MiB");
}
