namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>The folders of some assemblies' source, and who uses whom.</summary>
internal sealed class Folders
{
    private readonly ImmutableDictionary<string, string> _folderOfType;
    private readonly ILookup<Arrow, TypeUse> _uses;

    /// <exception cref="InvalidOperationException">A type's parts stand in several folders.</exception>
    public Folders(params IEnumerable<CompiledCode> assemblies)
    {
        var code = assemblies.ToList();
        _folderOfType = code
            .SelectMany(assembly => assembly.Documents)
            .SelectMany(type => type.Value.Select(document => (Type: type.Key, Folder: FolderOf(document))))
            .Where(entry => entry.Folder is not null)
            .Distinct()
            .ToImmutableDictionary(entry => entry.Type, entry => entry.Folder!);
        _uses = code
            .SelectMany(assembly => assembly.Uses)
            .Where(use => _folderOfType.ContainsKey(use.User) && _folderOfType.ContainsKey(use.Used))
            .ToLookup(use => new Arrow(_folderOfType[use.User], _folderOfType[use.Used]));
    }

    public IEnumerable<string> Names => _folderOfType.Values.Distinct().Order();

    public IEnumerable<Arrow> Arrows => _uses.Select(uses => uses.Key).Where(arrow => arrow.From != arrow.To);

    /// <summary>The arrow with some of the types that make it, for whoever has to mend it.</summary>
    public string Explain(Arrow arrow) =>
        $"{arrow} ({string.Join("; ", _uses[arrow].Take(5).Select(use => $"{use.User} uses {use.Used}"))})";

    /// <summary>
    /// The first folder below the project's, or the project where a file stands in none. A file that another project
    /// lends goes by the lender's folder. What a generator wrote has no folder.
    /// </summary>
    private static string? FolderOf(string document)
    {
        const string Root = "/src/ModelDsl.";
        var path = document.Replace('\\', '/');
        var start = path.LastIndexOf(Root, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        var parts = path[(start + "/src/".Length)..].Split('/');
        return parts.Contains("obj") ? null : parts.Length == 2 ? parts[0] : parts[1];
    }
}
