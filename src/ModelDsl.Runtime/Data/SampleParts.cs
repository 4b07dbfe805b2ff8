namespace ModelDsl;

/// <summary>
/// Gathers samples on the threads of the pool, each of which writes some of them. What is written does not depend on
/// their number.
/// </summary>
internal static unsafe class SampleParts
{
    // 64 KiB: some microseconds of reading, many times what it costs to wake a thread.
    private const int FloatsPerThread = 1 << 14;

    [ThreadStatic]
    private static bool _isAlone;

    /// <summary>
    /// From now on the calling thread gathers all that it is asked for by itself: it works beside the threads that
    /// train, and would keep them from it.
    /// </summary>
    public static void LeaveThreadsToOthers() => _isAlone = true;

    /// <summary>Writes the samples at <paramref name="indices"/> one after the other.</summary>
    /// <param name="source">Where they come from; several threads may read from it.</param>
    /// <param name="indices">Which samples, each within the source.</param>
    /// <param name="sampleLength">The floats of one sample.</param>
    /// <param name="destination">Exactly as many floats as the samples take.</param>
    /// <exception cref="Exception">What the source has thrown for the first sample that it cannot read.</exception>
    public static void Gather(
        ISampleSource source, ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        int most = Math.Min(destination.Length / FloatsPerThread, indices.Length);
        int parts = _isAlone ? 1 : Math.Clamp(most, 1, WorkerPool.Parallelism);
        if (parts == 1)
        {
            source.Gather(indices, sampleLength, destination);
            return;
        }

        // The pool returns when all parts have ended.
        fixed (int* pinnedIndices = indices)
        fixed (float* pinnedDestination = destination)
        {
            var work = new Work(source, pinnedIndices, indices.Length, sampleLength, pinnedDestination, parts);
            WorkerPool.Run(parts, ref work);
        }
    }

    private readonly struct Work(
        ISampleSource source, int* indices, int count, int sampleLength, float* destination, int parts) : IParallelWork
    {
        public void Invoke(int part)
        {
            (int start, int end) = Partition.Part(count, parts, part, grain: 1);
            source.Gather(
                new ReadOnlySpan<int>(indices + start, end - start),
                sampleLength,
                new Span<float>(destination + ((nint)start * sampleLength), (end - start) * sampleLength));
        }
    }
}
