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
        Files = [.. compilation.SyntaxTrees.Where(file => !GeneratedMembers.Contains(file))];
    }

    /// <summary>
    /// The files that somebody wrote. An analyzer sees those of the generator too, which no model follows from.
    /// </summary>
    public ImmutableArray<SyntaxTree> Files { get; }

    /// <summary>
    /// The names of the types in which an edit has changed anything. Null where it has changed more: an outline, the
    /// files that there are, a reference or an option.
    /// </summary>
    /// <param name="after">The text after the edit.</param>
    /// <param name="cancellation">Looked at for each file that has changed.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ISet<string>? TouchedIn(ProjectText after, CancellationToken cancellation)
    {
        ImmutableArray<SyntaxTree> files = after.Files;
        if (files.Length != Files.Length
            || after._assembly != _assembly
            || !after._options.Equals(_options)
            || !after._references.SequenceEqual(_references))
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
}
