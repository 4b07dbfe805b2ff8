// Random models of all layers, the same that the tests compare with the reference, against libtorch built from the same
// attributes: losses and gradients of a training step must agree, and the times are set beside each other. Prints a table and
// writes it to bench/README.md, unless told --no-write. A number asks for more or fewer models.
using System.Globalization;
using Benchmarks.Bench;
using Benchmarks.Bench.Measurement;
using Benchmarks.Bench.Report;
using Benchmarks.CompositionBench;

if (args is [Worker.Argument, string first, string last])
{
    Worker.Run(int.Parse(first, CultureInfo.InvariantCulture), int.Parse(last, CultureInfo.InvariantCulture));
    return 0;
}

const int MostByDefault = 200;
int count = args.Where(argument => char.IsAsciiDigit(argument[0]))
    .Select(argument => int.Parse(argument, CultureInfo.InvariantCulture))
    .FirstOrDefault(MostByDefault);
Worker.Outcome outcome = Worker.RunAll(count);
IReadOnlyList<Comparison> comparisons = outcome.Comparisons;
foreach (Comparison comparison in comparisons.Where(comparison => !comparison.Agrees))
{
    Console.WriteLine(comparison);
}

foreach (int seed in outcome.Crashed)
{
    Console.WriteLine($"libtorch ended the process on {Worker.Compose(seed).Source}");
}

Spread ratio = Spread.Of([.. comparisons.Select(comparison => comparison.Ratio)]);
string Percent(double part) => part.ToString("0.0 %", CultureInfo.InvariantCulture);
string Short(double number) => number.ToString("0.0e-0", CultureInfo.InvariantCulture);
string table = FormattableString.Invariant($"""
    | what | |
    |---|--:|
    | random models | {count} |
    | with an equivalent in libtorch for every layer | {count - outcome.Without} ({outcome.Without} without) |
    | on which libtorch crashes with a segmentation fault | {outcome.Crashed.Count} |
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

return comparisons.All(comparison => comparison.Agrees) ? 0 : 1;

double Median(Func<Comparison, double> value) => Spread.Of([.. comparisons.Select(value)]).Median;
