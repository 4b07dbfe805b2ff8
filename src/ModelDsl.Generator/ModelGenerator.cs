using System.Text;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator;

/// <summary>Compiles each class marked with [Model] into its forward and backward pass. Reports nothing: analyzers do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <summary>The names of the pipeline's steps, for tests of what an edit runs again.</summary>
    internal static class Steps
    {
        public const string Parsing = nameof(Parsing);
        public const string Lowering = nameof(Lowering);
        public const string Emission = nameof(Emission);
    }

    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelDeclaration> declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                ModelParser.ModelAttribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (match, cancellation) => Parse(match, cancellation))
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(Steps.Parsing);

        IncrementalValuesProvider<CheckedModel> checkedModels = declarations
            .Select(static (declaration, cancellation) => ModelCompiler.Check(declaration, cancellation))
            .WithTrackingName(Steps.Lowering);

        IncrementalValueProvider<MemoryMode> mode = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) =>
                options.GlobalOptions.TryGetValue("build_property.ModelDslMemoryMode", out string? text)
                && Enum.TryParse(text, ignoreCase: true, out MemoryMode parsed)
                    ? parsed
                    : MemoryMode.Planned);

        IncrementalValuesProvider<CompiledModel> compiled = checkedModels
            .Combine(mode)
            .Select(static (pair, cancellation) => ModelCompiler.Write(pair.Left, pair.Right, cancellation))
            .WithTrackingName(Steps.Emission);

        // File names must differ in more than case, type names need not.
        IncrementalValueProvider<EquatableArray<string>> ambiguous = compiled
            .Select(static (model, _) => model.HintName)
            .Collect()
            .Select(static (names, _) => names
                .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
                .Where(group => group.Count() > 1)
                .SelectMany(group => group)
                .OrderBy(name => name, StringComparer.Ordinal)
                .ToEquatableArray());

        context.RegisterSourceOutput(
            compiled.Combine(ambiguous),
            static (output, pair) => output.AddSource(
                FileName(pair.Left.HintName, pair.Right), SourceText.From(pair.Left.Text, Encoding.UTF8)));
    }

    private static ModelDeclaration? Parse(GeneratorAttributeSyntaxContext match, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)match.TargetSymbol;

        // A second [Model] on another part is the C# compiler's error; the type is still compiled once.
        AttributeData first = type.GetAttributes().First(attribute =>
            SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, match.Attributes[0].AttributeClass));
        return IsNamed(type)
            && first.ApplicationSyntaxReference == match.Attributes[0].ApplicationSyntaxReference
            && ProjectRules.Check(type, match.SemanticModel.Compilation, cancellation).IsEmpty
            && DeclarationRules.Check(type, cancellation).IsEmpty
                ? ModelParser.Parse(type, cancellation).Declaration
                : null;
    }

    // Half-typed names are the C# compiler's to report: there is no other half of what has none.
    private static bool IsNamed(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? around = type; around is not null; around = around.ContainingType)
        {
            if (around.Name.Length == 0 || around.TypeParameters.Any(parameter => parameter.Name.Length == 0))
            {
                return false;
            }
        }

        for (INamespaceSymbol around = type.ContainingNamespace; !around.IsGlobalNamespace; around = around.ContainingNamespace)
        {
            if (around.Name.Length == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static string FileName(string hintName, EquatableArray<string> ambiguous)
    {
        int before = ambiguous
            .TakeWhile(name => name != hintName)
            .Count(name => string.Equals(name, hintName, StringComparison.OrdinalIgnoreCase));
        return before == 0 ? hintName + ".g.cs" : FormattableString.Invariant($"{hintName}.{before + 1}.g.cs");
    }
}
