using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// What the models of a compilation follow from, without its symbols, so that nothing keeps it in memory but the text
/// of its files.
/// </summary>
internal sealed class ProjectText
{
    private readonly CompilationOptions _options;
    private readonly string? _assembly;
    private readonly ImmutableArray<MetadataReference> _references;

    /// <param name="compilation">The compilation.</param>
    public ProjectText(CSharpCompilation compilation)
    {
        _options = compilation.Options;
        _assembly = compilation.AssemblyName;
        _references = compilation.ExternalReferences;
        Files = WrittenFiles(compilation);
    }

    /// <summary>
    /// The files that somebody wrote. An analyzer sees those of the generator too, which no model follows from.
    /// </summary>
    public ImmutableArray<SyntaxTree> Files { get; }

    /// <summary>
    /// The names of the types in which an edit has changed anything. Null where it has changed more: an outline, the
    /// files that there are, a reference or an option.
    /// </summary>
    /// <param name="after">The compilation after the edit.</param>
    /// <param name="cancellation">Looked at for each file that has changed.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ISet<string>? TouchedIn(CSharpCompilation after, CancellationToken cancellation)
    {
        ImmutableArray<SyntaxTree> files = WrittenFiles(after);
        if (files.Length != Files.Length
            || after.AssemblyName != _assembly
            || !after.Options.Equals(_options)
            || !after.ExternalReferences.SequenceEqual(_references))
        {
            return null;
        }

        var touched = new HashSet<string>(StringComparer.Ordinal);
        for (int file = 0; file < files.Length; file++)
        {
            if (files[file] != Files[file] && !Outline.IsSame(Files[file], files[file], touched, cancellation))
            {
                return null;
            }
        }

        return touched;
    }

    private static ImmutableArray<SyntaxTree> WrittenFiles(CSharpCompilation compilation) =>
        [.. compilation.SyntaxTrees.Where(file => !GeneratedMembers.Contains(file))];
}
