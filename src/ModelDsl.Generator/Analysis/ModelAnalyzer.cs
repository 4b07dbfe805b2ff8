using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Analysis.Advice;
using ModelDsl.Generator.Common;
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
        CheckContainedModels(context, type, modelAttribute);
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        if (attributes.IsEmpty)
        {
            return;
        }

        if (attributes.FirstOrDefault(attribute =>
            SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, modelAttribute)) is { } mark)
        {
            AnalyzeModel(context, type, mark);
        }
        else if (!ModelParser.IsBlock(type))
        {
            AnalyzeStrayLayers(context, type);
        }
    }

    // Reported where the outer type is looked at, not the model: an editor offers fixes only within what is looked at.
    private static void CheckContainedModels(SymbolAnalysisContext context, INamedTypeSymbol type, INamedTypeSymbol modelAttribute)
    {
        ImmutableArray<INamedTypeSymbol> inner = type.GetTypeMembers();
        if (!inner.IsEmpty
            && FindModel(inner, modelAttribute) is { } model
            && DeclarationRules.Check(model, context.CancellationToken).FirstOrDefault(diagnostic =>
                diagnostic.Id == ContainingTypeMustBePartial.Id && type.Locations.Contains(diagnostic.Location)) is { } broken)
        {
            context.ReportDiagnostic(broken);
        }
    }

    private static INamedTypeSymbol? FindModel(ImmutableArray<INamedTypeSymbol> types, INamedTypeSymbol modelAttribute) =>
        types.Select(type => IsMarked(type, modelAttribute) ? type : FindModel(type.GetTypeMembers(), modelAttribute))
            .FirstOrDefault(model => model is not null);

    private static bool IsMarked(INamedTypeSymbol type, INamedTypeSymbol mark) =>
        type.GetAttributes().Any(attribute => SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, mark));

    private static void AnalyzeModel(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData mark)
    {
        if (ProjectRules.Check(type, context.Compilation, context.CancellationToken) is { IsEmpty: false } wrong)
        {
            context.ReportDiagnostic(wrong[0]);
            return;
        }

        bool ordered = true;
        foreach (Diagnostic diagnostic in DeclarationRules.Check(type, context.CancellationToken))
        {
            ordered &= diagnostic.Id != ModelInSeveralParts.Id;
            if (diagnostic.Id != ContainingTypeMustBePartial.Id)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }

        if (!ordered)
        {
            return;
        }

        ParsedModel model = ModelParser.Parse(type, context.CancellationToken);
        ShapedModel shaped = ShapeInference.Run(model.Declaration, context.CancellationToken);
        foreach (ShapeIssue issue in shaped.Issues)
        {
            Report(context, type, model, mark, issue);
        }

        if (shaped.IsComplete && MainTree(type, mark) is { } tree)
        {
            AnalyzerConfigOptions options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree);
            var advised = new AdvisedModel(shaped, type.Name, Budget(mark), options, context.CancellationToken);
            foreach (ShapeIssue issue in AdviceCatalog.All.SelectMany(advice => advice.Check(advised)).Distinct())
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                Report(context, type, model, mark, issue);
            }
        }
    }

    private static void Report(
        SymbolAnalysisContext context, INamedTypeSymbol type, ParsedModel model, AttributeData mark, ShapeIssue issue)
    {
        Location location = issue switch
        {
            { LayerIndex: { } index } => ArgumentLocator.Find(model.Attributes[index], issue.Argument, context.CancellationToken),
            { Member: { } member } when MemberLocation(type, member) is { } found => found,
            { Argument: not null } => ArgumentLocator.Find(mark, issue.Argument, context.CancellationToken),
            _ => DeclarationRules.MainPart(type, context.CancellationToken)?.Identifier.GetLocation() ?? type.Locations[0],
        };
        IEnumerable<Location> origins = OriginLocator.Find(model, issue, context.CancellationToken);
        context.ReportDiagnostic(Diagnostic.Create(
            issue.Rule, location, origins, Properties(issue.MessageArguments), [.. issue.MessageArguments]));
    }

    private static Location? MemberLocation(INamedTypeSymbol type, string name) =>
        GeneratedMembers.Others(type).Concat(type.TypeParameters).FirstOrDefault(member => GeneratedMembers.NamesOf(member).Contains(name))?.Locations[0];

    // Code fixes read what the message says from here.
    private static ImmutableDictionary<string, string?> Properties(EquatableArray<string> arguments)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        for (int i = 0; i < arguments.Count; i++)
        {
            properties = properties.Add(i.ToString(CultureInfo.InvariantCulture), arguments[i]);
        }

        return properties;
    }

    private static SyntaxTree? MainTree(INamedTypeSymbol type, AttributeData mark) =>
        mark.ApplicationSyntaxReference?.SyntaxTree ?? type.Locations[0].SourceTree;

    private static int? Budget(AttributeData mark)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
        {
            if (argument.Key == "MaxParameters")
            {
                return argument.Value.Value as int?;
            }
        }

        return null;
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
