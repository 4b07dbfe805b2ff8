using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Benchmarks.Bench.Measurement;

namespace ModelDsl.GeneratorBench;

/// <summary>What the generator takes, in seconds.</summary>
/// <param name="FirstRun">The first run in the process, with all of the just-in-time compiler's work.</param>
/// <param name="Anew">A run without anything kept, in a warm process, as a build does it.</param>
/// <param name="KeystrokeElsewhere">A run after an edit of a file without a model.</param>
/// <param name="KeystrokeInModel">A run after an edit of one model.</param>
internal sealed record GeneratorTimes(double FirstRun, Spread Anew, Spread KeystrokeElsewhere, Spread KeystrokeInModel)
{
    private const int Rounds = 25;

    /// <summary>Runs the generator on a project of some models.</summary>
    /// <exception cref="InvalidOperationException">The generator does not give one file for each model.</exception>
    public static GeneratorTimes Measure(int models, bool areMethods = false)
    {
        var project = SampleProject.Create(models, files: models, areMethods);

        // The C# compiler declares its symbols before generators run; that is not the generator's time.
        project.Compilation.GlobalNamespace.GetMembers();
        long start = Stopwatch.GetTimestamp();
        GeneratorDriver warm = SampleProject.CreateDriver().RunGenerators(project.Compilation);
        double first = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int generated = warm.GetRunResult().GeneratedTrees.Length;
        if (generated < models)
        {
            throw new InvalidOperationException($"expected at least {models} generated files, got {generated}");
        }

        GeneratorDriver editor = SampleProject.CreateDriver(isEditor: true).RunGenerators(project.Compilation);
        return new GeneratorTimes(
            first,
            Repeat(_ => SampleProject.CreateDriver(), number => project.TypeElsewhere(-1 - number)),
            Repeat(_ => editor, project.TypeElsewhere),
            Repeat(_ => editor, project.TypeInModel));
    }

    /// <summary>Milliseconds with half the distance of the quartiles.</summary>
    public static string Format(Spread spread) => $"{spread.Median * 1e3:0.00} ms ±{spread.Relative:P0}";

    private static Spread Repeat(Func<int, GeneratorDriver> driver, Func<int, Compilation> edit)
    {
        List<double> samples = [];
        for (int round = 1; round <= Rounds; round++)
        {
            GeneratorDriver current = driver(round);
            Compilation compilation = edit(round);
            compilation.GlobalNamespace.GetMembers();
            long start = Stopwatch.GetTimestamp();
            current.RunGenerators(compilation);
            samples.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Spread.Of(samples);
    }
}
