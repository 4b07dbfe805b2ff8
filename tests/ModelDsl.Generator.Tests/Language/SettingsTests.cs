namespace ModelDsl.Generator.Tests.Language;

/// <summary>Generated code under the settings of the author's project, and among the author's names.</summary>
public sealed class SettingsTests
{
    private const string Layers =
        "[global::ModelDsl.Model, global::ModelDsl.Input(3), global::ModelDsl.Dense(2), global::ModelDsl.Relu, "
        + "global::ModelDsl.Dropout(0.1), global::ModelDsl.Dense(1), global::ModelDsl.MeanSquaredError]";

    /// <summary>Models of every kind: repeats, towers, heads, generation, recurrence, images.</summary>
    internal const string Models =
        """
        [Block, Dense(4), Relu] public partial class Cell { }
        [Block, Input(2), Dense(3)] public partial class Left { }
        [Block, Input(5, Type = ElementType.Token), Embedding(9, 4), GlobalAveragePool] public partial class Right { }
        [Block, Dense(2), MeanSquaredError] public partial class Value { }
        [Block, Dense(3), SoftmaxCrossEntropy(ClassWeights = new[] { 1f, 2f, 3f })] public partial class Kind { }
        [Model, Input(4), Repeat<Cell>(5), Dense(1), MeanSquaredError] public partial class Copies { }
        [Model, Concat<Left, Right>, Dense(1), MeanSquaredError] public partial class Towers { }
        [Model, Input(3), Dense(4), Outputs<Value, Kind>] public partial class Heads { }
        [Model, Input(5, Type = ElementType.Token), Embedding(9, 4), SelfAttention(Causal = true)]
        [Dense(9), SoftmaxCrossEntropy]
        public partial class Words { }
        [Model, Input(4, 3, Sequence = true), Gru(3, ReturnSequences = false), Dense(1), MeanSquaredError]
        public partial class Steps { }
        [Model, Input(9, 9, 2), Conv2D(3, 3), BatchNorm, MaxPool2D(2), Flatten, Dense(2, WeightL2 = 0.1)]
        [MeanSquaredError]
        public partial class Images { }
        """;

    public static TheoryData<LanguageVersion> Versions =>
    [
        LanguageVersion.CSharp13, LanguageVersion.CSharp14, LanguageVersion.Latest, LanguageVersion.Preview,
    ];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Every_version_of_the_language_that_models_need_compiles_them_without_a_warning(LanguageVersion version)
    {
        foreach (NullableContextOptions nullable in Enum.GetValues<NullableContextOptions>())
        {
            foreach (bool isChecked in (bool[])[true, false])
            {
                Assert.Empty(Complaints(
                    version,
                    options => options.WithNullableContextOptions(nullable).WithOverflowChecks(isChecked),
                    Models));
            }
        }
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp9)]
    [InlineData(LanguageVersion.CSharp10)]
    [InlineData(LanguageVersion.CSharp11)]
    [InlineData(LanguageVersion.CSharp12)]
    public void Older_versions_of_the_language_see_no_generated_code(LanguageVersion version) =>
        Assert.DoesNotContain(
            Complaints(version, options => options, Models),
            diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);

    [Fact]
    public void Every_warning_as_an_error_finds_none() =>
        Assert.Empty(Complaints(
            LanguageVersion.Latest,
            options => options.WithGeneralDiagnosticOption(ReportDiagnostic.Error).WithWarningLevel(9999),
            Models));

    [Theory]
    [InlineData("System")]
    [InlineData("App.System")]
    [InlineData("App.ModelDsl")]
    [InlineData("App.ModelDsl.CompilerServices")]
    [InlineData("ModelDsl")]
    [InlineData("ModelDsl.CompilerServices.Mine")]
    [InlineData("ModelKernels")]
    [InlineData("@event.@class")]
    public void Namespace_of_the_author_does_not_stand_in_the_way(string name) =>
        LanguageCase.TrainSingle($"namespace {name} {{ {Layers} public partial class M; }}");

    [Theory]
    [InlineData("Span")]
    [InlineData("ReadOnlySpan")]
    [InlineData("Math")]
    [InlineData("FloatSpan")]
    [InlineData("Program")]
    [InlineData("Targets")]
    [InlineData("ModelDescription")]
    [InlineData("ModelFile")]
    [InlineData("IModel")]
    [InlineData("Single")]
    [InlineData("String")]
    [InlineData("Shape")]
    [InlineData("LossKind")]
    [InlineData("Initializer")]
    [InlineData("Environment")]
    public void Type_of_the_author_beside_the_model_does_not_stand_in_the_way(string name) =>
        LanguageCase.TrainSingle($"namespace App; {Layers} public partial class M; public static class {name};");

    [Theory]
    [InlineData("@event", "partial class @class<@int>", "@void")]
    [InlineData("@namespace.@using", "partial interface @await", "@event<@in, @out>")]
    [InlineData("@record", "partial record struct @struct<@record, T>", "@field")]
    public void Keywords_may_name_everything_around_a_model(string @namespace, string outer, string model) =>
        LanguageCase.TrainSingle(
            $"#pragma warning disable CS8981, CS8860\nnamespace {@namespace}; "
            + $"public {outer} {{ {Layers} public partial class {model}; }}");

    private static IReadOnlyList<Diagnostic> Complaints(
        LanguageVersion version, Func<CSharpCompilationOptions, CSharpCompilationOptions> change, string source)
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation();
        var parsing = new CSharpParseOptions(version);
        compilation = compilation
            .WithOptions(change(compilation.Options))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(TestCompiler.Usings + source, parsing, "Models.cs"));
        CSharpGeneratorDriver
            .Create([new ModelGenerator().AsSourceGenerator()], parseOptions: parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return [.. generated.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
    }
}
