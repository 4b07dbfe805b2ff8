using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Diagnostics;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator.Analysis;

/// <summary>Reports every rule that a model breaks, at the attribute or argument that breaks it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = RuleCatalog.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            // Nothing to look at where the runtime is not referenced.
            if (start.Compilation.GetTypeByMetadataName(ModelParser.ModelAttribute) is { } modelAttribute)
            {
                start.RegisterSymbolAction(symbol => Analyze(symbol, modelAttribute), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol modelAttribute)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.IsEmpty)
        {
            return;
        }

        if (attributes.Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, modelAttribute)))
        {
            AnalyzeModel(context, type);
        }
        else if (!ModelParser.IsBlock(type))
        {
            AnalyzeStrayLayers(context, type);
        }
    }

    private static void AnalyzeModel(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        bool ordered = true;
        foreach (Diagnostic diagnostic in DeclarationRules.Check(type, context.CancellationToken))
        {
            ordered &= diagnostic.Id != ModelInSeveralParts.Id;
            context.ReportDiagnostic(diagnostic);
        }

        if (!ordered)
        {
            return;
        }

        ParsedModel model = ModelParser.Parse(type, context.CancellationToken);
        foreach (ShapeIssue issue in ShapeInference.Run(model.Declaration).Issues)
        {
            Location location = issue.LayerIndex is { } index
                ? ArgumentLocator.Find(model.Attributes[index], issue.Argument, context.CancellationToken)
                : DeclarationRules.MainPart(type, context.CancellationToken)?.Identifier.GetLocation() ?? type.Locations[0];
            Location[] origin = issue.OriginIndex is { } originIndex
                ? [ArgumentLocator.Find(model.Attributes[originIndex], null, context.CancellationToken)]
                : [];
            context.ReportDiagnostic(Diagnostic.Create(issue.Rule, location, origin, [.. issue.MessageArguments]));
        }
    }

    private static void AnalyzeStrayLayers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in ModelParser.LayerAttributes(type))
        {
            string kind = new LayerDeclaration(attribute.AttributeClass!.MetadataName, "", [], [], true).Kind;
            context.ReportDiagnostic(Diagnostic.Create(
                LayerWithoutModel.Rule, ArgumentLocator.Find(attribute, null, context.CancellationToken), kind, type.Name));
        }
    }
}
