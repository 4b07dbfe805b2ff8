using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Analysis.Advice;

namespace ModelDsl.Generator.Analysis;

/// <summary>What is wrong with one model, and what is not advisable, at all places where that can be told.</summary>
internal sealed class ModelReport
{
    private ModelReport(INamedTypeSymbol type, ParsedModel model, ShapedModel shaped, ImmutableArray<ImmutableArray<Finding>> issues)
    {
        Type = type;
        Shaped = shaped;
        Issues = issues;
        Locator = new PlaceLocator(model.Sites, CancellationToken.None);
        MethodIssues = model.Body.Issues;
    }

    public INamedTypeSymbol Type { get; }

    public ShapedModel Shaped { get; }

    /// <summary>The findings of each issue, the innermost first.</summary>
    public ImmutableArray<ImmutableArray<Finding>> Issues { get; }

    public PlaceLocator Locator { get; }

    /// <summary>What is wrong with the forward method, other than its layers.</summary>
    public ImmutableArray<Diagnostic> MethodIssues { get; }

    public static ModelReport Create(
        INamedTypeSymbol type, AttributeData mark, AnalyzerConfigOptionsProvider options, CancellationToken cancellation)
    {
        ParsedModel model = ModelParser.Parse(type, cancellation);
        CheckedModel checkedModel = ModelCompiler.Check(model.Declaration, cancellation);
        List<ShapeIssue> issues = [.. checkedModel.Issues];
        if (checkedModel.Differentiated is not null && (mark.ApplicationSyntaxReference?.SyntaxTree ?? type.Locations[0].SourceTree) is { } tree)
        {
            var advised = new AdvisedModel(checkedModel, type.Name, Budget(mark), options.GetOptions(tree), cancellation);
            foreach (IAdvice advice in AdviceCatalog.All)
            {
                cancellation.Look();
                issues.AddRange(advice.Check(advised));
            }
        }

        return new ModelReport(type, model, checkedModel.Shaped, [.. issues.Distinct().Select(issue => Finding.Of(issue).ToImmutableArray())]);
    }

    private static int? Budget(AttributeData mark)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in mark.NamedArguments)
        {
            if (argument.Key == ModelParser.Budget)
            {
                return argument.Value.Value as int?;
            }
        }

        return null;
    }
}
