// How long the compiler of models takes: for a project of 100 models, cold and after one keystroke, and for its analyzers
// in a file of 20 models. Prints a table and writes it to bench/README.md, unless told --no-write.
using Benchmarks.Bench;
using Benchmarks.Bench.Report;
using ModelDsl.GeneratorBench;

GeneratorTimes times = GeneratorTimes.Measure(models: 100);
AnalyzerTimes analyzer = AnalyzerTimes.Measure(models: 20);
LongModelTimes longModel = LongModelTimes.Measure(copies: 1000);
string table = $"""
    | what | time |
    |---|--:|
    | 100 models, the first run of the process | {times.FirstRun * 1e3:0} ms |
    | 100 models, from scratch | {GeneratorTimes.Format(times.Anew)} |
    | 100 models, after one keystroke in a file without a model | {GeneratorTimes.Format(times.KeystrokeElsewhere)} |
    | 100 models, after one keystroke in one model | {GeneratorTimes.Format(times.KeystrokeInModel)} |
    | one model of 1000 residual blocks, from scratch | {GeneratorTimes.Format(longModel.Whole)} |
    | the same, from a cancellation midway until it has stopped | {GeneratorTimes.Format(longModel.AfterCancel)} |
    | the analyzers alone, a file of 20 models, after one keystroke | {GeneratorTimes.Format(analyzer.Analyzer)} |
    | the same, with the C# compiler's binding included | {GeneratorTimes.Format(analyzer.WithBinding)} |
    """;
Console.WriteLine(table);
if (args is not ["--no-write"])
{
    MarkedFile.Replace(Path.Combine(BenchFolder.Path, "README.md"), "generator", table);
}
