using System.Diagnostics;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Results;
using Benchmarks.ScaleBench.Workers;

namespace Benchmarks.ScaleBench;

/// <summary>Measures one point: a process for each side, which take turns.</summary>
internal static class PointMeasurement
{
    private const int MinimumRounds = 9;
    private const int LongRounds = 3;

    /// <summary>How many times the given time a point may take to find undisturbed samples.</summary>
    private const double Patience = 4;

    /// <summary>Trains on both sides, reads the peak memory, then predicts.</summary>
    /// <exception cref="WorkerEndedException">A side's process has ended.</exception>
    public static ScalePoint Measure(
        Family family, int size, int threads, CompiledModel model, double seconds, string machine)
    {
        using WorkerProcess ours = new(Side.Ours, family, size, threads, model);
        using WorkerProcess torch = new(Side.Torch, family, size, threads, model);
        WorkerProcess[] sides = [ours, torch];
        Spread[] steps = TakeTurns(sides, Worker.Train, seconds);
        MemoryUse[] memory = [.. sides.Select(side => side.ReadMemory())];
        Spread[] predictions = TakeTurns(sides, Worker.Predict, seconds);
        SideResult ResultOf(int side) => new(steps[side], predictions[side], memory[side]);
        return new ScalePoint(family.Name, size, threads, machine, ResultOf(0), ResultOf(1))
        {
            CompilationSeconds = family.ShowsCompilation ? model.Seconds : null,
        };
    }

    private static Spread[] TakeTurns(WorkerProcess[] sides, string work, double seconds)
    {
        foreach (WorkerProcess side in sides)
        {
            // One after the other, so that neither warms up beside the other.
            side.Tell(work);
            side.Hear();
        }

        var clock = Stopwatch.StartNew();
        int round = 0, undisturbed = 0;
        while (!IsEnough())
        {
            // The order alternates, as in all rows.
            undisturbed = (round++ % 2 == 0 ? sides : Enumerable.Reverse(sides)).Min(side => side.TakeTurn());
        }

        return [.. sides.Select(side => side.ReadTimes(Math.Min(MinimumRounds, round)))];

        bool IsEnough() => clock.Elapsed.TotalSeconds > Patience * seconds
            ? round >= LongRounds
            : clock.Elapsed.TotalSeconds > seconds && undisturbed >= MinimumRounds;
    }
}
