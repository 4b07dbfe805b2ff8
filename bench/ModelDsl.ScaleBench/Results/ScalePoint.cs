using System.Text.Json.Serialization;

namespace Benchmarks.ScaleBench.Results;

/// <summary>One size of a family, measured on both sides.</summary>
/// <param name="Family">The family's name.</param>
/// <param name="Size">The size.</param>
/// <param name="Threads">The number of threads of each side.</param>
/// <param name="Machine">What it was measured on.</param>
/// <param name="Ours">ModelDsl's side.</param>
/// <param name="Torch">libtorch's side.</param>
internal sealed record ScalePoint(
    string Family, int Size, int Threads, string Machine, SideResult Ours, SideResult Torch)
{
    /// <summary>What the generator and the C# compiler took for the model, where the table shows it.</summary>
    public double? CompilationSeconds { get; init; }

    /// <summary>libtorch's time of a training step divided by ours.</summary>
    [JsonIgnore]
    public double StepRatio => Torch.Step.Median / Ours.Step.Median;

    /// <summary>libtorch's time of a prediction divided by ours.</summary>
    [JsonIgnore]
    public double PredictionRatio => Torch.Prediction.Median / Ours.Prediction.Median;

    /// <summary>libtorch's peak memory divided by ours.</summary>
    [JsonIgnore]
    public double MemoryRatio => Torch.Memory.Peak / Ours.Memory.Peak;

    /// <summary>The peak memory of both sides together, which run at the same time.</summary>
    [JsonIgnore]
    public double PeakOfBoth => Ours.Memory.Peak + Torch.Memory.Peak;

    /// <summary>The longest time of a step of either side.</summary>
    [JsonIgnore]
    public double LongestStep => Math.Max(Ours.Step.Median, Torch.Step.Median);
}
