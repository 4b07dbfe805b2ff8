using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// Zeroed floats that never move, start on a cache line and are owned by the garbage collector: nothing to dispose.
/// </summary>
internal sealed unsafe class AlignedMemory
{
    /// <summary>The alignment of the first float, in bytes: a cache line, and the widest vector.</summary>
    public const int Alignment = KernelContract.FloatsInCacheLine * sizeof(float);

    private readonly float[] _pinned;
    private readonly int _start;

    /// <summary>The most floats that one memory can hold.</summary>
    public static int MaxLength => Array.MaxLength - (Alignment / sizeof(float));

    /// <summary>Takes memory for <paramref name="length"/> floats.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or beyond what one array can hold.</exception>
    public AlignedMemory(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        Length = length;
        _pinned = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        _start = (int)((-address & (Alignment - 1)) / sizeof(float));
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The floats as a span that keeps them alive.</summary>
    public Span<float> Span => _pinned.AsSpan(_start, Length);

    /// <summary>The floats as memory that keeps them alive and can be stored.</summary>
    public Memory<float> Memory => _pinned.AsMemory(_start, Length);

    /// <summary>The floats as a view for kernels; this object must outlive it.</summary>
    public FloatSpan FloatSpan =>
        new((float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned)) + _start, Length);
}
