using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelDsl.Generator.Analysis;

/// <summary>
/// Silences CS3016 at layer attributes: the C# compiler warns of <c>[Input(28, 28)]</c>, an attribute with an array, in assemblies
/// that promise to be usable from every language. A layer attribute is for this compiler only.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClsComplianceSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor ArrayInLayer = new(
        "MDLS3016", "CS3016", "Layer attributes are read by the compiler of models, not by other languages");

    /// <inheritdoc />
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => [ArrayInLayer];

    /// <inheritdoc />
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan)
                    .FirstAncestorOrSelf<AttributeSyntax>() is { } attribute
                && context.GetSemanticModel(tree).GetSymbolInfo(attribute, context.CancellationToken).Symbol is { } constructor
                && ModelParser.IsLayer(constructor.ContainingType))
            {
                context.ReportSuppression(Suppression.Create(ArrayInLayer, diagnostic));
            }
        }
    }
}
