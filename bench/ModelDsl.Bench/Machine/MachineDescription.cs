using System.Runtime.InteropServices;

namespace Benchmarks.Bench.Machine;

/// <summary>The machine and the versions behind a table, in one line.</summary>
internal static class MachineDescription
{
    /// <summary>Processor, cores, caches, .NET and libtorch.</summary>
    public static string Text =>
        $"{Processor}, {Environment.ProcessorCount} cores (L1 {CacheSize(0)}, L2 {CacheSize(2)}, L3 {CacheSize(3)}), " +
        $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, " +
        $"libtorch {TorchSharp.torch.__version__} (TorchSharp)";

    private static string Processor => ReadLines("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
        ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static string CacheSize(int index) =>
        ReadLines($"/sys/devices/system/cpu/cpu0/cache/index{index}/size").FirstOrDefault() ?? "unknown";

    private static IEnumerable<string> ReadLines(string path) => File.Exists(path) ? File.ReadLines(path) : [];
}
