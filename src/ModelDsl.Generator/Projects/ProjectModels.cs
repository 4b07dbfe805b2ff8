using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// The models of one compilation, with what they follow from, but without its symbols: so the next compilation can take
/// over what an edit has not touched, and nothing keeps this one in memory but the text of its files.
/// </summary>
internal sealed class ProjectModels
{
    private readonly CompilationOptions _options;
    private readonly string? _assembly;
    private readonly ImmutableArray<MetadataReference> _references;
    private readonly ImmutableArray<SyntaxTree> _files;
    private readonly HashSet<string> _globalAliases;
    private readonly ImmutableArray<ImmutableArray<MarkedType>> _types;

    private ProjectModels(
        CSharpCompilation compilation,
        HashSet<string> globalAliases,
        ImmutableArray<ImmutableArray<MarkedType>> types,
        ImmutableArray<ModelDeclaration?> declarations)
    {
        _options = compilation.Options;
        _assembly = compilation.AssemblyName;
        _references = compilation.ExternalReferences;
        _files = compilation.SyntaxTrees;
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
        var globalAliases = new HashSet<string>(
            compilation.SyntaxTrees.SelectMany(file => MarkedTypes.Of(file).GlobalAliases), StringComparer.Ordinal);
        ImmutableArray<ImmutableArray<MarkedType>> types =
        [
            .. compilation.SyntaxTrees.Select(file => MarkedTypes.Of(file).Find(globalAliases)
                .Select(part => MarkedType.Read(compilation, part, cancellation))
                .ToImmutableArray()),
        ];
        return new ProjectModels(compilation, globalAliases, types, Arrange(types, before));
    }

    /// <summary>
    /// The models after an edit, where it has left the outlines of all files: only those are read again whose own files
    /// have changed. Null after any other edit.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ProjectModels? After(CSharpCompilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<SyntaxTree> files = compilation.SyntaxTrees;
        if (files.Length != _files.Length
            || compilation.AssemblyName != _assembly
            || !compilation.Options.Equals(_options)
            || !compilation.ExternalReferences.SequenceEqual(_references)
            || ChangedFiles(files, cancellation) is not { } changed)
        {
            return null;
        }

        if (changed.Count == 0)
        {
            return this;
        }

        var types = _types.ToBuilder();
        for (int file = 0; file < files.Length; file++)
        {
            if (changed.Contains(_files[file]) || _types[file].Any(IsTouched))
            {
                types[file] =
                [
                    .. MarkedTypes.Of(files[file]).Find(_globalAliases).Select((part, number) =>
                        !changed.Contains(_files[file]) && !IsTouched(_types[file][number])
                            ? _types[file][number]
                            : MarkedType.Read(compilation, part, cancellation)),
                ];
            }
        }

        return new ProjectModels(compilation, _globalAliases, types.ToImmutable(), Arrange(types, this));

        bool IsTouched(MarkedType type) => type.Files.Any(changed.Contains);
    }

    // The former versions of the files that have changed; null where the outline of one has.
    private HashSet<SyntaxTree>? ChangedFiles(ImmutableArray<SyntaxTree> files, CancellationToken cancellation)
    {
        var changed = new HashSet<SyntaxTree>();
        for (int file = 0; file < files.Length; file++)
        {
            if (files[file] != _files[file])
            {
                if (!Outline.IsSame(_files[file], files[file], cancellation))
                {
                    return null;
                }

                changed.Add(_files[file]);
            }
        }

        return changed;
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
