using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Bench.StartUp;

/// <summary>A small program that predicts once, published into bench/artifacts.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Project">The project's name, which is its folder's and its executable's.</param>
/// <param name="Arguments">What else <c>dotnet publish</c> is told.</param>
internal sealed record StartUpProgram(string Name, string Project, params string[] Arguments)
{
    /// <summary>All of them, ours first.</summary>
    public static IReadOnlyList<StartUpProgram> All { get; } =
    [
        new("ModelDsl, Native AOT", "ModelDsl.StartUp", "-p:StartUpAot=true"),
        new(
            "ModelDsl, Native AOT for this processor",
            "ModelDsl.StartUp",
            "-p:StartUpAot=true",
            "-p:IlcInstructionSet=native"),
        new("ModelDsl, framework-dependent", "ModelDsl.StartUp"),
        new("TorchSharp, framework-dependent", "ModelDsl.StartUp.Torch"),
    ];

    /// <summary>The executable.</summary>
    public string Executable => Path.Combine(Folder, Project);

    /// <summary>The size of all that was published, without symbols, in bytes.</summary>
    public long Size => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetExtension(path) is not (".pdb" or ".dbg" or ".xml"))
        .Sum(path => new FileInfo(path).Length);

    private string Folder => Path.Combine(
        BenchFolder.Path, "artifacts", string.Concat(Name.ToLowerInvariant().Select(letter => char.IsLetter(letter) ? letter : '-')));

    /// <summary>Builds the program anew where its sources changed.</summary>
    /// <exception cref="InvalidOperationException">The build fails.</exception>
    public void Publish()
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["publish", Path.Combine(BenchFolder.Path, Project), "-c", "Release", "-v", "quiet", "--nologo", "-o", Folder, .. Arguments])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Project} cannot be published:\n{output}");
        }
    }

    /// <summary>Predicts: the seconds to the first line, and the most memory that the process held, in bytes.</summary>
    public (double Seconds, double PeakBytes) Predict()
    {
        (double seconds, _, string second) = Run();
        double kilobytes = double.Parse(second.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
        return (seconds, kilobytes * 1024);
    }

    /// <summary>Trains: the seconds of one step, in the mean of the first hundred and of the next hundred.</summary>
    public (double Early, double Late) Train()
    {
        (_, string first, string second) = Run("train");
        return (
            double.Parse(first, CultureInfo.InvariantCulture) / 100, double.Parse(second, CultureInfo.InvariantCulture) / 100);
    }

    private (double Seconds, string First, string Second) Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Executable, arguments) { RedirectStandardOutput = true };
        long clock = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string? first = process.StandardOutput.ReadLine();
        double seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        string? second = process.StandardOutput.ReadLine();
        process.WaitForExit();
        return process.ExitCode == 0 && first is not null && second is not null
            ? (seconds, first, second)
            : throw new InvalidOperationException($"{Executable} ended with exit code {process.ExitCode}");
    }
}
