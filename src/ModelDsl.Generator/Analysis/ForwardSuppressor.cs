using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Parsing.Methods;

namespace ModelDsl.Generator.Analysis;

/// <summary>
/// Silences what analyzers of code that runs say of a forward method and of the class around it: nobody calls the
/// method and nobody creates a block, since both are for this compiler.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForwardSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor UnusedMethod = new(
        "MDLS0051", "IDE0051", "The compiler of models reads the method");

    private static readonly SuppressionDescriptor UnusedClass = new(
        "MDLS1812", "CA1812", "A block is no object: models are made of it");

    private static readonly SuppressionDescriptor UncheckedTensor = new(
        "MDLS1062", "CA1062", "A tensor is never null, since the method never runs");

    private static readonly SuppressionDescriptor UnreachedBranch = new(
        "MDLS0162", "CS0162", "A condition on constants chooses between models");

    private static readonly SuppressionDescriptor ArrayOfConstants = new(
        "MDLS1861", "CA1861", "The array is never made, since the method never runs");

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
        [UnusedMethod, UnusedClass, UncheckedTensor, UnreachedBranch, ArrayOfConstants];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && Find(context, tree, diagnostic) is { } suppression)
            {
                context.ReportSuppression(suppression);
            }
        }
    }

    private static Suppression? Find(SuppressionAnalysisContext context, SyntaxTree tree, Diagnostic diagnostic)
    {
        SyntaxNode node = tree.GetRoot(context.CancellationToken)
            .FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        SemanticModel meaning = context.GetSemanticModel(tree);
        SuppressionDescriptor? suppression = diagnostic.Id switch
        {
            "IDE0051" when Declared(node) is IMethodSymbol method
                && ForwardReader.MethodOf(method.ContainingType) is { } forward
                && SymbolEqualityComparer.Default.Equals(forward, method) => UnusedMethod,
            "CA1812" when Declared(node) is INamedTypeSymbol type && ModelParser.IsBlock(type) => UnusedClass,
            "CA1062" when ForwardReader.IsTensor(meaning.GetTypeInfo(node, context.CancellationToken).Type) => UncheckedTensor,
            "CS0162" when IsOfTensors() => UnreachedBranch,
            "CA1861" when IsOfTensors() => ArrayOfConstants,
            _ => null,
        };
        return suppression is null ? null : Suppression.Create(suppression, diagnostic);

        // The forward method, or one that it may call.
        bool IsOfTensors() =>
            meaning.GetEnclosingSymbol(node.SpanStart, context.CancellationToken) is IMethodSymbol method
            && ForwardReader.IsOfTensors(method);

        ISymbol? Declared(SyntaxNode? declared)
        {
            for (; declared is not null; declared = declared.Parent)
            {
                if (meaning.GetDeclaredSymbol(declared, context.CancellationToken) is { } symbol)
                {
                    return symbol;
                }
            }

            return null;
        }
    }
}
