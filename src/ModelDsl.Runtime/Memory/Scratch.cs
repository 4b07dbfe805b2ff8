namespace ModelDsl;

/// <summary>Memory of the calling thread that kernels work in. It grows to the largest request and is kept.</summary>
internal static unsafe class Scratch
{
    /// <summary>Memory for <paramref name="length"/> floats, on a cache line, with whatever an earlier use has left.</summary>
    /// <remarks>Valid until the thread's next call; a kernel asks once.</remarks>
    /// <exception cref="OutOfMemoryException">The system has no such memory.</exception>
    public static float* Get(long length)
    {
        ThreadMemory thread = ThreadMemory.Current;
        AlignedMemory? memory = thread.Scratch;
        if (memory is null || memory.Length < length)
        {
            // Grown with room to spare, so that a run of slightly larger requests does not allocate each time.
            long size = Math.Max(length + (length / 4), 1 << 14);
            thread.Scratch = memory = new AlignedMemory((int)Math.Min(size, Math.Max(length, Array.MaxLength / 2)));
        }

        return memory.FloatSpan.Pointer;
    }
}
