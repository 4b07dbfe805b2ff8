using System.Text.Json.Serialization;

namespace Benchmarks.Bench.Measurement;

/// <summary>What a row took.</summary>
/// <param name="Group">The row's group.</param>
/// <param name="Name">The row's name.</param>
/// <param name="Threads">The number of threads of each side.</param>
/// <param name="Work">How much one run does.</param>
/// <param name="Goal">The ratio wanted.</param>
/// <param name="Ours">Our time per run.</param>
/// <param name="Torch">libtorch's time per run.</param>
/// <param name="LimitRate">What the machine could do at most in the same rounds, in units of work per second.</param>
internal sealed record RowResult(
    string Group, string Name, int Threads, Work Work, double? Goal, Spread Ours, Spread? Torch, double? LimitRate)
{
    /// <summary>What it was measured on.</summary>
    public string? Machine { get; init; }

    /// <summary>ONNX Runtime's time per run.</summary>
    public Spread? OnnxRuntime { get; init; }

    /// <summary>Why the times say little, so that they are not kept; null where they are good.</summary>
    [JsonIgnore]
    public string? Doubt { get; init; }

    /// <summary>What our side said about its runs, or null.</summary>
    [JsonIgnore]
    public string? Remark { get; init; }

    /// <summary>The largest of all sides' relative spreads.</summary>
    [JsonIgnore]
    public double WidestSpread =>
        Math.Max(Ours.Relative, Math.Max(Torch?.Relative ?? 0, OnnxRuntime?.Relative ?? 0));

    /// <summary>libtorch's time divided by ours.</summary>
    [JsonIgnore]
    public double? Ratio => Torch?.Median / Ours.Median;

    /// <summary>ONNX Runtime's time divided by ours.</summary>
    [JsonIgnore]
    public double? OnnxRuntimeRatio => OnnxRuntime?.Median / Ours.Median;

    /// <summary>Our rate, in units of work per second.</summary>
    [JsonIgnore]
    public double OurRate => Work.Amount / Ours.Median;

    /// <summary>libtorch's rate, in units of work per second.</summary>
    [JsonIgnore]
    public double? TorchRate => Work.Amount / Torch?.Median;

    /// <summary>ONNX Runtime's rate, in units of work per second.</summary>
    [JsonIgnore]
    public double? OnnxRuntimeRate => Work.Amount / OnnxRuntime?.Median;
}
