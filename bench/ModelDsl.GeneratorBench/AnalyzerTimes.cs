using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Benchmarks.Bench.Measurement;
using ModelDsl.Generator.Analysis;

namespace ModelDsl.GeneratorBench;

/// <summary>What the analyzers take for one file after an edit of it, in seconds.</summary>
/// <param name="Analyzer">The analyzers' own code.</param>
/// <param name="WithBinding">From the question for the file's diagnostics to the answer.</param>
internal sealed record AnalyzerTimes(Spread Analyzer, Spread WithBinding)
{
    private const int Rounds = 25;

    // The just-in-time compiler optimises what is called often, and takes its time.
    private const int WarmUp = 40;

    /// <summary>Edits one model in a file of several and asks for the file's diagnostics.</summary>
    public static AnalyzerTimes Measure(int models, bool areMethods = false)
    {
        var project = SampleProject.Create(models, files: 1, areMethods);
        List<double> own = [], whole = [];
        for (int round = 1; round <= WarmUp + Rounds; round++)
        {
            (double analyzer, double total) = Analyze(project, round).GetAwaiter().GetResult();
            if (round > WarmUp)
            {
                own.Add(analyzer);
                whole.Add(total);
            }
        }

        return new AnalyzerTimes(Spread.Of(own), Spread.Of(whole));
    }

    private static async Task<(double Analyzer, double Total)> Analyze(SampleProject project, int round)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers =
            [new ModelAnalyzer(), new CallSiteAnalyzer(), new WeightsAnalyzer()];
        Compilation edited = project.TypeInModel(round);
        SyntaxTree file = edited.SyntaxTrees.First();
        edited.GlobalNamespace.GetMembers();
        long start = Stopwatch.GetTimestamp();
        var compilation = edited.WithAnalyzers(
            analyzers, new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, false, logAnalyzerExecutionTime: true));
        ImmutableArray<Diagnostic> found =
            await compilation.GetAnalyzerSemanticDiagnosticsAsync(edited.GetSemanticModel(file), null, default);
        double total = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        {
            throw new InvalidOperationException($"a model of the sample is wrong: {found[0]}");
        }

        double own = 0;
        foreach (DiagnosticAnalyzer analyzer in analyzers)
        {
            own += (await compilation.GetAnalyzerTelemetryInfoAsync(analyzer, default)).ExecutionTime.TotalSeconds;
        }

        return (own, total);
    }
}
