using System.Diagnostics;

namespace ModelDsl.Bench.Measurement;

/// <summary>
/// Runs the sides of a row in turns, so that whatever else the machine does meets all of them alike.
/// </summary>
internal static class Stopwatching
{
    /// <summary>Long enough that the clock's own cost vanishes, short enough for many turns.</summary>
    private const double SampleSeconds = 2e-3;

    /// <summary>After this pause most threads of the side that ran before no longer spin for more work.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(5);

    /// <summary>The processor time within such a pause of a process whose threads all sleep, at most.</summary>
    private static readonly TimeSpan Asleep = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Threads that never sleep must not stop the measurement.</summary>
    private const int MostSettlings = 100;

    private const int MinimumRounds = 9;
    private const int LongRounds = 3;

    /// <summary>The operating system's own short work takes a processor about this often, on an idle machine too.</summary>
    private const double SecondsPerPreemption = 10e-3;

    /// <summary>The processors that others may keep busy before a row with too few undisturbed samples is given up.</summary>
    private const double OthersAllowed = 0.1;

    /// <summary>
    /// How far a rate may lie above the limit: a loop that fetches memory ahead beats one that does not by a few
    /// percent.
    /// </summary>
    private const double AboveLimitAllowed = 1.1;

    /// <summary>How many times the given time a row may take to find undisturbed samples.</summary>
    private const double Patience = 4;

    /// <summary>The median times of all sides, from at least nine rounds and about the given time.</summary>
    public static RowResult Measure(Row row, int threads, double seconds)
    {
        using Contender ours = row.Ours();
        using Contender? torch = row.Torch?.Invoke();
        using Contender? onnxRuntime = row.OnnxRuntime?.Invoke();
        using Contender? limit = row.Limit?.Invoke();
        if (torch is not null)
        {
            Agreement.Check(row, ours, "libtorch", torch, row.TorchTolerance);
        }

        if (onnxRuntime is not null)
        {
            Agreement.Check(row, ours, "ONNX Runtime", onnxRuntime, Agreement.OnnxRuntimeTolerance);
        }

        List<Turn> turns = [.. new[] { ours, torch, onnxRuntime, limit }
            .OfType<Contender>()
            .Select(side => new Turn(side, row.IsLong))];

        OtherWork others = new();
        var clock = Stopwatch.StartNew();
        int wanted = row.IsLong ? LongRounds : MinimumRounds;
        bool IsEnough(int round) => row.IsLong || clock.Elapsed.TotalSeconds > Patience * seconds
            ? round >= wanted
            : clock.Elapsed.TotalSeconds > seconds && turns.All(turn => turn.Undisturbed.Count >= wanted);
        for (int round = 0; !IsEnough(round); round++)
        {
            // The order alternates: what a side leaves in the caches must not favour always the same one.
            foreach (Turn turn in round % 2 == 0 ? turns : Enumerable.Reverse(turns))
            {
                Settle();
                turn.Take();
            }
        }

        List<double> SamplesOf(Contender side) => turns.Single(turn => turn.Side == side).GetSamples(wanted);

        // The fastest sample: a limit is what the machine can do at most, and a median halves where the operating
        // system keeps two threads of the loop on one processor.
        double? limitRate = limit is null ? null : row.LimitWork.Amount / SamplesOf(limit).Min();
        Spread? torchTimes = torch is null ? null : Spread.Of(SamplesOf(torch));
        Spread? onnxRuntimeTimes = onnxRuntime is null ? null : Spread.Of(SamplesOf(onnxRuntime));
        RowResult result = new(
            row.Group, row.Name, threads, row.Work, row.Goal, Spread.Of(SamplesOf(ours)), torchTimes, limitRate);
        bool isDisturbed = others.Processors > OthersAllowed && turns.Any(turn => turn.Undisturbed.Count < wanted);
        return result with
        {
            OnnxRuntime = onnxRuntimeTimes,
            Remark = ours.Remark?.Invoke(),
            Doubt = isDisturbed ? "the machine was busy with something else"
                : IsAboveLimit(row, result) ? "faster than the limit, which must have been measured wrongly"
                : null,
        };
    }

    /// <summary>Waits until the threads of the side that ran before sleep.</summary>
    private static void Settle()
    {
        TimeSpan before;
        int pauses = 0;
        do
        {
            before = Environment.CpuUsage.TotalTime;
            Thread.Sleep(Settling);
            pauses++;
        }
        while (Environment.CpuUsage.TotalTime - before > Asleep && pauses < MostSettlings);
    }

    private static bool IsAboveLimit(Row row, RowResult result) =>
        !row.CountsSavedWork && Math.Max(result.OurRate, result.TorchRate ?? 0) > AboveLimitAllowed * result.LimitRate;

    private sealed class Turn
    {
        private readonly int _runs = 1;
        private readonly bool _isLong;

        public Turn(Contender side, bool isLong)
        {
            Side = side;
            _isLong = isLong;
            if (isLong)
            {
                side.Run();
                return;
            }

            // Tiered compilation counts calls and then compiles in the background, so a first burst and a pause come first.
            var clock = Stopwatch.StartNew();
            int calls = 0;
            while (calls < 3 || (calls < 200 && clock.Elapsed.TotalSeconds < 0.3))
            {
                side.Reset?.Invoke();
                side.Run();
                calls++;
            }

            Thread.Sleep(side.Reset is null ? 150 : 0);
            while (side.Reset is null && Time(_runs) < SampleSeconds)
            {
                _runs *= 2;
            }
        }

        public Contender Side { get; }

        /// <summary>The samples during which no thread lost its processor, but to the operating system itself.</summary>
        public List<double> Undisturbed { get; } = [];

        private List<double> All { get; } = [];

        /// <summary>The undisturbed samples, or all where there are too few of those.</summary>
        public List<double> GetSamples(int wanted) => Undisturbed.Count >= wanted ? Undisturbed : All;

        public void Take()
        {
            Side.Reset?.Invoke();
            if (Side.Reset is null && !_isLong)
            {
                Time(Math.Max(1, _runs / 4));
            }

            long preemptions = Preemptions.Count;
            double seconds = Time(_runs);
            preemptions = Preemptions.Count - preemptions;
            All.Add(seconds / _runs);
            if (preemptions <= (int)(seconds / SecondsPerPreemption))
            {
                Undisturbed.Add(seconds / _runs);
            }
        }

        private double Time(int runs)
        {
            long start = Stopwatch.GetTimestamp();
            for (int run = 0; run < runs; run++)
            {
                Side.Run();
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
