using Microsoft.ML.OnnxRuntime;
using Benchmarks.Bench.Report;
using Benchmarks.Bench.Rows;
using Benchmarks.Bench.StartUp;
using Benchmarks.Torch.Loading;
using Spectre.Console;
using TorchSharp;

namespace Benchmarks.Bench;

/// <summary>One run of the chosen rows: measures, prints, and updates the README.</summary>
internal static class BenchmarkRun
{
    private const int RedirectedWidth = 160;
    private const int Attempts = 3;
    private const double QuietSpread = 0.1;

    private static string Machine =>
        $"{MachineDescription.Text}, ONNX Runtime {OrtEnv.Instance().GetVersionString()}";

    /// <summary>Runs what the options ask for.</summary>
    public static void Execute(BenchmarkOptions options)
    {
        TorchLibrary.EnsureLoaded();
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }

        MnistFolder mnist = new(options.Data);
        IRowGroup[] groups =
        [
            new FmaRows(),
            new StreamRows(),
            new ProductRows(),
            new ConvolutionRows(),
            new AttentionRows(),
            new RecurrentRows(),
            new NormalizationRows(),
            new LookupRows(),
            new TrainingRows(mnist),
            new EpochRows(mnist),
            new InferenceRows(),
            new OnnxRuntimeRows(new MlperfTinyFolder(options.MlperfTiny)),
            new ElementwiseRows(),
            new CustomRows(),
            new OptimizerRows(),
        ];
        AnsiConsole.MarkupLineInterpolated($"[grey]{Machine}; {Instructions.Name}[/]");

        ResultStore store = new(BenchFolder.Path, Instructions.Name);
        (string Group, string Name, int Threads)[] known = [.. from threads in (int[])[1, 2]
                                                               from row in groups.SelectMany(
                                                                   rows => rows.GetRows(threads))
                                                               select (row.Group, row.Name, threads)];
        List<RowResult> results = [];
        foreach (int threads in options.Threads)
        {
            torch.set_num_threads(threads);
            WorkerPool.ThreadCount = threads;
            foreach (Row row in groups.SelectMany(group => group.GetRows(threads)).Where(row => IsWanted($"{row.Group} {row.Name}", options)))
            {
                RowResult result = MeasureQuietly(row, threads, options.Seconds);
                results.Add(result);
                if (options.Writes && result.Doubt is null)
                {
                    // At once, so that a run that is broken off keeps what it has.
                    store.Add(result with { Machine = Machine });
                    store.Save(known);
                }

                string note = result.Doubt is { } doubt ? $"  (not kept: {doubt})" : "";
                string remark = result.Remark is { } text ? $"  ({text})" : "";
                string[] cells = MarkdownTable.Cells(result, result.OnnxRuntime is not null);
                AnsiConsole.MarkupLineInterpolated($"[grey]{string.Join("  ", cells)}{remark}{note}[/]");
            }
        }

        if (IsWanted(StartUpRun.Name, options))
        {
            StartUpRun.Execute(options.Writes);
        }

        if (results.Count == 0)
        {
            return;
        }

        ConsoleTable.Print(results);
        if (options.Writes)
        {
            MarkedFile.Replace(
                Path.Combine(BenchFolder.Path, "README.md"),
                Instructions.Name,
                MarkdownTable.Of(store.Results));
        }
    }

    /// <summary>
    /// Measures again where something else on the machine has spread the samples, and keeps the quietest try: chosen by
    /// the spread, not by who wins.
    /// </summary>
    private static RowResult MeasureQuietly(Row row, int threads, double seconds)
    {
        RowResult best = Stopwatching.Measure(row, threads, seconds);
        for (int attempt = 1; attempt < Attempts && !row.IsLong && (best.Doubt is not null || best.WidestSpread > QuietSpread); attempt++)
        {
            RowResult again = Stopwatching.Measure(row, threads, seconds);
            best = (again.Doubt is not null, again.WidestSpread).CompareTo((best.Doubt is not null, best.WidestSpread)) < 0 ? again : best;
        }

        return best;
    }

    private static bool IsWanted(string name, BenchmarkOptions options) => options.Rows.Count == 0
        || options.Rows.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
