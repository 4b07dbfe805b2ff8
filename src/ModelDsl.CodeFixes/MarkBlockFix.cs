using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelDsl.Generator.Diagnostics;

namespace ModelDsl.CodeFixes;

/// <summary>Marks a class of layers that is used as a block, in whatever file it stands.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MarkBlockFix)), Shared]
public sealed class MarkBlockFix : CodeFixProvider
{
    private const string Title = "Mark the class with [Block]";

    /// <inheritdoc />
    public override ImmutableArray<string> FixableDiagnosticIds => [TypeIsNotBlock.Id];

    /// <inheritdoc />
    public override FixAllProvider GetFixAllProvider() => new MarkAll();

    /// <inheritdoc />
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Solution solution = context.Document.Project.Solution;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            Solution marked = await MarkAsync(solution, [diagnostic], context.CancellationToken).ConfigureAwait(false);
            if (marked != solution)
            {
                context.RegisterCodeFix(CodeAction.Create(Title, _ => Task.FromResult(marked), Title), diagnostic);
            }
        }
    }

    // The class is the first additional location, which another project may declare.
    private static async Task<Solution> MarkAsync(
        Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        IEnumerable<Location> classes = diagnostics.Where(SyntaxRepair.IsRepairable)
            .SelectMany(diagnostic => diagnostic.AdditionalLocations.Take(1))
            .Where(location => location.IsInSource)
            .Distinct();
        foreach (IGrouping<SyntaxTree, Location> file in classes.GroupBy(location => location.SourceTree!).ToArray())
        {
            if (solution.GetDocument(file.Key) is { } document
                && await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false) is { } root)
            {
                SyntaxNode marked = SyntaxRepair.RepairAll(root, file, Mark);
                solution = marked == root ? solution : solution.WithDocumentSyntaxRoot(document.Id, marked);
            }
        }

        return solution;
    }

    // A class without layers, or a model, is not meant as a block.
    private static SyntaxNode Mark(SyntaxNode root, SyntaxNode target) =>
        target is ClassDeclarationSyntax { AttributeLists.Count: > 0 } type
        && !type.AttributeLists.SelectMany(list => list.Attributes).Any(IsMark)
            ? AttributeEdits.Prepend(root, type, AttributeEdits.Create("Block", AttributeEdits.Model(type)))
            : root;

    private static bool IsMark(AttributeSyntax attribute) =>
        AttributeEdits.IsNamed(attribute, "Model") || AttributeEdits.IsNamed(attribute, "Block");

    // Other files than those of the diagnostics may change, so it cannot go file by file.
    private sealed class MarkAll : FixAllProvider
    {
        public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
        {
            var diagnostics = new List<Diagnostic>();
            if (context is { Scope: FixAllScope.Document, Document: { } document })
            {
                diagnostics.AddRange(await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false));
            }
            else
            {
                IEnumerable<Project> projects = context.Scope == FixAllScope.Solution
                    ? context.Solution.Projects
                    : [context.Project];
                foreach (Project project in projects)
                {
                    diagnostics.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                }
            }

            Solution marked = await MarkAsync(context.Solution, diagnostics, context.CancellationToken).ConfigureAwait(false);
            return CodeAction.Create(Title, _ => Task.FromResult(marked), Title);
        }
    }
}
