using System.Globalization;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

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
                var reports = new ReportCache(start.Compilation, modelAttribute, start.Options.AnalyzerConfigOptionsProvider);
                start.RegisterSymbolAction(symbol => Analyze(symbol, modelAttribute, reports), SymbolKind.NamedType);
            }
            else if (ProjectRules.AliasOnly(start.Compilation) is { } found)
            {
                start.RegisterSymbolAction(symbol => AnalyzeAliased(symbol, found.Mark), SymbolKind.NamedType);
            }
        });
    }

    private static void AnalyzeAliased(SymbolAnalysisContext context, INamedTypeSymbol modelAttribute)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (IsMarked(type, modelAttribute))
        {
            foreach (Diagnostic diagnostic in ProjectRules.Check(type, context.Compilation, context.CancellationToken))
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol modelAttribute, ReportCache reports)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        CheckContainedModels(context, type, modelAttribute);
        if (type.GetAttributes().IsEmpty)
        {
            return;
        }

        if (reports.MarkOf(type) is { } mark)
        {
            AnalyzeModel(context, type, mark, reports);
        }

        if (reports.MarkOf(type) is not null || ModelParser.IsBlock(type))
        {
            AnalyzeForeignArguments(context, type);
        }

        if (ModelParser.IsBlock(type))
        {
            AnalyzeBlock(context, type, reports);
        }
        else if (reports.MarkOf(type) is null)
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

    private static void AnalyzeModel(
        SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData mark, ReportCache reports)
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

        ModelReport model = reports.Of(type, mark, context.CancellationToken);
        var writer = new FindingWriter(context.Compilation, model.Locator, context.CancellationToken);
        var told = new HashSet<(string, Location, string)>();
        foreach (Diagnostic issue in model.MethodIssues)
        {
            context.ReportDiagnostic(issue);
        }

        foreach (ImmutableArray<Finding> findings in model.Issues)
        {
            context.CancellationToken.Look();

            // What holds whatever the model is told by the block.
            Finding outermost = findings[findings.Length - 1];
            if (reports.Choose(model, findings, context.CancellationToken) == outermost)
            {
                Diagnostic diagnostic = writer.Write(outermost, () => LocationOf(outermost, type, mark, context.CancellationToken));
                if (told.Add((diagnostic.Id, diagnostic.Location, diagnostic.GetMessage(CultureInfo.InvariantCulture))))
                {
                    context.ReportDiagnostic(diagnostic);
                }
            }
        }
    }

    private static void AnalyzeBlock(SymbolAnalysisContext context, INamedTypeSymbol type, ReportCache reports)
    {
        BlockReport block = reports.OfBlock(type, context.CancellationToken);

        foreach (Diagnostic issue in block.MethodIssues)
        {
            context.ReportDiagnostic(issue);
        }

        // A model knows the sizes of what flows in. What depends on that alone is told at the use, if there is one.
        IEnumerable<Diagnostic> diagnostics = block.Told
            .Where(told => reports.Choose(told.Model, told.Findings, context.CancellationToken) == told.Finding)
            .Select(told => WriterOf(told.Model.Locator).Write(told.Finding))
            .Concat(block.Own
                .Where(issue => issue.IsOfText || issue.Origin is not null || block.Told.Count == 0)
                .Where(issue => !reports.IsToldWithin(block, issue, context.CancellationToken))
                .Select(issue => WriterOf(block.Locator).Write(Finding.Of(issue).Last())));

        // The first model that uses the block speaks for all.
        var places = new HashSet<(string, Location)>();
        foreach (Diagnostic diagnostic in diagnostics.Where(diagnostic => places.Add((diagnostic.Id, diagnostic.Location))))
        {
            context.ReportDiagnostic(diagnostic);
        }

        FindingWriter WriterOf(PlaceLocator locator) => new(context.Compilation, locator, context.CancellationToken);
    }

    private static Location LocationOf(Finding finding, INamedTypeSymbol type, AttributeData mark, CancellationToken cancellation) =>
        finding switch
        {
            { Member: { } member } when MemberLocation(type, member) is { } found => found,
            { Argument: not null } => ArgumentLocator.Find(mark, finding.Argument, cancellation),
            _ => DeclarationRules.MainPart(type, cancellation)?.Identifier.GetLocation() ?? type.Locations[0],
        };

    private static Location? MemberLocation(INamedTypeSymbol type, string name) =>
        GeneratedMembers.Others(type).Concat(type.TypeParameters).FirstOrDefault(member => GeneratedMembers.NamesOf(member).Contains(name))?.Locations[0];

    // Beside what the C# compiler says of them, which does not name what is meant.
    private static void AnalyzeForeignArguments(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (AttributeData attribute in ModelParser.LayerAttributes(type))
        {
            string kind = new LayerDeclaration(attribute.AttributeClass!.MetadataName, "", [], [], true).Kind;
            if (attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken) is AttributeSyntax syntax
                && ForeignArguments.Of(syntax, kind) is { } foreign)
            {
                string behind = foreign.Activation is { } activation ? $", {activation}" : "";
                context.ReportDiagnostic(
                    ArgumentsOfAnother.Message(
                        AttributeText.Of(syntax), foreign.Reason, kind + foreign.Arguments + behind)
                        .At(syntax.GetLocation()));
            }
        }
    }

    private static void AnalyzeStrayLayers(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        ImmutableArray<AttributeData> layers = ModelParser.LayerAttributes(type);

        // Over several parts of the class they have no order: marked, they would be no model.
        int parts = layers
            .Select(attribute => attribute.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).Parent?.Parent)
            .Distinct()
            .Count();
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        properties = parts > 1 ? properties.Add(FindingWriter.CauseIsElsewhere, null) : properties;
        foreach (AttributeData attribute in layers)
        {
            string kind = new LayerDeclaration(attribute.AttributeClass!.MetadataName, "", [], [], true).Kind;
            Location location = ArgumentLocator.Find(attribute, null, context.CancellationToken);
            context.ReportDiagnostic(LayerWithoutModel.Message(kind, type.Name).At(location, properties: properties));
        }
    }
}
