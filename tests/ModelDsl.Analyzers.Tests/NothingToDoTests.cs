using ModelDsl.Generator;

namespace ModelDsl.Analyzers.Tests;

/// <summary>Who has no models pays for none.</summary>
public sealed class NothingToDoTests
{
    private const string NoModel =
        "public static class Words { [System.Obsolete] public static int Count(string text) => text.Length; }";
    private const string Model = "[Model, Input(3), Tanh, MeanSquaredError] public partial class Squash;";

    [Fact]
    public void Generator_runs_no_step_without_a_model()
    {
        Assert.Empty(Steps(NoModel));
        Assert.Equal(
            [ModelGenerator.Steps.Emission, ModelGenerator.Steps.Lowering, ModelGenerator.Steps.Parsing], Steps(NoModel + Model));
    }

    [Fact]
    public async Task Analyzers_look_at_nothing_where_the_runtime_is_not_referenced()
    {
        Compilation with = TestCompiler.CreateCompilation(NoModel);
        Compilation without = with.WithReferences(with.References.Where(reference =>
            Path.GetFileNameWithoutExtension(reference.Display) != "ModelDsl.Runtime"));
        Assert.Null(without.GetTypeByMetadataName("ModelDsl.ModelAttribute"));
        foreach (
            DiagnosticAnalyzer analyzer in Situation.AllAnalyzers.Where(analyzer => analyzer is not DiagnosticSuppressor))
        {
            Assert.Equal(0, await ActionsAsync(without, analyzer));
            Assert.Equal(1, await ActionsAsync(with, analyzer));
        }
    }

    // The steps that made anything.
    private static IEnumerable<string> Steps(string source)
    {
        GeneratorRunResult result = TestCompiler.CreateDriver()
            .RunGenerators(TestCompiler.CreateCompilation(source)).GetRunResult().Results.Single();
        string[] names = [ModelGenerator.Steps.Emission, ModelGenerator.Steps.Lowering, ModelGenerator.Steps.Parsing];
        return names.Where(
            name => result.TrackedSteps.TryGetValue(name, out var steps) && steps.Any(step => step.Outputs.Length > 0));
    }

    // The actions besides the one that decides whether there are any.
    private static async Task<int> ActionsAsync(Compilation compilation, DiagnosticAnalyzer analyzer)
    {
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [analyzer],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: true));
        await analysis.GetAnalyzerDiagnosticsAsync();
        var telemetry = await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, default);
        return telemetry.SymbolActionsCount + telemetry.OperationBlockActionsCount + telemetry.OperationActionsCount
            + telemetry.SyntaxNodeActionsCount + telemetry.SyntaxTreeActionsCount + telemetry.SemanticModelActionsCount
            + telemetry.CompilationActionsCount + telemetry.CodeBlockActionsCount;
    }
}
