namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Operands of kernels, each with guard pages of its own, flush against the upper one.</summary>
internal sealed class KernelMemory : IDisposable
{
    private readonly List<GuardedMemory> _memory = [];

    public FloatSpan Zeros(int length)
    {
        var memory = new GuardedMemory(length);
        _memory.Add(memory);
        return memory.AtEnd(length);
    }

    public FloatSpan Random(int length, int seed, float low = -1f, float high = 1f) =>
        Fill.Random(Zeros(length), seed, low, high);

    public FloatSpan Of(ReadOnlySpan<float> values)
    {
        FloatSpan span = Zeros(values.Length);
        values.CopyTo(span);
        return span;
    }

    public void Dispose() => _memory.ForEach(memory => memory.Dispose());
}
