using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelDsl.Generator;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.Testing;

/// <summary>Runs the generator, the analyzers and the C# compiler over source texts.</summary>
public static class TestCompiler
{
    /// <summary>What is put before each text.</summary>
    public const string Usings = "using ModelDsl;\n";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location)];

    // All compilations descend from this one, so that the references are read and bound once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Models",
        references: References,
        options: new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            checkOverflow: true,
            warningLevel: int.MaxValue,
            nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A compilation of the given texts, each with <c>using ModelDsl;</c> before it.</summary>
    public static CSharpCompilation CreateCompilation(params string[] sources) =>
        Empty.AddSyntaxTrees(
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(Usings + source, ParseOptions, $"Model{i}.cs")));

    /// <summary>A driver for the generator, with each of the given build properties.</summary>
    public static GeneratorDriver CreateDriver(params (string Name, string Value)[] properties) =>
        CSharpGeneratorDriver.Create(
            [new ModelGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            optionsProvider: new BuildProperties(properties),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generated files by their names.</summary>
    public static IReadOnlyDictionary<string, string> Generate(string source)
    {
        GeneratorRunResult result =
            CreateDriver().RunGenerators(CreateCompilation(source)).GetRunResult().Results.Single();
        return result.Exception is { } exception
            ? throw new InvalidOperationException("The generator failed.", exception)
            : result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString());
    }

    /// <summary>The generated file of the only model.</summary>
    public static string GenerateSingle(string source) =>
        Generate(source).Single(file => file.Key != "ModelDsl.Blocks.g.cs").Value;

    /// <summary>The texts and what is generated from them, compiled and loaded.</summary>
    /// <exception cref="InvalidOperationException">The compiler reports an error or a warning.</exception>
    public static Assembly Load(string source, string memoryMode = "Planned") => LoadAll([source], memoryMode);

    /// <summary>The texts, each a file, and what is generated from them, compiled and loaded.</summary>
    /// <param name="sources">The texts.</param>
    /// <param name="memoryMode">How generated code lays out its memory.</param>
    /// <param name="libraries">Assemblies that the texts use besides .NET and the runtime.</param>
    /// <exception cref="InvalidOperationException">The compiler reports an error or a warning.</exception>
    public static Assembly LoadAll(string[] sources, string memoryMode = "Planned", params Assembly[] libraries)
    {
        using var image = new MemoryStream();
        CreateDriver(("ModelDslMemoryMode", memoryMode))
            .RunGeneratorsAndUpdateCompilation(
                CreateCompilation(sources)
                    .AddReferences(libraries.Select(library => MetadataReference.CreateFromFile(library.Location))),
                out Compilation compilation,
                out _);
        var result = compilation.Emit(image);
        Diagnostic[] problems =
            [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, problems.AsEnumerable()));
        }

        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>The compilation with the generated files in it.</summary>
    public static Compilation Compile(string source, string memoryMode = "Planned")
    {
        CreateDriver(("ModelDslMemoryMode", memoryMode))
            .RunGeneratorsAndUpdateCompilation(CreateCompilation(source), out Compilation compilation, out _);
        return compilation;
    }

    /// <summary>What the analyzers report, in the order of the text; an exception in one fails.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(params string[] sources)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new ModelAnalyzer()];
        CompilationWithAnalyzers analysis = CreateCompilation(sources).WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (exception, _, _) => throw new InvalidOperationException(
                    "An analyzer failed.", exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));
        ImmutableArray<Diagnostic> diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    private sealed class BuildProperties((string Name, string Value)[] properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options((string Name, string Value)[] properties) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = properties.FirstOrDefault(property => $"build_property.{property.Name}" == key).Value;
                return value is not null;
            }
        }
    }
}
