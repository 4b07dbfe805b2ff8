using System.Text;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Report;

/// <summary>All that is made of the results: the plots, and the part of the README between the markers.</summary>
internal static class ScaleReport
{
    private const string Marker = "scale";

    /// <summary>Writes the plots and the tables.</summary>
    public static void Write(ScaleStore store)
    {
        (Family Family, IReadOnlyList<ScalePoint> Points)[] known =
        [
            .. AllFamilies.List.Select(family => (family, store.Of(family.Name))).Where(entry => entry.Item2.Count > 0),
        ];
        StringBuilder text = new();
        foreach ((Family family, IReadOnlyList<ScalePoint> points) in known)
        {
            text.Append($"#### {family.Name}\n\n{family.Text}\n\n");
            text.Append($"{MachineLine.Of(points[0].Machine)}\n\n");
            text.Append($"{string.Join(' ', ScalePlots.Write(family, points, BenchFolder.Path))}\n\n");
            text.Append($"{ScaleTable.Of(family, points)}\n");
        }

        IReadOnlyList<ScalePoint>[] families = [.. known.Select(entry => entry.Points)];
        text.Append($"#### Break-even points\n\n{FindingsTables.BreakEvens(families)}\n");
        if (FindingsTables.ThreadGains(families) is { Length: > 0 } gains)
        {
            text.Append($"Where more than one thread saves more than a tenth of one thread's time:\n\n{gains}\n");
        }

        text.Append($"#### Exponents of growth\n\n{FindingsTables.Exponents(families)}");
        MarkedFile.Replace(Path.Combine(BenchFolder.Path, "README.md"), Marker, text.ToString());
    }
}
