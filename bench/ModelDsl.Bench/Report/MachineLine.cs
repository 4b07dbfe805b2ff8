namespace Benchmarks.Bench.Report;

/// <summary>The line above a table that says what it was measured on.</summary>
internal static class MachineLine
{
    private const string OnAmd = "On AMD's processors MKL, which multiplies libtorch's matrices, takes its AVX2 path.";

    /// <summary>The machine, and what its processor means for libtorch.</summary>
    public static string Of(string? machine) =>
        machine?.Contains("AMD", StringComparison.Ordinal) == true ? $"{machine}. {OnAmd}" : machine ?? "";
}
