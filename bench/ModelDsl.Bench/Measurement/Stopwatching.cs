using System.Diagnostics;

namespace Benchmarks.Bench.Measurement;

/// <summary>
/// Runs the sides of a row in turns, so that whatever else the machine does meets all of them alike.
/// </summary>
internal static class Stopwatching
{
    private const int MinimumRounds = 9;
    private const int LongRounds = 3;

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
                Turn.Settle();
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

    private static bool IsAboveLimit(Row row, RowResult result) =>
        !row.CountsSavedWork && Math.Max(result.OurRate, result.TorchRate ?? 0) > AboveLimitAllowed * result.LimitRate;
}
