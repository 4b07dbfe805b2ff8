using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Benchmarks.Bench.Measurement;

namespace ModelDsl.GeneratorBench;

/// <summary>What the generator takes for a model of many copies of a block, in seconds.</summary>
/// <param name="Whole">All of its work.</param>
/// <param name="AfterCancel">From a cancel in the middle of the work until the generator has stopped.</param>
internal sealed record LongModelTimes(Spread Whole, Spread AfterCancel)
{
    private const int Rounds = 7;

    /// <summary>Compiles a residual network with some copies of its block.</summary>
    public static LongModelTimes Measure(int copies)
    {
        Run(SampleProject.CreateLong(copies, 0), CancellationToken.None);
        List<double> whole = [], afterCancel = [];
        for (int round = 0; round < Rounds; round++)
        {
            // What the compiler has seen before is in its cache.
            Compilation compilation = SampleProject.CreateLong(copies, (2 * round) + 1);
            compilation.GlobalNamespace.GetMembers();
            long start = Stopwatch.GetTimestamp();
            Run(compilation, CancellationToken.None);
            whole.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            afterCancel.Add(CancelAt(SampleProject.CreateLong(copies, (2 * round) + 2), TimeSpan.FromSeconds(whole[^1] * (round + 1) / (Rounds + 1))));
        }

        return new LongModelTimes(Spread.Of(whole), Spread.Of(afterCancel));
    }

    private static double CancelAt(Compilation compilation, TimeSpan time)
    {
        using var cancellation = new CancellationTokenSource();
        long cancelled = 0;
        cancellation.Token.Register(() => cancelled = Stopwatch.GetTimestamp());
        cancellation.CancelAfter(time);
        try
        {
            Run(compilation, cancellation.Token);
        }
        catch (OperationCanceledException)
        {
            return Stopwatch.GetElapsedTime(cancelled).TotalSeconds;
        }

        return 0;
    }

    private static void Run(Compilation compilation, CancellationToken cancellation)
    {
        if (SampleProject.CreateDriver().RunGenerators(compilation, cancellation).GetRunResult().GeneratedTrees.Length != 2)
        {
            throw new InvalidOperationException("The generator has not compiled both models.");
        }
    }
}
