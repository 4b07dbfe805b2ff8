using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// The models of one compilation, with what they follow from, but without its symbols: so the next compilation can take
/// over what an edit has not touched, and nothing keeps this one in memory but the text of its files.
/// </summary>
internal sealed class ProjectModels
{
    private readonly ProjectText _text;
    private readonly HashSet<string> _globalAliases;
    private readonly ImmutableArray<ImmutableArray<MarkedType>> _types;

    private ProjectModels(
        ProjectText text,
        HashSet<string> globalAliases,
        ImmutableArray<ImmutableArray<MarkedType>> types,
        ImmutableArray<ModelDeclaration?> declarations)
    {
        _text = text;
        _globalAliases = globalAliases;
        _types = types;
        Declarations = declarations;
    }

    /// <summary>
    /// The models. Each stands where it stood before, so that an edit that adds one or takes one away moves no other; a
    /// place that none has taken is null.
    /// </summary>
    public ImmutableArray<ModelDeclaration?> Declarations { get; }

    /// <summary>Reads every model.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="before">The models before the last edit, which give the order; or null.</param>
    /// <param name="cancellation">Looked at for each model.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ProjectModels Read(
        CSharpCompilation compilation, ProjectModels? before, CancellationToken cancellation)
    {
        var text = new ProjectText(compilation);
        var globalAliases = new HashSet<string>(
            text.Files.SelectMany(file => MarkedTypes.Of(file).GlobalAliases), StringComparer.Ordinal);
        ImmutableArray<ImmutableArray<MarkedType>> types =
        [
            .. text.Files.Select(file => MarkedTypes.Of(file).Find(globalAliases)
                .Select(part => MarkedType.Read(compilation, part, cancellation))
                .ToImmutableArray()),
        ];
        return new ProjectModels(text, globalAliases, types, Arrange(types, before));
    }

    /// <summary>
    /// The models after an edit, where it has left the outlines of all files: only those are read again that follow
    /// from a type in which something has changed. Null after any other edit.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ProjectModels? After(CSharpCompilation compilation, CancellationToken cancellation)
    {
        var text = new ProjectText(compilation);
        if (_text.TouchedIn(text, cancellation) is not { } touched)
        {
            return null;
        }

        if (text.Files.SequenceEqual(_text.Files))
        {
            return this;
        }

        var types = _types.ToBuilder();
        for (int file = 0; file < text.Files.Length; file++)
        {
            if (text.Files[file] != _text.Files[file] || _types[file].Any(IsTouched))
            {
                // Of a type that is not touched, a file has the same parts as before.
                var kept = _types[file].Where(type => !IsTouched(type)).GroupBy(type => type.Name)
                    .ToDictionary(parts => parts.Key, parts => new Queue<MarkedType>(parts), StringComparer.Ordinal);
                types[file] =
                [
                    .. MarkedTypes.Of(text.Files[file]).Find(_globalAliases).Select(part =>
                        kept.TryGetValue(part.Identifier.ValueText, out Queue<MarkedType>? same) && same.Count > 0
                            ? same.Dequeue()
                            : MarkedType.Read(compilation, part, cancellation)),
                ];
            }
        }

        return new ProjectModels(text, _globalAliases, types.ToImmutable(), Arrange(types, this));

        bool IsTouched(MarkedType type) => type.Sources.Any(touched.Contains);
    }

    private static ImmutableArray<ModelDeclaration?> Arrange(
        IEnumerable<ImmutableArray<MarkedType>> types, ProjectModels? before)
    {
        List<ModelDeclaration> left =
            [.. types.SelectMany(file => file).Select(type => type.Model).OfType<ModelDeclaration>()];
        if (before is null)
        {
            return left.ToImmutableArray<ModelDeclaration?>();
        }

        ILookup<string, ModelDeclaration> byName = left.ToLookup(model => model.HintName, StringComparer.Ordinal);
        ModelDeclaration?[] places =
            [.. before.Declarations.Select(place => place is null ? null : byName[place.HintName].FirstOrDefault())];
        var others = new Queue<ModelDeclaration>(
            left.Where(model => Array.TrueForAll(places, place => !ReferenceEquals(place, model))));
        return
        [
            .. places.Select(place => place ?? (others.Count > 0 ? others.Dequeue() : null)),
            .. others,
        ];
    }
}
