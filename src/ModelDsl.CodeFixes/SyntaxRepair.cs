using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.CodeFixes;

/// <summary>Repairs one reported place of a file.</summary>
/// <param name="root">The file as it is by now.</param>
/// <param name="target">The reported node in it.</param>
/// <param name="origin">The node at the diagnostic's first additional location, where it has one.</param>
/// <param name="properties">What the analyzer says beyond the places: the arguments of the message by number.</param>
/// <returns>The file with the repair, or the same where there is nothing to repair any more.</returns>
internal delegate SyntaxNode Repair(
    SyntaxNode root, SyntaxNode target, SyntaxNode? origin, ImmutableDictionary<string, string?> properties);

/// <summary>Offers repairs as code actions, one by one and all at once.</summary>
internal static class SyntaxRepair
{
    /// <summary>Offers a repair of each diagnostic of the context, unless it would change nothing.</summary>
    public static async Task OfferAsync(CodeFixContext context, string title, Repair repair, string? equivalenceKey = null)
    {
        Document document = context.Document;
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics.Where(IsRepairable))
        {
            SyntaxNode repaired = RepairAll(root, [diagnostic], repair);
            if (repaired != root)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        title,
                        _ => Task.FromResult(document.WithSyntaxRoot(repaired)),
                        equivalenceKey ?? title),
                    diagnostic);
            }
        }
    }

    /// <summary>Applies, file by file, the repair that <paramref name="choose"/> gives for an equivalence key.</summary>
    public static FixAllProvider FixAll(Func<string?, Repair> choose) =>
        FixAllProvider.Create(async (context, document, diagnostics) =>
            await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is { } root
                ? document.WithSyntaxRoot(RepairAll(root, diagnostics, choose(context.CodeActionEquivalenceKey)))
                : document);

    /// <inheritdoc cref="FixAll(Func{string?, Repair})"/>
    public static FixAllProvider FixAll(Repair repair) => FixAll(_ => repair);

    /// <summary>The file with a repair of the node at each location.</summary>
    public static SyntaxNode RepairAll(
        SyntaxNode root, IEnumerable<Location> locations, Func<SyntaxNode, SyntaxNode, SyntaxNode> repair)
    {
        SyntaxNode[] targets = [.. locations.Select(location => Find(root, location)).Distinct()];
        SyntaxNode tracked = root.TrackNodes(targets);
        SyntaxNode current = tracked;
        foreach (SyntaxNode target in targets)
        {
            current = current.GetCurrentNode(target) is { } node ? repair(current, node) : current;
        }

        return current == tracked ? root : DirectiveKeeper.Settle(root, WithoutElasticTrivia(current));
    }

    // One repair may move what another one is about, so nodes are followed rather than positions.
    private static SyntaxNode RepairAll(SyntaxNode root, ImmutableArray<Diagnostic> diagnostics, Repair repair)
    {
        (Diagnostic Diagnostic, SyntaxNode Target, SyntaxNode? Origin)[] places =
        [
            .. diagnostics
                .Where(IsRepairable)
                .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
                .Select(diagnostic => (
                    diagnostic,
                    Find(root, diagnostic.Location),
                    diagnostic.AdditionalLocations.Count > 0 && diagnostic.AdditionalLocations[0].SourceTree == diagnostic.Location.SourceTree
                        ? Find(root, diagnostic.AdditionalLocations[0])
                        : null)),
        ];
        SyntaxNode tracked = root.TrackNodes(places.SelectMany(place =>
            place.Origin is null ? [place.Target] : new[] { place.Target, place.Origin }).Distinct());
        SyntaxNode current = tracked;
        foreach ((Diagnostic diagnostic, SyntaxNode target, SyntaxNode? origin) in places)
        {
            if (current.GetCurrentNode(target) is { } node)
            {
                current = repair(
                    current, node, origin is null ? null : current.GetCurrentNode(origin), diagnostic.Properties);
            }
        }

        return current == tracked ? root : DirectiveKeeper.Settle(root, WithoutElasticTrivia(current));
    }

    /// <summary>Where the cause is in a block elsewhere, a repair would change what is right.</summary>
    public static bool IsRepairable(Diagnostic diagnostic) => !diagnostic.Properties.ContainsKey(FindingWriter.CauseIsElsewhere);

    // Repairs write their own spaces. What is elastic would call the formatter, which stumbles over half-typed code.
    private static SyntaxNode WithoutElasticTrivia(SyntaxNode root) =>
        root.ReplaceTrivia(
            root.GetAnnotatedTrivia(SyntaxAnnotation.ElasticAnnotation),
            (trivia, _) => trivia.WithoutAnnotations(SyntaxAnnotation.ElasticAnnotation));

    private static SyntaxNode Find(SyntaxNode root, Location location) =>
        root.FindNode(location.SourceSpan, getInnermostNodeForTie: true);
}
