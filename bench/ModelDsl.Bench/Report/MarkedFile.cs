namespace Benchmarks.Bench.Report;

/// <summary>A text file whose parts between markers are written by programs, and the rest by people.</summary>
internal static class MarkedFile
{
    /// <summary>
    /// Replaces what stands between <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c>.
    /// </summary>
    /// <exception cref="InvalidDataException">The file lacks one of the markers.</exception>
    public static void Replace(string path, string name, string content)
    {
        string text = File.ReadAllText(path);
        string begin = $"<!-- begin {name} -->", end = $"<!-- end {name} -->";
        int from = text.IndexOf(begin, StringComparison.Ordinal);
        int to = text.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from)
        {
            throw new InvalidDataException($"expected the markers '{begin}' and '{end}' in {path}");
        }

        File.WriteAllText(path, $"{text[..(from + begin.Length)]}\n\n{content.Trim()}\n\n{text[to..]}");
    }
}
