using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator.Analysis.Advice;

namespace ModelDsl.Generator.Analysis;

/// <summary>What is wrong with one model, and what is not advisable, at all places where that can be told.</summary>
internal sealed class ModelReport
{
    private ModelReport(
        INamedTypeSymbol type, ReadModel model, ShapedModel shaped, ImmutableArray<ImmutableArray<Finding>> issues)
    {
        Type = type;
        Shaped = shaped;
        Issues = issues;
        Locator = new PlaceLocator(model.Sites, CancellationToken.None);
        MethodIssues = model.MethodIssues;
    }

    public INamedTypeSymbol Type { get; }

    public ShapedModel Shaped { get; }

    /// <summary>The findings of each issue, the innermost first.</summary>
    public ImmutableArray<ImmutableArray<Finding>> Issues { get; }

    public PlaceLocator Locator { get; }

    /// <summary>What is wrong with the forward method, other than its layers.</summary>
    public ImmutableArray<Diagnostic> MethodIssues { get; }

    public static ModelReport Create(
        INamedTypeSymbol type,
        AttributeData mark,
        ReadModels models,
        AnalyzerConfigOptionsProvider options,
        CompilationOptions compilation,
        CancellationToken cancellation)
    {
        ReadModel model = models.Get(type, cancellation);
        CheckedModel checkedModel = ModelCompiler.Check(model.Declaration, cancellation);
        SyntaxTree file = mark.ApplicationSyntaxReference?.SyntaxTree ?? type.Locations[0].SourceTree!;
        var settings = AdviceSettings.Read(mark, file, options.GetOptions(file), compilation, cancellation);
        return new ModelReport(
            type, model, checkedModel.Shaped, ModelFindings.Of(checkedModel, settings, cancellation));
    }
}
