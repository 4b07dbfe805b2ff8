using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Benchmarks.Bench.Machine;

/// <summary>Which vector instructions both sides use in this process.</summary>
internal static class Instructions
{
    /// <summary>What holds both sides back to AVX2: .NET's switch, libtorch's own kernels', MKL's and oneDNN's.</summary>
    private static readonly Dictionary<string, string> Avx2Environment = new()
    {
        ["DOTNET_EnableAVX512"] = "0",
        ["ATEN_CPU_CAPABILITY"] = "avx2",
        ["MKL_ENABLE_INSTRUCTIONS"] = "AVX2",
        ["ONEDNN_MAX_CPU_ISA"] = "AVX2",
    };

    /// <summary>The name of the widest instructions in use: <c>avx512</c>, <c>avx2</c> or <c>sse</c>.</summary>
    public static string Name =>
        Vector512.IsHardwareAccelerated ? "avx512" : Vector256.IsHardwareAccelerated ? "avx2" : "sse";

    /// <summary>Whether this process was started with both sides held back to AVX2.</summary>
    public static bool AreLimitedToAvx2 =>
        Avx2Environment.All(entry => Environment.GetEnvironmentVariable(entry.Key) == entry.Value);

    /// <summary>
    /// Starts this program again with both sides held back to AVX2, since neither can be told so while it runs, and
    /// returns its exit code.
    /// </summary>
    public static int RestartWithAvx2(IEnumerable<string> arguments)
    {
        string program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program);
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in Avx2Environment)
        {
            start.Environment[name] = value;
        }

        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }
}
