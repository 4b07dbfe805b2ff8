namespace ModelDsl.CompilerServices;

/// <summary>
/// x = x / (1 - rate) with probability 1 - rate, else 0; all 0 at rate 1. Srivastava et al. (2014), scaled in training as is usual today.
/// </summary>
/// <remarks>
/// Whether an element is kept is a pure function of the seed, the step, the layer, its row and its column: the same stage
/// applied to the gradient is dropout's backward pass, nothing is stored, and threads and tiles do not matter. Each
/// element takes 16 random bits, so the rate is rounded to a multiple of 2⁻¹⁶, and below 1 to
/// less than 1; what is kept is divided by the probability that this leaves, so that the mean is the input's at any rate below 1. The lower and upper halves
/// of word w of the Philox block at (row, 16·group + lane, step and layer) decide the columns 32·w + lane and
/// 32·w + 16 + lane of each group of 128.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Dropout : IEpilogue
{
    private readonly ulong _seed;
    private readonly ulong _stream;
    private readonly uint _threshold;
    private readonly float _scale;
    private readonly int _firstRow;

    /// <summary>Dropout with the mask that the arguments determine.</summary>
    /// <param name="rate">The probability that an element is zeroed, in [0, 1].</param>
    /// <param name="seed">The model's seed.</param>
    /// <param name="step">The number of the training step, in [0, 2⁴⁸).</param>
    /// <param name="layer">The layer's number within the model, in [0, 2¹⁶).</param>
    /// <param name="firstRow">The number of the first row in the batch, where the stage sees a part of it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
    public Dropout(float rate, ulong seed, long step, int layer, int firstRow = 0)
    {
        if (!(rate is >= 0f and <= 1f))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "expected a dropout rate in [0, 1]");
        }

        if (step is < 0 or >= 1L << 48)
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, "expected a training step in [0, 2^48)");
        }

        if (layer is < 0 or >= 1 << 16)
        {
            throw new ArgumentOutOfRangeException(nameof(layer), layer, "expected a layer number in [0, 65536)");
        }

        _seed = seed;
        _stream = ((ulong)step << 16) | (uint)layer;
        _threshold = DropoutRate.ThresholdOf(rate);
        _scale = ScaleOf(rate);
        _firstRow = firstRow;
    }

    /// <summary>What kept elements are multiplied by: the reciprocal of the probability that one is kept, or 0 at rate 1.</summary>
    /// <param name="rate">The probability that an element is zeroed, in [0, 1].</param>
    public static float ScaleOf(float rate) => DropoutRate.ScaleOf(rate);

    /// <inheritdoc/>
    public unsafe void Invoke(Span<float> values, int row, int column)
    {
        float* kept = stackalloc float[DropoutMask.Columns];
        int end = column + values.Length;
        for (int start = column; start < end;)
        {
            int group = start / DropoutMask.Columns;
            int offset = start % DropoutMask.Columns;
            int count = Math.Min(DropoutMask.Columns - offset, end - start);
            DropoutMask.Fill((uint*)kept, _seed, _stream, _firstRow + row, group, _threshold);
            ElementwiseRun.Apply(values.Slice(start - column, count), new KeepRun(kept + offset, _scale));
            start += count;
        }
    }

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
    }
}

/// <summary><see cref="Dropout"/> whose mask is the same for all rows of a sample.</summary>
/// <param name="rate">The probability that a column of a sample is zeroed, in [0, 1].</param>
/// <param name="seed">The model's seed.</param>
/// <param name="step">The number of the training step, in [0, 2⁴⁸).</param>
/// <param name="layer">The layer's number within the model, in [0, 2¹⁶).</param>
/// <param name="rows">The number of rows of a sample, at least 1.</param>
/// <param name="firstRow">The number of the first row in the batch, where the stage sees a part of it.</param>
/// <exception cref="ArgumentOutOfRangeException">An argument lies outside its range.</exception>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SpatialDropout(float rate, ulong seed, long step, int layer, int rows, int firstRow = 0)
    : IEpilogue
{
    private readonly Dropout _dropout = new(rate, seed, step, layer);
    private readonly int _rows = rows > 0 ? rows : throw new ArgumentOutOfRangeException(nameof(rows), rows, "expected at least one row");

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) =>
        _dropout.Invoke(values, (firstRow + row) / _rows, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    void IEpilogue.Check(int row, int rows, int column, int columns)
    {
    }
}

/// <summary>A stage that counts rows from another one on, where a kernel computes a part of a result.</summary>
/// <param name="stage">The stage.</param>
/// <param name="firstRow">The number of the part's first row in the result.</param>
/// <typeparam name="TStage">The type of the stage.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FromRow<TStage>(TStage stage, int firstRow) : IEpilogue
    where TStage : struct, IEpilogue
{
    private readonly TStage _stage = stage;

    static bool IEpilogue.IsElementwise => TStage.IsElementwise;

    static bool IEpilogue.IsLong => TStage.IsLong;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Invoke(Span<float> values, int row, int column) => _stage.Invoke(values, row + firstRow, column);

    bool IEpilogue.Join(ref ColumnFinish finish) => false;

    bool IEpilogue.IsFlat(int columns) => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IEpilogue.Check(int row, int rows, int column, int columns) =>
        _stage.Check(row + firstRow, rows, column, columns);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    TVector IEpilogue.Apply<TVector>(TVector values, int row, int column, int count) =>
        _stage.Apply(values, row + firstRow, column, count);
}

/// <summary>scale · x[i] where kept[i] holds, else 0.</summary>
/// <param name="kept">One condition for each element of the run.</param>
/// <param name="scale">The factor for what is kept.</param>
internal readonly unsafe struct KeepRun(float* kept, float scale) : IElementwiseFunction
{
    private readonly float* _kept = kept;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Invoke<TVector>(TVector values, int index, int count)
        where TVector : struct, ISimdVector<TVector> =>
        TVector.ConditionalSelect(
            Operand.Load<TVector>(_kept + index, count), values * TVector.Broadcast(scale), TVector.Zero);
}
