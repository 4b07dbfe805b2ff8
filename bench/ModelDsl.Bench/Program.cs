using System.CommandLine;
using Benchmarks.Bench;

Option<string[]> rows = new("--rows")
{
    Description = "Only rows whose group or name contains one of these words, such as: gemm mlp",
    AllowMultipleArgumentsPerToken = true,
};
Option<int[]> threads = new("--threads")
{
    Description = "The numbers of threads",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [.. Enumerable.Range(1, Math.Min(2, Environment.ProcessorCount))],
};
Option<double> seconds = new("--seconds") { Description = "The time for each row", DefaultValueFactory = _ => 1.0 };
Option<bool> avx2 = new("--avx2") { Description = "Holds both sides back to AVX2 instructions" };
Option<bool> noWrite = new("--no-write") { Description = "Leaves bench/README.md and bench/results as they are" };
Option<string?> data = new("--data") { Description = "The folder with MNIST's four files" };
Option<string?> mlperfTiny = new("--mlperf-tiny")
{
    Description = "The folder with MLPerf Tiny's ic.onnx, vww.onnx and ad.onnx; without it their weights are drawn",
};

RootCommand command = new("Does the same work with ModelDsl, libtorch and ONNX Runtime, in turns, and compares times.")
{
    rows, threads, seconds, avx2, noWrite, data, mlperfTiny,
};
command.SetAction(parsed =>
{
    if (parsed.GetValue(avx2) && !Instructions.AreLimitedToAvx2)
    {
        return Instructions.RestartWithAvx2(args);
    }

    BenchmarkRun.Execute(new BenchmarkOptions(
        parsed.GetValue(rows) ?? [],
        parsed.GetValue(threads)!,
        parsed.GetValue(seconds),
        !parsed.GetValue(noWrite),
        parsed.GetValue(data),
        parsed.GetValue(mlperfTiny)));
    return 0;
});

Argument<string> models = new("models") { Description = "The folder with MLPerf Tiny's ic.onnx" };
Argument<string> tests = new("tests") { Description = "Where to write: tests/ModelDsl.Tests/Parity/mlperf-tiny" };
Command recording = new("record", "Writes trained weights, samples and what ONNX Runtime makes of them, for a test.")
{
    models, tests,
};
recording.SetAction(parsed => TrainedWeights.Write(parsed.GetValue(models)!, parsed.GetValue(tests)!));
command.Subcommands.Add(recording);
return command.Parse(args).Invoke();
