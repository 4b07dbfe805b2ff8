using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks.Bench.Report;

/// <summary>
/// The last result of every row, so that a run of some rows leaves the others in the table. One file for each width of
/// vectors, beside the README.
/// </summary>
internal sealed class ResultStore
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly string _path;
    private readonly List<RowResult> _results;

    /// <summary>Opens the results for a width of vectors, such as <c>avx2</c>.</summary>
    public ResultStore(string folder, string instructions)
    {
        _path = Path.Combine(folder, "results", $"{instructions}.json");
        _results = File.Exists(_path) ? JsonSerializer.Deserialize<List<RowResult>>(File.ReadAllText(_path), Options)! : [];
    }

    /// <summary>The last result of every row.</summary>
    public IReadOnlyList<RowResult> Results => _results;

    /// <summary>Keeps a result in place of the row's last one.</summary>
    public void Add(RowResult result)
    {
        int known = _results.FindIndex(candidate => Key(candidate) == Key(result));
        if (known >= 0)
        {
            _results[known] = result;
        }
        else
        {
            _results.Add(result);
        }
    }

    /// <summary>Writes the results in the order of <paramref name="rows"/>, and only those.</summary>
    public void Save(IReadOnlyList<(string Group, string Name, int Threads)> rows)
    {
        List<RowResult> ordered = [.. rows.SelectMany(row => _results.Where(result => Key(result) == row))];
        _results.Clear();
        _results.AddRange(ordered);
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        File.WriteAllText(_path, JsonSerializer.Serialize(_results, Options) + "\n");
    }

    private static (string Group, string Name, int Threads) Key(RowResult result) =>
        (result.Group, result.Name, result.Threads);
}
