using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeActions;
using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Common;

namespace ModelDsl.CodeFixes;

/// <summary>A reported place of a file, as the file is by now.</summary>
/// <param name="Target">The reported node.</param>
/// <param name="Origin">The node at the diagnostic's first additional location, where that is in the same file.</param>
/// <param name="Properties">What the analyzer says beyond the places.</param>
internal sealed record Place(SyntaxNode Target, SyntaxNode? Origin, ImmutableDictionary<string, string?> Properties)
{
    /// <summary>The attribute that is reported, or in which something is.</summary>
    public AttributeSyntax? Attribute => AttributeEdits.Attribute(Target);
}

/// <summary>Repairs one place of a file; gives the same file where there is nothing to repair any more.</summary>
internal delegate SyntaxNode Edit(SyntaxNode root, Place place);

/// <summary>One of the repairs that a user can choose for a diagnostic.</summary>
/// <param name="Title">What the editor calls it.</param>
/// <param name="Edit">What it does.</param>
internal sealed record Repair(string Title, Edit Edit)
{
    /// <summary>"Fix all" applies, to every diagnostic, the repair with the key of the chosen one.</summary>
    public string Key { get; init; } = Title;

    /// <summary>What is edited instead of the place that is reported, in whatever file.</summary>
    public Location? Elsewhere { get; init; }
}

/// <summary>
/// Repairs what some rules report. A fix says which rules and how one place is edited; this offers its repairs one by
/// one and all at once, in a document, a project or a solution.
/// </summary>
public abstract class SyntaxFix : CodeFixProvider
{
    private readonly RepairFinder _find;

    /// <summary>A fix with one repair for every diagnostic of its rules.</summary>
    private protected SyntaxFix(string title, Edit edit, params string[] ids)
        : this(_ => [new Repair(title, edit)], ids)
    {
    }

    /// <summary>A fix with several repairs, or none, as the diagnostic is.</summary>
    private protected SyntaxFix(Func<Diagnostic, IEnumerable<Repair>> find, params string[] ids)
        : this((_, diagnostic, _) => Task.FromResult(find(diagnostic)), ids)
    {
    }

    /// <summary>A fix that has to look at more of the document than the diagnostic.</summary>
    private protected SyntaxFix(RepairFinder find, params string[] ids)
    {
        _find = find;
        FixableDiagnosticIds = [.. ids];
    }

    /// <summary>The repairs of a diagnostic in a document.</summary>
    private protected delegate Task<IEnumerable<Repair>> RepairFinder(
        Document document, Diagnostic diagnostic, CancellationToken cancellation);

    /// <inheritdoc />
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc />
    public sealed override FixAllProvider GetFixAllProvider() => new RepairAll(this);

