using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Parsing;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Shapes;

namespace ModelDsl.Generator;

/// <summary>Compiles each class marked with [Model] into its forward and backward pass. Reports nothing: analyzers do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The names of the pipeline's steps, for tests of what an edit runs again.</summary>
    internal static class Steps
    {
        public const string Parsing = nameof(Parsing);
        public const string Shapes = nameof(Shapes);
        public const string Emission = nameof(Emission);
    }

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelDeclaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelParser.ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (match, cancellation) => Parse((INamedTypeSymbol)match.TargetSymbol, cancellation))
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(Steps.Parsing);

        IncrementalValuesProvider<(ModelDeclaration Declaration, ShapedModel Shaped)> shaped = declarations
            .Select(static (declaration, _) => (declaration, ShapeInference.Run(declaration)))
            .Where(static model => model.Item2.IsComplete)
            .WithTrackingName(Steps.Shapes);

        IncrementalValueProvider<MemoryMode> mode = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) =>
                options.GlobalOptions.TryGetValue("build_property.ModelDslMemoryMode", out string? text)
                && Enum.TryParse(text, ignoreCase: true, out MemoryMode parsed)
                    ? parsed
                    : MemoryMode.Planned);

        IncrementalValuesProvider<CompiledModel> compiled = shaped
            .Combine(mode)
            .Select(static (pair, _) => new CompiledModel(
                HintName(pair.Left.Declaration),
                ModelEmitter.Emit(pair.Left.Declaration, pair.Left.Shaped, pair.Right)))
            .WithTrackingName(Steps.Emission);

        context.RegisterSourceOutput(
            compiled,
            static (output, model) => output.AddSource(model.HintName, SourceText.From(model.Text, Encoding.UTF8)));
    }

    private static ModelDeclaration? Parse(INamedTypeSymbol type, CancellationToken cancellation) =>
        DeclarationRules.Check(type, cancellation).IsEmpty ? ModelParser.Parse(type, cancellation).Declaration : null;

    private static string HintName(ModelDeclaration declaration)
    {
        IEnumerable<string> parts = [declaration.Namespace, .. declaration.ContainingTypes.Select(OuterName), declaration.TypeName];
        string name = string.Join(".", parts.Where(part => part.Length > 0));
        return name.Replace('<', '{').Replace('>', '}').Replace(" ", "").Replace("@", "") + ".g.cs";
    }

    // "record struct Outer<T, U>" → "Outer<T, U>"
    private static string OuterName(string header)
    {
        int generic = header.IndexOf('<');
        int end = generic < 0 ? header.Length : generic;
        return header.Substring(header.LastIndexOf(' ', end - 1) + 1);
    }
}
