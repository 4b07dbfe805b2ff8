using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.ScaleBench.Results;

/// <summary>The last result of every point, in bench/results/scale.json.</summary>
internal sealed class ScaleStore
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _path;
    private readonly List<ScalePoint> _points;

    /// <summary>Opens the results below a folder.</summary>
    public ScaleStore(string folder)
    {
        _path = Path.Combine(folder, "results", "scale.json");
        _points = File.Exists(_path)
            ? JsonSerializer.Deserialize<List<ScalePoint>>(File.ReadAllText(_path), Options)!
            : [];
    }

    /// <summary>The points of a family, by threads and size.</summary>
    public IReadOnlyList<ScalePoint> Of(string family) =>
        [.. _points.Where(point => point.Family == family).OrderBy(point => point.Threads).ThenBy(point => point.Size)];

    /// <summary>
    /// Keeps a point in place of its last result, and writes the file. A curve has one machine: the family's points of
    /// another are dropped.
    /// </summary>
    public void Add(ScalePoint point)
    {
        _points.RemoveAll(known => known.Family == point.Family
            && (known.Machine != point.Machine || (known.Size, known.Threads) == (point.Size, point.Threads)));
        _points.Add(point);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        ScalePoint[] ordered =
        [
            .. _points.OrderBy(known => known.Family, StringComparer.Ordinal)
                .ThenBy(known => known.Threads)
                .ThenBy(known => known.Size),
        ];
        File.WriteAllText(_path, JsonSerializer.Serialize(ordered, Options) + "\n");
    }
}
