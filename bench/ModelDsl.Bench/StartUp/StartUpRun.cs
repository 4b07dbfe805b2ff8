using System.Globalization;
using System.Text;
using Benchmarks.Bench.Report;
using Spectre.Console;

namespace Benchmarks.Bench.StartUp;

/// <summary>Starts each program many times, in turns.</summary>
internal static class StartUpRun
{
    /// <summary>The word that selects this part on the command line, and its marker in the README.</summary>
    public const string Name = "startup";

    private const int Rounds = 15;
    private const int TrainingRounds = 5;
    private const double Mebibyte = 1024 * 1024;

    /// <summary>Publishes, measures, prints, and updates the README where wanted.</summary>
    public static void Execute(bool writes)
    {
        foreach (StartUpProgram program in StartUpProgram.All)
        {
            program.Publish();

            // The first start reads the files from the disk, and may repair libtorch's library.
            program.Predict();
        }

        var starts = StartUpProgram.All.ToDictionary(program => program, _ => new List<(double Seconds, double PeakBytes)>());
        var steps = StartUpProgram.All.ToDictionary(program => program, _ => new List<(double Early, double Late)>());
        for (int round = 0; round < Rounds; round++)
        {
            foreach (StartUpProgram program in StartUpProgram.All)
            {
                starts[program].Add(program.Predict());
                if (round < TrainingRounds)
                {
                    steps[program].Add(program.Train());
                }
            }
        }

        string table = Format([.. StartUpProgram.All.Select(program => new StartUpResult(
            program.Name,
            Spread.Of([.. starts[program].Select(run => run.Seconds)]),
            Spread.Of([.. starts[program].Select(run => run.PeakBytes)]).Median,
            program.Size,
            Spread.Of([.. steps[program].Select(run => run.Early)]),
            Spread.Of([.. steps[program].Select(run => run.Late)])))]);
        AnsiConsole.WriteLine(table);
        if (writes)
        {
            MarkedFile.Replace(Path.Combine(BenchFolder.Path, "README.md"), Name, table);
        }
    }

    private static string Format(IReadOnlyList<StartUpResult> results)
    {
        StringBuilder text = new();
        text.Append("| program | start to first prediction | peak memory | size on disk | training step, 1 to 100 | 101 to 200 |\n");
        text.Append("|---|--:|--:|--:|--:|--:|\n");
        foreach (StartUpResult result in results)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {result.Name} | {Formats.Time(result.Time)} | {result.PeakBytes / Mebibyte:0.0} MiB | ")
                .Append(CultureInfo.InvariantCulture, $"{result.DiskBytes / Mebibyte:#,0.0} MiB | ")
                .Append(CultureInfo.InvariantCulture, $"{Formats.Time(result.EarlyStep)} | {Formats.Time(result.LateStep)} |\n");
        }

        return text.ToString();
    }
}
