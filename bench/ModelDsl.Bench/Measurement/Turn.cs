using System.Diagnostics;

namespace Benchmarks.Bench.Measurement;

/// <summary>One side of a comparison with its samples: warmed up when it is made, then sampled turn by turn.</summary>
internal sealed class Turn
{
    /// <summary>Long enough that the clock's own cost vanishes, short enough for many turns.</summary>
    private const double SampleSeconds = 2e-3;

    /// <summary>After this pause most threads of the side that ran before no longer spin for more work.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(5);

    /// <summary>The processor time within such a pause of a process whose threads all sleep, at most.</summary>
    private static readonly TimeSpan Asleep = TimeSpan.FromMilliseconds(0.5);

    /// <summary>Threads that never sleep must not stop the measurement.</summary>
    private const int MostSettlings = 100;

    /// <summary>
    /// The operating system's own short work takes a processor about this often, on an idle machine too.
    /// </summary>
    private const double SecondsPerPreemption = 10e-3;

    private readonly int _runs = 1;
    private readonly bool _isLong;

    /// <summary>Warms a side up.</summary>
    /// <param name="side">The side.</param>
    /// <param name="isLong">Whether one run takes seconds: then one warms up, and a sample is one run.</param>
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

    /// <summary>The side.</summary>
    public Contender Side { get; }

    /// <summary>The samples during which no thread lost its processor, but to the operating system itself.</summary>
    public List<double> Undisturbed { get; } = [];

    private List<double> All { get; } = [];

    /// <summary>The undisturbed samples, or all where there are too few of those.</summary>
    public List<double> GetSamples(int wanted) => Undisturbed.Count >= wanted ? Undisturbed : All;

    /// <summary>Waits until the threads of the side that ran before sleep.</summary>
    public static void Settle()
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

    /// <summary>Adds a sample.</summary>
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
