namespace Benchmarks.Bench.Data;

/// <summary>Random numbers for both sides.</summary>
internal static class Numbers
{
    /// <summary>Aligned memory with numbers in [-1, 1); the same for the same seed.</summary>
    public static AlignedMemory Draw(int count, int seed)
    {
        AlignedMemory memory = new(count);
        Random random = new(seed);
        foreach (ref float value in memory.Span)
        {
            value = (2 * random.NextSingle()) - 1;
        }

        return memory;
    }
}
