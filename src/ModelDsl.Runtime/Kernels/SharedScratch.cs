namespace ModelDsl.Kernels;

/// <summary>
/// Memory of the calling thread that all threads of its kernel work in, besides the <see cref="Scratch"/> of each. It grows to
/// the largest request and is kept.
/// </summary>
internal static class SharedScratch
{
    [ThreadStatic]
    private static AlignedMemory? _memory;

    /// <summary>Memory for <paramref name="length"/> floats, with whatever an earlier use has left; valid until the next call.</summary>
    public static FloatSpan Get(int length)
    {
        if (_memory is null || _memory.Length < length)
        {
            _memory = new AlignedMemory(length);
        }

        return _memory.FloatSpan.Slice(0, length);
    }
}
