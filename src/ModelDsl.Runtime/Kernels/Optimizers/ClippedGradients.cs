namespace ModelDsl.Kernels;

/// <summary>Gradients as an optimizer takes them: max(-limit, min(limit, scale·gradient)), clipped while they are
/// read.</summary>
/// <param name="values">The gradients.</param>
/// <param name="scale">A factor, as clipping by norm gives.</param>
/// <param name="limit">The largest magnitude, as clipping by value gives; positive.</param>
internal readonly unsafe struct ClippedGradients(FloatSpan values, float scale = 1f, float limit = float.PositiveInfinity)
{
    /// <summary>The gradients before clipping.</summary>
    public FloatSpan Values { get; } = values;

    /// <summary>The factor.</summary>
    public float Scale { get; } = scale;

    /// <summary>The largest magnitude.</summary>
    public float Limit { get; } = limit;

    /// <summary>Gradients that are taken as they are.</summary>
    public static implicit operator ClippedGradients(FloatSpan values) => new(values);

    /// <summary>The part of <paramref name="length"/> gradients that starts at <paramref name="start"/>.</summary>
    public ClippedGradients Slice(int start, int length) => new(Values.Slice(start, length), Scale, Limit);

    /// <summary>What a loop over vectors reads them by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientReader<TVector> Reader<TVector>()
        where TVector : struct, ISimdVector<TVector> => new(this);
}

/// <summary>Reads gradients vector by vector, and clips them.</summary>
internal readonly unsafe struct GradientReader<TVector>
    where TVector : struct, ISimdVector<TVector>
{
    private readonly float* _source;
    private readonly TVector _scale;
    private readonly TVector _limit;
    private readonly bool _isScaled;
    private readonly bool _isLimited;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public GradientReader(in ClippedGradients gradients)
    {
        _source = gradients.Values.Pointer;
        _scale = TVector.Broadcast(gradients.Scale);
        _limit = TVector.Broadcast(gradients.Limit);
        _isScaled = gradients.Scale != 1f;
        _isLimited = gradients.Limit < float.PositiveInfinity;
    }

    /// <summary>The gradients from <paramref name="index"/> on, clipped; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load(int index, int count)
    {
        Prefetching.PageAhead(_source + index);
        return LoadNear(index, count);
    }

    /// <summary>The same where the gradients are few and in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector LoadNear(int index, int count)
    {
        TVector gradient = Operand.Load<TVector>(_source + index, count);

        // A branch that always goes one way is free; comparisons that let NaN pass are not.
        gradient = _isScaled ? gradient * _scale : gradient;
        return _isLimited ? TVector.Max(TVector.Zero - _limit, TVector.Min(_limit, gradient)) : gradient;
    }
}
