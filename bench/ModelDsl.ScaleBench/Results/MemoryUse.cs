namespace Benchmarks.ScaleBench.Results;

/// <summary>What a process has held at most, in bytes.</summary>
/// <param name="Peak">The peak of its resident size (<c>VmHWM</c>) after training.</param>
/// <param name="Before">Its resident size before it made the model: the runtime and its libraries.</param>
internal sealed record MemoryUse(double Peak, double Before);
