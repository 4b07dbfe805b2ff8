#:property PublishAot=false

// Compares the kernels of this tree with those of an earlier revision: both benches are built, run in turns, and each
// row keeps its fastest time. From the root of a clone, with the machine otherwise idle:
//   dotnet run --file bench/Before.cs -- <revision, or a folder with a checkout> [--rounds 3] [options of the bench]
// Options of the bench are those of bench/ModelDsl.Bench, such as: --rows gemm norm --threads 1 --seconds 0.3
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

if (args.Length == 0)
{
    Console.Error.WriteLine("expected the revision or the folder to compare with");
    return 1;
}

string[] benchOptions = args[1..];
int rounds = 3;
if (Array.IndexOf(benchOptions, "--rounds") is int at and >= 0)
{
    rounds = int.Parse(benchOptions[at + 1], CultureInfo.InvariantCulture);
    benchOptions = [.. benchOptions[..at], .. benchOptions[(at + 2)..]];
}

bool isFolder = Directory.Exists(args[0]);
string before = isFolder ? Path.GetFullPath(args[0]) : Directory.CreateTempSubdirectory("modeldsl-before-").FullName;
try
{
    if (!isFolder)
    {
        Run("git", ["worktree", "add", "--detach", "--quiet", before, args[0]], Environment.CurrentDirectory);
    }

    string[] trees = [before, Environment.CurrentDirectory];
    foreach (string tree in trees)
    {
        Run("dotnet", ["build", "-c", "Release", "-v", "quiet", "bench/ModelDsl.Bench"], tree);
    }

    // A row's name and threads -> the fastest time in microseconds before, and now; the other side's as a control.
    Dictionary<string, double[]> rows = [];
    for (int round = 0; round < rounds; round++)
    {
        for (int turn = 0; turn < trees.Length; turn++)
        {
            // The tree that comes first changes from round to round.
            int side = (turn + round) % trees.Length;
            Console.Error.WriteLine($"round {round + 1} of {rounds}: {(side == 0 ? "before" : "now")}");
            string text = Run(
                "dotnet",
                ["run", "-c", "Release", "--no-build", "--project", "bench/ModelDsl.Bench", "--", .. benchOptions, "--no-write"],
                trees[side]);
            foreach (Match line in RowLine().Matches(text))
            {
                string row = $"{line.Groups["name"].Value} | {line.Groups["threads"].Value}";
                if (!rows.TryGetValue(row, out double[]? times))
                {
                    rows.Add(row, times = [.. Enumerable.Repeat(double.PositiveInfinity, 4)]);
                }

                times[side] = Math.Min(times[side], Microseconds(line.Groups["ours"].Value));
                times[2 + side] = Math.Min(times[2 + side], Microseconds(line.Groups["torch"].Value));
            }
        }
    }

    Console.WriteLine("| work | threads | before | now | now / before | libtorch, now / before |");
    Console.WriteLine("|---|--:|--:|--:|--:|--:|");
    foreach ((string row, double[] times) in rows.Where(row => row.Value.All(double.IsFinite)))
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row} | {times[0]:G4} µs | {times[1]:G4} µs | {times[1] / times[0]:F3} | {times[3] / times[2]:F3} |"));
    }
}
finally
{
    if (!isFolder)
    {
        Run("git", ["worktree", "remove", "--force", before], Environment.CurrentDirectory);
    }
}

return 0;

static double Microseconds(string text)
{
    string[] parts = text.Split(' ');
    double scale = parts[1] switch { "ns" => 1e-3, "µs" => 1, "ms" => 1e3, "s" => 1e6, _ => double.NaN };
    return double.Parse(parts[0], CultureInfo.InvariantCulture) * scale;
}

static string Run(string program, string[] arguments, string folder)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
    })!;
    string text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? text
        : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");
}

internal static partial class Program
{
    // The lines that the bench prints while it measures: name, threads, our time, the other side's.
    [GeneratedRegex(@"^(?<name>\S.*?)  (?<threads>\d+)  (?<ours>[\d.]+ (?:ns|µs|ms|s)) ±\d+ %  (?<torch>[\d.]+ (?:ns|µs|ms|s)) ±", RegexOptions.Multiline)]
    private static partial Regex RowLine();
}
