using System.Collections.Concurrent;
using ModelDsl.Generator;

namespace ModelDsl.Analyzers.Tests;

/// <summary>
/// How often the models of a program are lowered while somebody types: generator and all analyzers together.
/// </summary>
[Collection(nameof(LoweringCountTests))]
public sealed class LoweringCountTests
{
    private static int _programs;

    private readonly string _namespace = $"Typed{Interlocked.Increment(ref _programs)}";

    private string Source =>
        $$"""
        using ModelDsl;
        namespace {{_namespace}};
        [Model, Input(3), Dense(4), Tanh, MeanSquaredError] public partial class First;
        [Model, Input(3), Dense(5), Tanh, MeanSquaredError] public partial class Second;
        [Weights("first.safetensors")] public partial class First;
        public static class Use
        {
            public static float Loss(First model) => model.ComputeLoss(new float[3], new float[4]);
        }
        """;

    [Fact]
    public async Task Each_model_is_lowered_once_for_the_generator_and_all_analyzers() =>
        Assert.Equal(["First", "Second"], await LoweringsAsync(Source));

    [Fact]
    public async Task Edit_of_a_model_lowers_that_model_once()
    {
        await LoweringsAsync(Source);
        Assert.Equal(
            ["Second"], await LoweringsAsync(Source.Replace("Dense(5)", "Dense(6)", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Edit_elsewhere_lowers_nothing()
    {
        await LoweringsAsync(Source);
        Assert.Empty(await LoweringsAsync(Source.Replace("new float[3]", "new float[6]", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Model_that_has_left_the_cache_is_lowered_again()
    {
        await LoweringsAsync(Source);
        string others = string.Concat(Enumerable.Range(0, CheckedModelCache.Capacity).Select(number =>
            $"[Model, Input(3), Dense({number + 1}), MeanSquaredError] public partial class Other{number};\n"));
        Assert.Equal(
            CheckedModelCache.Capacity,
            (await LoweringsAsync($"using ModelDsl;\nnamespace {_namespace};\n{others}")).Count);
        Assert.Equal(["First", "Second"], await LoweringsAsync(Source));
    }

    // The names of the models that a run of the generator and then of all analyzers lowers.
    private async Task<IReadOnlyList<string>> LoweringsAsync(string source)
    {
        var lowered = new ConcurrentQueue<string>();
        ModelCompiler.Checking += Note;
        try
        {
            var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), path: "Typed.cs");
            Compilation compilation = TestCompiler.CreateCompilation("").RemoveAllSyntaxTrees().AddSyntaxTrees(tree);
            TestCompiler.CreateDriver().RunGeneratorsAndUpdateCompilation(
                compilation, out Compilation generated, out _);
            await generated.WithAnalyzers(Situation.AllAnalyzers, new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
        }
        finally
        {
            ModelCompiler.Checking -= Note;
        }

        return [.. lowered.Order(StringComparer.Ordinal)];

        void Note(ModelDsl.Generator.Parsing.ModelDeclaration declaration)
        {
            if (declaration.Namespace == _namespace)
            {
                lowered.Enqueue(declaration.Name);
            }
        }
    }
}

/// <summary>Alone, since other tests fill the cache of models as well.</summary>
[CollectionDefinition(nameof(LoweringCountTests), DisableParallelization = true)]
public sealed class LoweringCountAlone;
