namespace ModelDsl.Kernels;

/// <summary>An operand of a stage with one value for each element of the result.</summary>
/// <param name="values">A row-major matrix.</param>
/// <param name="columns">The number of its columns.</param>
internal readonly unsafe struct MatrixOperand(FloatSpan values, int columns)
{
    private readonly FloatSpan _values = values;

    /// <summary>Makes sure that a block lies within the matrix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It reaches beyond.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int row, int rows, int column, int blockColumns) =>
        _values.Slice((row * columns) + column, (Math.Max(0, rows - 1) * columns) + blockColumns);

    /// <summary>Neighbouring columns of a row of a block that was checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TVector>(int row, int column, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(At(row, column), count);

    /// <summary>Writes neighbouring columns of a row of a block that was checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store<TVector>(TVector values, int row, int column, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Store(values, At(row, column), count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float* At(int row, int column) => _values.Pointer + ((row * columns) + column);
}

/// <summary>An operand of a stage with one value for each column of the result.</summary>
/// <param name="values">The values.</param>
internal readonly unsafe struct ColumnOperand(FloatSpan values)
{
    private readonly FloatSpan _values = values;

    /// <summary>Makes sure that some columns are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond the operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int column, int columns) => _values.Slice(column, columns);

    /// <summary>The values of neighbouring columns that were checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TVector>(int column, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(_values.Pointer + column, count);
}

/// <summary>Applies stages that are functions of one value and its place.</summary>
internal static unsafe class ElementwiseStage
{
    /// <summary>The floats of the widest store.</summary>
    private const int MaskedFloats = 16;

    /// <summary>Changes a run of one row.</summary>
    /// <param name="stage">The stage, which is elementwise.</param>
    /// <param name="values">The values.</param>
    /// <param name="row">Their row.</param>
    /// <param name="column">The first value's column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Invoke<TStage>(TStage stage, Span<float> values, int row, int column)
        where TStage : struct, IEpilogue
    {
        stage.Check(row, 1, column, values.Length);
        ElementwiseRun.Apply(values, new Run<TStage>(stage, row, column));
    }

    /// <summary>destination[i] = stage(source[i]), for a run of one row.</summary>
    /// <param name="stage">The stage, which is elementwise.</param>
    /// <param name="source">The values before; they may be the destination.</param>
    /// <param name="destination">The values after, as many.</param>
    /// <param name="row">Their row.</param>
    /// <param name="column">The first value's column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The run reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy<TVector, TStage>(TStage stage, FloatSpan source, FloatSpan destination, int row, int column)
        where TVector : struct, ISimdVector<TVector>
        where TStage : struct, IEpilogue
    {
        int length = destination.Length;
        stage.Check(row, 1, column, length);
        float* from = source.Pointer;
        float* to = destination.Pointer;
        int i = 0;
        for (; i <= length - TVector.Count; i += TVector.Count)
        {
            Prefetching.PageAhead(from + i);
            Prefetching.PageAhead(to + i);
            stage.Apply(TVector.Load(from + i), row, column + i, TVector.Count).Store(to + i);
        }

        if (i < length)
        {
            TVector values = TVector.LoadPartial(from + i, length - i);
            stage.Apply(values, row, column + i, length - i).StorePartial(to + i, length - i);
        }
    }

    /// <summary>Finishes a block of a result by any epilogue.</summary>
    /// <param name="epilogue">What is done.</param>
    /// <param name="values">The block's first value.</param>
    /// <param name="stride">The distance between its rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="firstRow">The block's first row in the result.</param>
    /// <param name="firstColumn">The block's first column in the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block reaches beyond an operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Finish<TEpilogue>(
        ref TEpilogue epilogue, float* values, nint stride, int rows, int columns, int firstRow, int firstColumn)
        where TEpilogue : struct, IEpilogue
    {
        if (rows <= 0 || columns <= 0 || typeof(TEpilogue) == typeof(NoEpilogue))
        {
            return;
        }

        // A masked store holds up loads from all of the 64 bytes that it may write, so no row follows one so near.
        int step = (int)Math.Clamp((MaskedFloats + stride - 1) / stride, 1, rows);
        if (TEpilogue.IsElementwise)
        {
            epilogue.Check(firstRow, rows, firstColumn, columns);
            var block = new Block<TEpilogue>(epilogue, values, stride, step, rows, columns, firstRow, firstColumn);
            VectorWidth.RunAround(columns, ref block);
            return;
        }

        for (int first = 0; first < step; first++)
        {
            float* run = values + (first * stride);
            for (int row = first; row < rows; row += step)
            {
                epilogue.Invoke(new Span<float>(run, columns), firstRow + row, firstColumn);
                run += step * stride;
            }
        }
    }

    private readonly struct Run<TStage>(TStage stage, int row, int column) : IElementwiseFunction
        where TStage : struct, IEpilogue
    {
        private readonly TStage _stage = stage;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> => _stage.Apply(values, row, column + index, count);
    }

    private readonly struct Block<TEpilogue>(
        TEpilogue epilogue, float* values, nint stride, int step, int rows, int columns, int firstRow, int firstColumn)
        : IVectorWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly TEpilogue _epilogue = epilogue;
        private readonly float* _values = values;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            // Copied, so that they stay in registers.
            TEpilogue stages = _epilogue;
            float* values = _values;
            int width = columns;
            int whole = width - (width % TVector.Count);
            if (whole == width)
            {
                for (int row = 0; row < rows; row++)
                {
                    float* run = values + (row * stride);
                    for (int column = 0; column < width; column += TVector.Count)
                    {
                        stages.Apply(TVector.Load(run + column), firstRow + row, firstColumn + column, TVector.Count)
                            .Store(run + column);
                    }
                }

                return;
            }

            for (int first = 0; first < step; first++)
            {
                for (int row = first; row < rows; row += step)
                {
                    float* run = values + (row * stride);
                    for (int column = 0; column < whole; column += TVector.Count)
                    {
                        stages.Apply(TVector.Load(run + column), firstRow + row, firstColumn + column, TVector.Count)
                            .Store(run + column);
                    }

                    int count = width - whole;
                    stages.Apply(TVector.LoadPartial(run + whole, count), firstRow + row, firstColumn + whole, count)
                        .StorePartial(run + whole, count);
                }
            }
        }
    }
}
