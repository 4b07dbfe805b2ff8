using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Report;
using Benchmarks.ScaleBench.Results;
using Benchmarks.ScaleBench.Workers;
using Benchmarks.Torch.Loading;

namespace Benchmarks.ScaleBench;

/// <summary>One run over the chosen families: measures, prints, and keeps each point at once.</summary>
internal static class ScaleRun
{
    private const double Gibibyte = 1L << 30;

    /// <summary>
    /// Of each family, both sides of this many of its smallest sizes are compared before any is timed.
    /// </summary>
    private const int Compared = 3;

    private static string Machine => $"{MachineDescription.Text}, {Instructions.Name}";

    /// <summary>Runs what the options ask for.</summary>
    public static void Execute(ScaleOptions options)
    {
        // Before the workers, which must not repair the library at the same time.
        TorchLibrary.EnsureLoaded();
        ScaleStore store = new(BenchFolder.Path);
        foreach (Family family in AllFamilies.List
            .Where(family => options.Families.Count == 0 || options.Families.Contains(family.Name)))
        {
            Measure(family, options, store);
            if (options.Writes)
            {
                // After each, so that a run that is broken off keeps what it has.
                ScaleReport.Write(store);
            }
        }
    }

    private static void Measure(Family family, ScaleOptions options, ScaleStore store)
    {
        List<CompiledModel> models = [];
        CompiledModel ModelOf(int index)
        {
            if (index == models.Count)
            {
                models.Add(CompiledModel.Compile(family, family.Sizes[index]));
                if (index < Compared)
                {
                    SideComparison.Check(family, family.Sizes[index], models[index]);
                }
            }

            return models[index];
        }

        foreach (int threads in options.Threads)
        {
            List<ScalePoint> points = [];
            for (int index = 0; index < Math.Min(options.Points, family.Sizes.Count); index++)
            {
                if (Forecast(points, point => point.PeakOfBoth) > options.Gibibytes * Gibibyte
                    || Forecast(points, point => point.LongestStep) > options.LongestStep)
                {
                    Console.WriteLine(
                        $"{family.Name} ends before {family.Sizes[index]}: it would take too much memory or time");
                    break;
                }

                try
                {
                    points.Add(PointMeasurement.Measure(
                        family, family.Sizes[index], threads, ModelOf(index), options.Seconds, Machine));
                }
                catch (WorkerEndedException exception)
                {
                    Console.WriteLine($"{family.Name} ends before {family.Sizes[index]}: {exception.Message}");
                    break;
                }

                Console.WriteLine($"{family.Name}  {string.Join("  ", ScaleTable.Cells(family, points[^1]))}");
                if (options.Writes)
                {
                    store.Add(points[^1]);
                }
            }
        }
    }

    /// <summary>The value at the next size, if it grows once more as it did last.</summary>
    private static double Forecast(List<ScalePoint> points, Func<ScalePoint, double> value) => points.Count < 2
        ? 0
        : value(points[^1]) * Math.Max(1, value(points[^1]) / value(points[^2]));
}
