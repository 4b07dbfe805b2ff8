namespace ModelDsl.Kernels;

/// <summary>
/// Memory of the calling thread that all threads of its kernel work in, besides the <see cref="Scratch"/> of each. It grows to
/// the largest request and is kept.
/// </summary>
internal static class SharedScratch
{
    /// <summary>Memory for <paramref name="length"/> floats, with whatever an earlier use has left; valid until the next call.</summary>
    public static FloatSpan Get(int length)
    {
        ThreadMemory thread = ThreadMemory.Current;
        AlignedMemory? memory = thread.SharedScratch;
        if (memory is null || memory.Length < length)
        {
            thread.SharedScratch = memory = new AlignedMemory(length);
        }

        return memory.FloatSpan.Slice(0, length);
    }
}
