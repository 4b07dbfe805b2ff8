namespace ModelDsl.CompilerServices;

/// <summary>
/// A view of pinned floats. Unlike <see cref="Span{T}"/> it can be stored and handed to another thread, because the
/// memory behind it never moves.
/// </summary>
/// <remarks>
/// It does not keep its memory alive: who owns that must outlive it, as a <see cref="ModelUse"/> sees to. Generated
/// code and the kernels use it; the public surface of a model speaks in spans.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct FloatSpan
{
    private readonly float* _pointer;

    internal FloatSpan(float* pointer, int length)
        : this(pointer, length, isGradient: false)
    {
    }

    private FloatSpan(float* pointer, int length, bool isGradient)
    {
        _pointer = pointer;
        Length = length;
        IsGradient = isGradient;
    }

    /// <summary>The number of floats in the view.</summary>
    public int Length { get; }

    /// <summary>Whether the view holds no floats, as where an optional operand is absent.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>
    /// Whether the floats are gradients of parameters, sums over the samples of a batch. Who computes them adds to what
    /// is there where the samples are a later part of a batch.
    /// </summary>
    internal bool IsGradient { get; }

    /// <summary>Whether a sum over the samples of a batch is added to what is there.</summary>
    internal bool GoesOn => IsGradient && BatchSum.Current.GoesOn;

    internal float* Pointer => _pointer;

    /// <summary>Reads or writes one element.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is outside the view.</exception>
    public ref float this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Length)
            {
                ThrowOutOfRange(nameof(index));
            }

            return ref _pointer[index];
        }
    }

    /// <summary>The part of <paramref name="length"/> floats that starts at <paramref name="start"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the view.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FloatSpan Slice(int start, int length)
    {
        if ((ulong)(uint)start + (uint)length > (uint)Length)
        {
            ThrowOutOfRange(nameof(length));
        }

        return new FloatSpan(_pointer + start, length, IsGradient);
    }

    /// <summary>
    /// The memory from the float <paramref name="start"/> on as <paramref name="length"/> values of 16 bits, two in
    /// each float.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">They do not lie within the view.</exception>
    public NarrowSpan Narrow(int start, int length) =>
        new((ushort*)Slice(start, (int)(((uint)length + 1) / 2)).Pointer, length);

    /// <summary>The same floats as gradients of parameters.</summary>
    internal FloatSpan AsGradient() => new(_pointer, Length, isGradient: true);

    /// <summary>The same floats as a span, valid as long as their memory is alive.</summary>
    public Span<float> AsSpan() => new(_pointer, Length);

    /// <summary>The same floats as a span, valid as long as their memory is alive.</summary>
    public static implicit operator Span<float>(FloatSpan span) => span.AsSpan();

    /// <summary>The same floats as a read-only span, valid as long as their memory is alive.</summary>
    public static implicit operator ReadOnlySpan<float>(FloatSpan span) => span.AsSpan();

    private static void ThrowOutOfRange(string parameter) => throw new ArgumentOutOfRangeException(parameter);
}
