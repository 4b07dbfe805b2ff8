// Random models of all layers, the same that the tests compare with the reference, against libtorch built from the same
// attributes: losses and gradients of a training step must agree, and the times are set beside each other. Prints a table and
// writes it to bench/README.md, unless told --no-write. A number asks for more or fewer models.
using System.Globalization;
using ModelDsl.Bench;
using ModelDsl.Bench.Measurement;
using ModelDsl.Bench.Report;
using ModelDsl.CompositionBench;
using ModelDsl.Compositions;
using ModelDsl.Threading;
using ModelDsl.Torch;
using ModelDsl.Torch.Loading;
using TorchSharp;

const int MostByDefault = 200;
int count = args.Where(argument => char.IsAsciiDigit(argument[0]))
    .Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))
    .FirstOrDefault(MostByDefault);
TorchLibrary.EnsureLoaded();
WorkerPool.ThreadCount = 1;
torch.set_num_threads(1);

ComposedModel[] models = [.. Enumerable.Range(1, count).Select(seed => ModelComposer.Compose(seed, withRandomness: false))];
CompiledCompositions compiled = CompiledCompositions.Compile(models);
List<Comparison> comparisons = [];
int without = 0;
foreach (ComposedModel model in models)
{
    if (!TorchModel.IsSupported(compiled.TypeOf(model)))
    {
        without++;
        continue;
    }

    Comparison comparison = Comparison.Make(compiled, model);
    comparisons.Add(comparison);
    if (!comparison.Agrees)
    {
        Console.WriteLine($"{comparison}\n{model.Source}");
    }
}

Spread ratio = Spread.Of([.. comparisons.Select(comparison => comparison.Ratio)]);
string Percent(double part) => part.ToString("0.0 %", CultureInfo.InvariantCulture);
string Short(double number) => number.ToString("0.0e-0", CultureInfo.InvariantCulture);
string table = FormattableString.Invariant($"""
    | what | |
    |---|--:|
    | random models | {models.Length} |
    | with a twin in libtorch for every layer | {comparisons.Count} ({without} without) |
    | loss and all gradients agree | {comparisons.Count(comparison => comparison.Agrees)} ({Percent((double)comparisons.Count(comparison => comparison.Agrees) / comparisons.Count)}) |
    | deviation of the loss: median, largest | {Short(Median(comparison => comparison.LossDeviation))}, {Short(comparisons.Max(comparison => comparison.LossDeviation))} |
    | deviation of the gradients: median, largest | {Short(Median(comparison => comparison.GradientDeviation))}, {Short(comparisons.Max(comparison => comparison.GradientDeviation))} |
    | libtorch's time of a training step / ours: median (quartiles) | {ratio.Median:0.0} ({ratio.Lower:0.0} to {ratio.Upper:0.0}) |
    """);
Console.WriteLine(table);
if (!args.Contains("--no-write"))
{
    MarkedFile.Replace(Path.Combine(BenchFolder.Path, "README.md"), "compositions", table);
}

return comparisons.TrueForAll(comparison => comparison.Agrees) ? 0 : 1;

double Median(Func<Comparison, double> value) => Spread.Of([.. comparisons.Select(value)]).Median;
