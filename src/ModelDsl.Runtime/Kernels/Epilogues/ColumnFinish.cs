namespace ModelDsl.Kernels;

/// <summary>
/// max(floor, (x + offset[column] - mean[column]) · scale[column] + bias[column]), each part of which may be missing:
/// stages that kernels apply to sums tile by tile, while they are in registers or just stored.
/// </summary>
/// <remarks>A missing part is a neutral operand, which leaves every bit as it is, of NaN and of -0 too.</remarks>
internal unsafe struct ColumnFinish()
{
    private float* _offset;
    private float* _mean;
    private float* _scale;
    private float* _bias;
    private float _floor = float.NegativeInfinity;

    /// <summary>The columns that all parts have.</summary>
    public int Columns { get; private set; } = int.MaxValue;

    private readonly bool IsNormalized => _scale is not null;

    private readonly bool HasFloor => !float.IsNegativeInfinity(_floor);

    /// <summary>Adds to each column, if that can still be done.</summary>
    public bool TryAdd(FloatSpan offset)
    {
        if (_offset is not null || IsNormalized || HasFloor)
        {
            return false;
        }

        _offset = offset.Pointer;
        Columns = Math.Min(Columns, offset.Length);
        return true;
    }

    /// <summary>Normalises, if that can still be done.</summary>
    public bool TryNormalize(FloatSpan mean, FloatSpan scale, FloatSpan bias)
    {
        if (IsNormalized || HasFloor)
        {
            return false;
        }

        _mean = mean.Pointer;
        _scale = scale.Pointer;
        _bias = bias.Pointer;
        Columns = Math.Min(Math.Min(Columns, bias.Length), Math.Min(mean.Length, scale.Length));
        return true;
    }

    /// <summary>Replaces what is less than 0 by 0, if that can still be done.</summary>
    public bool TryRectify()
    {
        bool isFirst = !HasFloor;
        _floor = 0f;
        return isFirst;
    }

    /// <summary>The same for the columns from one on.</summary>
    public readonly ColumnFinish From(int column)
    {
        ColumnFinish rest = this;
        rest._offset += _offset is null ? 0 : column;
        rest._mean += IsNormalized ? column : 0;
        rest._scale += IsNormalized ? column : 0;
        rest._bias += IsNormalized ? column : 0;
        rest.Columns -= column;
        return rest;
    }

    /// <summary>Finishes the rows of a tile that has just been stored.</summary>
    /// <param name="values">The tile's first value, of the first column.</param>
    /// <param name="stride">The distance between its rows.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="vectors">1 or 2 vectors of columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Apply<TVector>(float* values, nint stride, int rows, int vectors)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int column = 0; column < vectors * TVector.Count; column += TVector.Count)
        {
            Load(column, TVector.Count, out TVector offset, out TVector mean, out TVector scale, out TVector bias);
            TVector floor = Floor<TVector>();
            float* to = values + column;
            for (int row = rows; row > 0; row--)
            {
                Apply(TVector.Load(to), offset, mean, scale, bias, floor).Store(to);
                to += stride;
            }
        }
    }

    /// <summary>The operands of neighbouring columns.</summary>
    /// <param name="column">The first.</param>
    /// <param name="count">How many there are, up to a vector.</param>
    /// <param name="offset">What is added first.</param>
    /// <param name="mean">What is subtracted.</param>
    /// <param name="scale">The factor.</param>
    /// <param name="bias">What is added.</param>
    /// <typeparam name="TVector">The vector.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Load<TVector>(
        int column, int count, out TVector offset, out TVector mean, out TVector scale, out TVector bias)
        where TVector : struct, ISimdVector<TVector>
    {
        offset = _offset is null ? TVector.Broadcast(-0f) : Operand.Load<TVector>(_offset + column, count);
        mean = TVector.Zero;
        scale = TVector.Broadcast(1f);
        bias = TVector.Broadcast(-0f);
        if (IsNormalized)
        {
            mean = Operand.Load<TVector>(_mean + column, count);
            scale = Operand.Load<TVector>(_scale + column, count);
            bias = Operand.Load<TVector>(_bias + column, count);
        }
    }

    /// <summary>The least value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly TVector Floor<TVector>()
        where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(_floor);

    /// <summary>Finishes sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<TVector>(
        TVector sums, TVector offset, TVector mean, TVector scale, TVector bias, TVector floor)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.Max(floor, TVector.MultiplyAdd(sums + offset - mean, scale, bias));
}
