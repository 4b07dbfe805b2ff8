// How long the compiler of models takes: for a project of 100 models, cold and after one keystroke, and for its analyzers
// in a file of 20 models. Prints a table and writes it to bench/README.md, unless told --no-write.
using Benchmarks.Bench;
using Benchmarks.Bench.Report;
using ModelDsl.GeneratorBench;

GeneratorTimes times = GeneratorTimes.Measure(models: 100);
GeneratorTimes methods = GeneratorTimes.Measure(models: 100, areMethods: true);
AnalyzerTimes analyzer = AnalyzerTimes.Measure(models: 20);
AnalyzerTimes methodAnalyzer = AnalyzerTimes.Measure(models: 20, areMethods: true);
LongModelTimes longModel = LongModelTimes.Measure(copies: 1000);
string table = $"""
    | what | time |
    |---|--:|
    | 100 models, the first run of the process | {times.FirstRun * 1e3:0} ms |
    | 100 models, from scratch | {GeneratorTimes.Format(times.Anew)} |
    | 100 models, after one keystroke in a file without a model | {GeneratorTimes.Format(times.KeystrokeElsewhere)} |
    | 100 models, after one keystroke in one model | {GeneratorTimes.Format(times.KeystrokeInModel)} |
    | 100 models that are forward methods, from scratch | {GeneratorTimes.Format(methods.Anew)} |
    | 100 of them, after one keystroke in a file without a model | {GeneratorTimes.Format(methods.KeystrokeElsewhere)} |
    | 100 of them, after one keystroke in one method | {GeneratorTimes.Format(methods.KeystrokeInModel)} |
    | one model of 1000 residual blocks, from scratch | {GeneratorTimes.Format(longModel.Whole)} |
    | the same, from a cancellation midway until it has stopped | {GeneratorTimes.Format(longModel.AfterCancel)} |
    | the analyzers alone, a file of 20 models, after one keystroke | {GeneratorTimes.Format(analyzer.Analyzer)} |
    | the same, with the C# compiler's binding included | {GeneratorTimes.Format(analyzer.WithBinding)} |
    | the analyzers alone, a file of 20 forward methods, after one keystroke | {GeneratorTimes.Format(methodAnalyzer.Analyzer)} |
    | the same, with the C# compiler's binding included | {GeneratorTimes.Format(methodAnalyzer.WithBinding)} |
    """;
Console.WriteLine(table);
if (args is not ["--no-write"])
{
    MarkedFile.Replace(Path.Combine(BenchFolder.Path, "README.md"), "generator", table);
}
