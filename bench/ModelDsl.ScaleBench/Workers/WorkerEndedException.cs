namespace Benchmarks.ScaleBench.Workers;

/// <summary>A worker has ended before it answered: libtorch has crashed, or the memory is too small.</summary>
internal sealed class WorkerEndedException(string message) : Exception(message);
