using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using ModelDsl.Generator.Emission;
using ModelDsl.Generator.Parsing.Records;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Projects;

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
        // Roslyn's own search by an attribute binds all attributes of all models after every edit.
        var reader = new ModelReader();
        IncrementalValuesProvider<ModelDeclaration> declarations = context.CompilationProvider
            .Select((compilation, cancellation) => reader.Read((CSharpCompilation)compilation, cancellation))
            .SelectMany(static (declarations, _) => declarations)
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

        // For projects that reference the assembly: an editor, which has the text of all projects, does without.
        context.RegisterImplementationSourceOutput(context.CompilationProvider, static (output, compilation) =>
        {
            if (BlockRecordEmitter.Write(RecordedBlocks.Of(compilation, output.CancellationToken)) is { } records)
            {
                output.AddSource("ModelDsl.Blocks.g.cs", SourceText.From(records, Encoding.UTF8));
            }
        });
    }

    private static string FileName(string hintName, EquatableArray<string> ambiguous)
    {
        int before = ambiguous
            .TakeWhile(name => name != hintName)
            .Count(name => string.Equals(name, hintName, StringComparison.OrdinalIgnoreCase));
        return before == 0 ? hintName + ".g.cs" : FormattableString.Invariant($"{hintName}.{before + 1}.g.cs");
    }
}
