using System.Runtime.InteropServices;

namespace Benchmarks.Bench.Measurement;

/// <summary>How often the operating system took a processor from one of this process's threads.</summary>
internal static partial class Preemptions
{
    private const int UsageWords = 18;

    /// <summary>The number of involuntary context switches of all threads since the process began.</summary>
    public static long Count
    {
        get
        {
            // struct rusage of 64-bit Linux: two times of two words each, then fourteen counters, the last of which is
            // ru_nivcsw.
            Span<long> usage = stackalloc long[UsageWords];
            return GetUsage(who: 0, usage) == 0
                ? usage[^1]
                : throw new InvalidOperationException($"getrusage fails with error {Marshal.GetLastPInvokeError()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, Span<long> usage);
}
