using System.Diagnostics;
using System.Globalization;
using Benchmarks.ScaleBench.Families;
using Benchmarks.Torch.Loading;

namespace Benchmarks.ScaleBench.Workers;

/// <summary>
/// The process of one point and one side. It holds the model and nothing of the other side or of the compiler, so its
/// peak memory is that side's; it takes samples when the process that started it says so on the standard input.
/// </summary>
internal static class Worker
{
    /// <summary>The argument that starts a worker: followed by side, family, size, threads and assembly.</summary>
    public const string Argument = "--worker";

    /// <summary>Answers a line when the work is made and warm.</summary>
    public const string Train = "train";

    /// <summary>As <see cref="Train"/>, of predictions.</summary>
    public const string Predict = "predict";

    /// <summary>Takes a sample and answers the number of undisturbed ones, when its threads sleep again.</summary>
    public const string Sample = "sample";

    /// <summary>
    /// Answers quartiles and median of the samples; followed by the number of undisturbed ones wanted.
    /// </summary>
    public const string Times = "times";

    /// <summary>Answers the peak memory in bytes, and what the process held before it made the model.</summary>
    public const string Memory = "memory";

    /// <summary>A run of seconds is warm after one.</summary>
    private const double LongSeconds = 1;

    /// <summary>Serves until the standard input ends.</summary>
    public static void Run(string[] arguments)
    {
        // If memory runs out, the system shall end this process and no other.
        File.WriteAllText("/proc/self/oom_score_adj", "1000");
        (string name, string assembly) = (arguments[0], arguments[4]);
        Family family = AllFamilies.List.Single(candidate => candidate.Name == arguments[1]);
        int size = int.Parse(arguments[2], CultureInfo.InvariantCulture);
        int threads = int.Parse(arguments[3], CultureInfo.InvariantCulture);
        if (name == Side.Torch)
        {
            TorchLibrary.EnsureLoaded();
            set_num_threads(threads);
        }

        WorkerPool.ThreadCount = threads;
        Type model = CompiledModel.Load(assembly, family.ClassName(size));
        long before = ReadMemory("VmRSS");
        using ISide side = Side.Create(name, family, size, model);
        Turn? turn = null;
        while (Console.ReadLine() is { } line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case Train:
                    turn = WarmUp(side.Train());
                    Console.WriteLine();
                    break;
                case Predict:
                    turn = WarmUp(side.Predict());
                    Console.WriteLine();
                    break;
                case Sample:
                    turn!.Take();
                    Turn.Settle();
                    Console.WriteLine(turn.Undisturbed.Count);
                    break;
                case Times:
                    Spread times = Spread.Of(turn!.GetSamples(int.Parse(words[1], CultureInfo.InvariantCulture)));
                    Console.WriteLine(FormattableString.Invariant($"{times.Median:R} {times.Lower:R} {times.Upper:R}"));
                    break;
                case Memory:
                    Console.WriteLine(FormattableString.Invariant($"{ReadMemory("VmHWM")} {before}"));
                    break;
                default:
                    throw new InvalidOperationException($"unknown command '{line}'");
            }
        }
    }

    private static Turn WarmUp(Contender contender)
    {
        long start = Stopwatch.GetTimestamp();
        contender.Run();
        bool isLong = Stopwatch.GetElapsedTime(start).TotalSeconds > LongSeconds;
        Turn turn = new(contender, isLong);
        Turn.Settle();
        return turn;
    }

    private static long ReadMemory(string entry)
    {
        string line = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith($"{entry}:", StringComparison.Ordinal));
        string kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2];
        return 1024 * long.Parse(kibibytes, CultureInfo.InvariantCulture);
    }
}