    /// <summary>Offers each repair of the diagnostics unless it would change nothing.</summary>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        IEnumerable<(Repair Repair, Diagnostic Diagnostic)> found =
            await FindAsync(solution, context.Diagnostics, context.CancellationToken).ConfigureAwait(false);
        foreach (IGrouping<string, (Repair Repair, Diagnostic Diagnostic)> alike in
            found.GroupBy(pair => pair.Repair.Key))
        {
            Solution repaired = await ApplyAsync(solution, alike, context.CancellationToken).ConfigureAwait(false);
            if (repaired != solution)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(alike.First().Repair.Title, _ => Task.FromResult(repaired), alike.Key),
                    alike.Select(pair => pair.Diagnostic));
            }
        }
    }

    private async Task<IEnumerable<(Repair Repair, Diagnostic Diagnostic)>> FindAsync(
        Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var found = new List<(Repair Repair, Diagnostic Diagnostic)>();
        foreach (Diagnostic diagnostic in diagnostics.Where(IsRepairable).Looked(cancellation))
        {
            if (solution.GetDocument(diagnostic.Location.SourceTree) is { } document)
            {
                IEnumerable<Repair> repairs = await _find(document, diagnostic, cancellation).ConfigureAwait(false);
                found.AddRange(repairs.Select(repair => (repair, diagnostic)));
            }
        }

        return found;
    }

    // Where the cause is in a block elsewhere, a repair would change what is right.
    private static bool IsRepairable(Diagnostic diagnostic) =>
        !diagnostic.Properties.ContainsKey(FindingWriter.CauseIsElsewhere);

    private static async Task<Solution> ApplyAsync(
        Solution solution, IEnumerable<(Repair Repair, Diagnostic Diagnostic)> repairs, CancellationToken cancellation)
    {
        Solution repaired = solution;
        foreach (IGrouping<SyntaxTree?, (Repair Repair, Diagnostic Diagnostic)> inFile in repairs.GroupBy(
            pair => (pair.Repair.Elsewhere ?? pair.Diagnostic.Location).SourceTree))
        {
            if (solution.GetDocument(inFile.Key) is { } document
                && await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root)
            {
                SyntaxNode edited = Apply(root, inFile, cancellation);
                repaired = edited == root ? repaired : repaired.WithDocumentSyntaxRoot(document.Id, edited);
            }
        }

        return repaired;
    }

    // One repair may move what another one is about, so nodes are followed rather than positions.
    private static SyntaxNode Apply(
        SyntaxNode root, IEnumerable<(Repair Repair, Diagnostic Diagnostic)> repairs, CancellationToken cancellation)
    {
        (Edit Edit, Place Place)[] edits =
        [
            .. repairs
                .Select(pair => (pair.Repair.Edit, Place: PlaceOf(root, pair.Repair, pair.Diagnostic)))
                .OrderBy(edit => edit.Place.Target.SpanStart),
        ];
        SyntaxNode tracked = root.TrackNodes(edits
            .SelectMany(edit => new[] { edit.Place.Target, edit.Place.Origin })
            .OfType<SyntaxNode>()
            .Distinct());
        SyntaxNode current = tracked;
        foreach ((Edit edit, Place place) in edits.Looked(cancellation))
        {
            if (current.GetCurrentNode(place.Target) is { } target)
            {
                SyntaxNode? origin = place.Origin is null ? null : current.GetCurrentNode(place.Origin);
                current = edit(current, place with { Target = target, Origin = origin });
            }
        }

        return current == tracked ? root : DirectiveKeeper.Settle(root, WithoutElasticTrivia(current));
    }

    private static Place PlaceOf(SyntaxNode root, Repair repair, Diagnostic diagnostic)
    {
        Location location = repair.Elsewhere ?? diagnostic.Location;
        bool hasOrigin = diagnostic.AdditionalLocations is [var first, ..] && first.SourceTree == location.SourceTree;
        return new Place(
            Find(root, location),
            hasOrigin ? Find(root, diagnostic.AdditionalLocations[0]) : null,
            diagnostic.Properties);
    }

    private static SyntaxNode Find(SyntaxNode root, Location location) =>
        root.FindNode(location.SourceSpan, getInnermostNodeForTie: true);

    // Repairs write their own spaces. What is elastic would call the formatter, which stumbles over half-typed code.
    private static SyntaxNode WithoutElasticTrivia(SyntaxNode root) =>
        root.ReplaceTrivia(
            root.GetAnnotatedTrivia(SyntaxAnnotation.ElasticAnnotation),
            (trivia, _) => trivia.WithoutAnnotations(SyntaxAnnotation.ElasticAnnotation));

    // A repair may change other files than those of the diagnostics, so it cannot go file by file.
    private sealed class RepairAll(SyntaxFix fix) : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            string? key = context.CodeActionEquivalenceKey;
            IEnumerable<(Repair Repair, Diagnostic Diagnostic)> found = await fix.FindAsync(
                context.Solution, await DiagnosticsAsync(context).ConfigureAwait(false), context.CancellationToken)
                .ConfigureAwait(false);
            (Repair Repair, Diagnostic Diagnostic)[] chosen = [.. found.Where(pair => pair.Repair.Key == key)];
            if (chosen.Length == 0)
            {
                return null;
            }

            Solution repaired =
                await ApplyAsync(context.Solution, chosen, context.CancellationToken).ConfigureAwait(false);
            return CodeAction.Create(chosen[0].Repair.Title, _ => Task.FromResult(repaired), key);
        }

        private static async Task<IEnumerable<Diagnostic>> DiagnosticsAsync(FixAllContext context)
        {
            if (context is { Scope: FixAllScope.Document, Document: { } document })
            {
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            }

            var diagnostics = new List<Diagnostic>();
            IEnumerable<Project> projects =
                context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
            foreach (Project project in projects)
            {
                diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
            }

            return diagnostics;
        }
    }
}
