namespace Benchmarks.ScaleBench.Results;

/// <summary>One side of a point.</summary>
/// <param name="Step">The time of a training step.</param>
/// <param name="Prediction">The time of a prediction of the same batch.</param>
/// <param name="Memory">The peak memory of training.</param>
internal sealed record SideResult(Spread Step, Spread Prediction, MemoryUse Memory);
