using System.Diagnostics;
using System.Globalization;
using ModelDsl.Compositions;
using Benchmarks.Torch;
using Benchmarks.Torch.Loading;
using TorchSharp;

namespace Benchmarks.CompositionBench;

/// <summary>Compares models in processes of their own, since libtorch may end the one it runs in.</summary>
internal static class Worker
{
    /// <summary>The argument that starts a worker, followed by the first seed and the last.</summary>
    public const string Argument = "--worker";

    private const string Started = "started";
    private const string Without = "without";
    private const string Compared = "compared";

    /// <summary>Compares the models of some seeds, and writes a line when one starts and when it is done.</summary>
    public static void Run(int first, int last)
    {
        TorchLibrary.EnsureLoaded();
        WorkerPool.ThreadCount = 1;
        torch.set_num_threads(1);
        ComposedModel[] models = [.. Enumerable.Range(first, last - first + 1).Select(Compose)];
        CompiledCompositions compiled = CompiledCompositions.Compile(models);
        foreach (ComposedModel model in models)
        {
            Console.WriteLine($"{Started} {model.Seed}");
            if (!TorchModel.IsSupported(compiled.TypeOf(model)))
            {
                Console.WriteLine($"{Without} {model.Seed}");
                continue;
            }

            Comparison comparison = Comparison.Make(compiled, model);
            Console.WriteLine(FormattableString.Invariant(
                $"{Compared} {comparison.Name} {comparison.LossDeviation:R} {comparison.GradientDeviation:R} {comparison.Ratio:R}"));
        }
    }

    /// <summary>Compares the models of all seeds up to a number; a seed that ends a worker is left out, and a new one goes on.</summary>
    public static Outcome RunAll(int count)
    {
        List<Comparison> comparisons = [];
        List<int> crashed = [];
        int without = 0;
        int next = 1;
        while (next <= count)
        {
            int current = next - 1;
            using Process worker = Start(next, count);
            while (worker.StandardOutput.ReadLine() is { } line)
            {
                string[] words = line.Split(' ');
                switch (words[0])
                {
                    case Started:
                        current = int.Parse(words[1], CultureInfo.InvariantCulture);
                        break;
                    case Without:
                        without++;
                        break;
                    case Compared:
                        comparisons.Add(new Comparison(words[1], Number(words[2]), Number(words[3]), Number(words[4])));
                        break;
                    default:
                        Console.WriteLine(line);
                        break;
                }
            }

            worker.WaitForExit();
            if (worker.ExitCode == 0)
            {
                break;
            }

            if (current < next)
            {
                throw new InvalidOperationException($"a worker ended with exit code {worker.ExitCode} before its first model");
            }

            crashed.Add(current);
            next = current + 1;
        }

        return new Outcome(comparisons, without, crashed);
    }

    /// <summary>The model of a seed.</summary>
    public static ComposedModel Compose(int seed) => ModelComposer.Compose(seed, withRandomness: false);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static Process Start(int first, int last) => Process.Start(new ProcessStartInfo(
        Environment.ProcessPath!,
        [
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Worker).Assembly.Location] : Array.Empty<string>(),
            Argument,
            first.ToString(CultureInfo.InvariantCulture),
            last.ToString(CultureInfo.InvariantCulture),
        ])
    {
        RedirectStandardOutput = true,
    })!;

    /// <summary>What came of all models.</summary>
    /// <param name="Comparisons">Those that both sides have run.</param>
    /// <param name="Without">How many have a layer without a twin in libtorch.</param>
    /// <param name="Crashed">The seeds on which libtorch ended the process.</param>
    internal sealed record Outcome(IReadOnlyList<Comparison> Comparisons, int Without, IReadOnlyList<int> Crashed);
}
