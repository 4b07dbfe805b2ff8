using System.Text.RegularExpressions;

namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>
/// A Mermaid graph of folders: <c>A --> B &amp; C</c> allows A to use B and C, and <c>A:::shared</c> says that everyone
/// may use A, so that no arrow to it is drawn.
/// </summary>
internal sealed partial record Drawing(ImmutableHashSet<Arrow> Arrows, ImmutableHashSet<string> Shared)
{
    /// <summary>Reads the graph in a section of docs/architecture.md.</summary>
    /// <exception cref="FormatException">The section has no graph, or a line that is not understood.</exception>
    public static Drawing Of(string section)
    {
        using var stream = typeof(Drawing).Assembly.GetManifestResourceStream("architecture.md")!;
        using var reader = new StreamReader(stream);
        var start = $"\n## {section}\n";
        var text = reader.ReadToEnd().Split(start) is [_, var rest] ? rest.Split("\n## ")[0] : "";
        var graph = Graph().Match(text);
        return graph.Success
            ? Parse(graph.Groups["lines"].Value)
            : throw new FormatException($"The section '{section}' of docs/architecture.md has no graph.");
    }

    /// <summary>Reads the lines of a graph.</summary>
    public static Drawing Parse(string lines)
    {
        var arrows = ImmutableHashSet.CreateBuilder<Arrow>();
        var shared = ImmutableHashSet.CreateBuilder<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ArrowLine().Match(line) is { Success: true } arrow)
            {
                var from = arrow.Groups["from"].Value;
                arrows.UnionWith(arrow.Groups["to"].Captures.Select(to => new Arrow(from, to.Value)));
            }
            else if (SharedLine().Match(line) is { Success: true } node)
            {
                shared.Add(node.Groups["name"].Value);
            }
            else if (!line.StartsWith("classDef ", StringComparison.Ordinal))
            {
                throw new FormatException($"The graph's line '{line}' is neither 'A --> B & C' nor 'A:::shared'.");
            }
        }

        return new(arrows.ToImmutable(), shared.ToImmutable());
    }

    /// <summary>Whether the drawing has an arrow or need not have one.</summary>
    public bool Allows(Arrow arrow) => Arrows.Contains(arrow) || Shared.Contains(arrow.To);

    /// <summary>A way along arrows from a folder back to itself, or nothing.</summary>
    public static IReadOnlyList<string> Cycle(IEnumerable<Arrow> arrows)
    {
        // In an order of its own, since sets have none: the same cycle each time.
        var targets = arrows
            .OrderBy(arrow => arrow.ToString(), StringComparer.Ordinal)
            .ToLookup(arrow => arrow.From, arrow => arrow.To);
        var done = new HashSet<string>();
        var way = new List<string>();
        return targets.Select(group => Walk(group.Key)).FirstOrDefault(cycle => cycle.Count > 0) ?? [];

        IReadOnlyList<string> Walk(string folder)
        {
            if (way.IndexOf(folder) is >= 0 and var start)
            {
                return [.. way[start..], folder];
            }

            if (!done.Add(folder))
            {
                return [];
            }

            way.Add(folder);
            var cycle = targets[folder].Select(Walk).FirstOrDefault(found => found.Count > 0);
            way.RemoveAt(way.Count - 1);
            return cycle ?? [];
        }
    }

    [GeneratedRegex(@"```mermaid\ngraph \w\w\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Graph();

    [GeneratedRegex(@"^(?<from>[\w.]+) --> (?<to>[\w.]+)(?: & (?<to>[\w.]+))*$")]
    private static partial Regex ArrowLine();

    [GeneratedRegex(@"^(?<name>[\w.]+):::shared$")]
    private static partial Regex SharedLine();
}
