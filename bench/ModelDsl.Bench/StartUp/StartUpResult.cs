namespace Benchmarks.Bench.StartUp;

/// <summary>What a program took to predict for the first time.</summary>
/// <param name="Name">The program.</param>
/// <param name="Time">From the start of its process to its first line of output.</param>
/// <param name="PeakBytes">The most memory it held; the median of all runs.</param>
/// <param name="DiskBytes">The size of all that was published.</param>
/// <param name="EarlyStep">The time of one of the first hundred training steps.</param>
/// <param name="LateStep">The time of one of the hundred steps after those.</param>
internal sealed record StartUpResult(
    string Name, Spread Time, double PeakBytes, long DiskBytes, Spread EarlyStep, Spread LateStep);
