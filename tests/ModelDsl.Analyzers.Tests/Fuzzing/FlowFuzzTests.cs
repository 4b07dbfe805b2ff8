using System.Collections.Concurrent;
using ModelDsl.Generator.Analysis;
using ModelDsl.Generator.Analysis.CallSites;

namespace ModelDsl.Analyzers.Tests.Fuzzing;

/// <summary>
/// Random bodies of code: the call-site analysis ends, within its bound of steps and without an exception. The variable
/// MODELDSL_FUZZ_BODIES asks for more than the usual number.
/// </summary>
public sealed class FlowFuzzTests
{
    private const int BodiesByDefault = 5_000;
    private const int BodiesInOneRun = 500;
    private const string Net = "[Model, Input(4), Dense(3), MeanSquaredError] public partial class Net;\n";
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Threading.Tasks;\n";

    // Far beyond what a run takes: only for analysis that would never end.
    private static readonly TimeSpan Watchdog = TimeSpan.FromMinutes(5);

    private static readonly int Bodies = FuzzSettings.Number("MODELDSL_FUZZ_BODIES", BodiesByDefault);

    [Fact]
    public async Task Analysis_of_random_bodies_ends_within_its_bound()
    {
        int sound = 0;
        for (int done = 0; done < Bodies; done += BodiesInOneRun)
        {
            var generator = new BodyGenerator(new Random(done + 1));
            int count = Math.Min(BodiesInOneRun, Bodies - done);
            string methods = string.Join('\n', Enumerable.Range(0, count).Select(generator.Method));
            sound += count - await RunAsync($"{Usings}class C\n{{\n{methods}}}\n");
        }

        // Else the test would be of no use.
        Assert.True(sound > Bodies * 3 / 4, $"only {sound} of {Bodies} bodies were free of errors");
    }

    [Fact]
    public async Task Analysis_of_random_top_level_statements_ends_within_its_bound()
    {
        var generator = new BodyGenerator(new Random(7));
        for (int i = 0; i < Math.Max(8, Bodies / 200); i++)
        {
            await RunAsync(Usings + generator.TopLevel());
        }
    }

    [Fact]
    public async Task Steps_grow_with_the_code()
    {
        var generator = new BodyGenerator(new Random(3));
        string[] methods = [.. Enumerable.Range(0, 200).Select(generator.Method)];
        int[] steps = new int[2];
        for (int i = 0; i < steps.Length; i++)
        {
            var observer = new FlowObserver();
            await RunAsync($"{Usings}class C\n{{\n{string.Join('\n', methods.Take(100 * (i + 1)))}}}\n", observer);
            steps[i] = observer.Steps;
        }

        Assert.InRange(steps[1], steps[0], 4 * steps[0]);
    }

    [Fact]
    public async Task A_variable_that_counts_in_a_loop_takes_a_few_steps_and_not_one_for_each_number()
    {
        var observer = new FlowObserver();
        await RunAsync(
            "class C { void M(Net m) { int n = 1; float[] x = new float[4]; while (m.Predict(x)[0] > 0f) { for (int i = 0; i < 1000000; i++) { n = n + 1; x = new float[n]; } } } }",
            observer);
        Assert.InRange(observer.Steps, 1, 60);
    }

    [Fact]
    public async Task Analysis_stops_at_the_next_step_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new CancellingObserver(cancellation, after: 10);
        var generator = new BodyGenerator(new Random(5));
        string methods = string.Join('\n', Enumerable.Range(0, 50).Select(generator.Method));
        CompilationWithAnalyzers analysis = Analysis($"{Usings}class C\n{{\n{methods}}}\n", observer, []);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => analysis.GetAnalyzerDiagnosticsAsync(cancellation.Token));
        Assert.Equal(10, observer.Steps);
    }

    // The number of errors of the C# compiler.
    private static async Task<int> RunAsync(string source, FlowObserver? observer = null)
    {
        observer ??= new FlowObserver();
        var exceptions = new ConcurrentQueue<Exception>();
        CompilationWithAnalyzers analysis = Analysis(source, observer, exceptions);
        using var watchdog = new CancellationTokenSource(Watchdog);
        await analysis.GetAnalyzerDiagnosticsAsync(watchdog.Token);
        Assert.Empty(exceptions);
        Assert.Equal(0, observer.GivenUp);
        return analysis.Compilation.GetDiagnostics(watchdog.Token).Count(
            diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    private static CompilationWithAnalyzers Analysis(
        string source, FlowObserver observer, ConcurrentQueue<Exception> exceptions) =>
        new Situation { Sources = [source, Net] }.Compile().WithAnalyzers(
            [new CallSiteAnalyzer(observer)],
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]),
                onAnalyzerException: (exception, _, _) => exceptions.Enqueue(exception),
                concurrentAnalysis: false,
                logAnalyzerExecutionTime: false));

    private sealed class CancellingObserver(CancellationTokenSource cancellation, int after) : FlowObserver
    {
        public override void OnStep()
        {
            base.OnStep();
            if (Steps == after)
            {
                cancellation.Cancel();
            }
        }
    }
}
