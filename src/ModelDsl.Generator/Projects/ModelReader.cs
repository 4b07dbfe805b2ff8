using Microsoft.CodeAnalysis.CSharp;

namespace ModelDsl.Generator.Projects;

/// <summary>
/// Reads the models of a project again after each edit, and those alone that the edit may have changed. It remembers
/// the last compilations that it has seen: an editor asks about the project of the text and, in between, about an older
/// one. What it answers does not depend on what it remembers, except for the order.
/// </summary>
internal sealed class ModelReader
{
    private const int Capacity = 2;

    private ImmutableArray<ProjectModels> _last = [];

    /// <summary>The models of a compilation; null where none has taken the place of one that is gone.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ImmutableArray<ModelDeclaration?> Read(CSharpCompilation compilation, CancellationToken cancellation)
    {
        ImmutableArray<ProjectModels> last = _last;
        foreach (ProjectModels before in last)
        {
            if (before.After(compilation, cancellation) is { } after)
            {
                return Keep(last.Remove(before), after);
            }
        }

        return Keep(last, ProjectModels.Read(compilation, last.FirstOrDefault(), cancellation));
    }

    private ImmutableArray<ModelDeclaration?> Keep(ImmutableArray<ProjectModels> others, ProjectModels newest)
    {
        // Whoever writes last is remembered: what a run at the same time has found is lost, and found again.
        _last = [newest, .. others.Take(Capacity - 1)];
        return newest.Declarations;
    }
}
