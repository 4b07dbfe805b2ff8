using System.Diagnostics;
using System.Globalization;

namespace Benchmarks.Bench.Measurement;

/// <summary>How much of the machine other processes use while this object lives.</summary>
internal sealed class OtherWork
{
    private const double TicksPerSecond = 100;
    private const int IdleField = 3;
    private const int WaitingField = 4;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _busy = ReadBusySeconds();
    private readonly double _own = ReadOwnSeconds();

    /// <summary>The processors that others kept busy since the beginning, in the mean.</summary>
    public double Processors
    {
        get
        {
            double others = ReadBusySeconds() - _busy - (ReadOwnSeconds() - _own);
            return others / Stopwatch.GetElapsedTime(_start).TotalSeconds;
        }
    }

    private static double ReadOwnSeconds()
    {
        using Process process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>All time of all processors that was not idle, from the first line of /proc/stat.</summary>
    private static double ReadBusySeconds() => File.ReadLines("/proc/stat").First()
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Skip(1)
        .Take(8)
        .Where((_, field) => field is not (IdleField or WaitingField))
        .Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond;
}
