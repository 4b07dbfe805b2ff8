namespace Benchmarks.ScaleBench;

/// <summary>What the command line asks for.</summary>
/// <param name="Families">The names of the families; empty for all.</param>
/// <param name="Threads">The numbers of threads.</param>
/// <param name="Points">
/// How many sizes of each family, from the smallest; 0 makes tables and plots of what is kept.
/// </param>
/// <param name="Seconds">The time for each point's training, and again for its predictions.</param>
/// <param name="Gibibytes">The memory that both sides together may take.</param>
/// <param name="LongestStep">The longest training step in seconds.</param>
/// <param name="Writes">Whether bench/README.md, bench/results and bench/plots take up the results.</param>
internal sealed record ScaleOptions(
    IReadOnlyList<string> Families,
    IReadOnlyList<int> Threads,
    int Points,
    double Seconds,
    double Gibibytes,
    double LongestStep,
    bool Writes);
