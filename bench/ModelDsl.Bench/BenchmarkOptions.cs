namespace Benchmarks.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Rows">Words, one of which a row's group or name must contain; empty for all.</param>
/// <param name="Threads">The numbers of threads.</param>
/// <param name="Seconds">The time for each row.</param>
/// <param name="Writes">Whether bench/README.md takes up the results.</param>
/// <param name="Data">The folder of MNIST's files.</param>
/// <param name="MlperfTiny">The folder of MLPerf Tiny's models.</param>
internal sealed record BenchmarkOptions(
    IReadOnlyList<string> Rows,
    IReadOnlyList<int> Threads,
    double Seconds,
    bool Writes,
    string? Data,
    string? MlperfTiny);
