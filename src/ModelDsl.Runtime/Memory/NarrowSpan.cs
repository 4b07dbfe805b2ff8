namespace ModelDsl.CompilerServices;

/// <summary>
/// A view of pinned floats of 16 bits, as <see cref="FloatSpan"/> is one of floats of 32. Which format they have is the
/// model's to know.
/// </summary>
/// <remarks>It does not keep its memory alive either.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct NarrowSpan
{
    private readonly ushort* _pointer;

    internal NarrowSpan(ushort* pointer, int length)
    {
        _pointer = pointer;
        Length = length;
    }

    /// <summary>The number of values in the view.</summary>
    public int Length { get; }

    internal ushort* Pointer => _pointer;

    /// <summary>The part of <paramref name="length"/> values that starts at <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the view.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public NarrowSpan Slice(int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)Length)
        {
            throw new ArgumentOutOfRangeException(nameof(length));
        }

        return new NarrowSpan(_pointer + start, length);
    }

    /// <summary>The bits of the same values as a span, valid as long as their memory is alive.</summary>
    public Span<ushort> AsSpan() => new(_pointer, Length);
}
