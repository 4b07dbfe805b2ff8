namespace ModelDsl;

/// <summary>Memory of the calling thread that kernels work in. It grows to the largest request and is kept.</summary>
internal static unsafe class Scratch
{
    /// <summary>Memory for <paramref name="length"/> floats, on a cache line, with whatever an earlier use has left.</summary>
    /// <remarks>Valid until the thread's next call; a kernel asks once.</remarks>
    /// <exception cref="OutOfMemoryException">The system has no such memory, or no array is as long.</exception>
    public static float* Get(long length)
    {
        ThreadMemory thread = ThreadMemory.Current;
        AlignedMemory? memory = thread.Scratch;
        if (memory is null || memory.Length < length)
        {
            if (length > AlignedMemory.MaxLength)
            {
                throw new InsufficientMemoryException($"expected a kernel to work in at most {AlignedMemory.MaxLength} floats, got {length}");
            }

            // Grown with room to spare, so that a run of slightly larger requests does not allocate each time.
            long size = Math.Max(length + (length / 4), 1 << 14);
            thread.Scratch = memory = new AlignedMemory((int)Math.Min(size, Math.Max(length, AlignedMemory.MaxLength / 2)));
        }

        return memory.FloatSpan.Pointer;
    }
}
