namespace ModelDsl.Kernels;

/// <summary>Applies stages that are functions of one value and its place.</summary>
internal static unsafe class ElementwiseStage
{
    private const int MostLanes = 16;

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

    /// <summary>destination = stage(source), for a block of whole rows, or a part of one.</summary>
    /// <param name="stage">The stage, which is elementwise.</param>
    /// <param name="source">The values before, [rows, columns]; they may be the destination.</param>
    /// <param name="destination">The values after, as many.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="firstRow">The block's first row.</param>
    /// <param name="firstColumn">The block's first column.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block reaches beyond an operand.</exception>
    public static void Copy<TStage>(
        TStage stage, FloatSpan source, FloatSpan destination, int rows, int columns, int firstRow, int firstColumn)
        where TStage : struct, IEpilogue
    {
        stage.Check(firstRow, rows, firstColumn, columns);
        Flatten(stage, columns, ref rows, ref columns, firstColumn);
        var block = new Block<TStage>(
            stage, source.Pointer, destination.Pointer, columns, step: 1, rows, columns, firstRow, firstColumn,
            isFar: true);
        VectorWidth.RunAround(columns, ref block);
    }

    /// <summary>Changes a block of a result.</summary>
    /// <param name="stage">The stage, which is elementwise.</param>
    /// <param name="values">The block's first value.</param>
    /// <param name="stride">The distance between its rows.</param>
    /// <param name="step">How many rows apart those are that follow each other where rows end within a vector.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="firstRow">The block's first row in the result.</param>
    /// <param name="firstColumn">The block's first column in the result.</param>
    /// <exception cref="ArgumentOutOfRangeException">The block reaches beyond an operand.</exception>
    public static void Invoke<TStage>(
        TStage stage, float* values, nint stride, int step, int rows, int columns, int firstRow, int firstColumn)
        where TStage : struct, IEpilogue
    {
        stage.Check(firstRow, rows, firstColumn, columns);
        Flatten(stage, stride, ref rows, ref columns, firstColumn);
        var block = new Block<TStage>(
            stage, values, values, stride, step, rows, columns, firstRow, firstColumn, isFar: false);
        VectorWidth.RunAround(columns, ref block);
    }

    /// <summary>
    /// Takes rows that are no whole vectors for a single one, where they lie without gaps, and so does what the stage
    /// reads.
    /// </summary>
    private static void Flatten<TStage>(TStage stage, nint stride, ref int rows, ref int columns, int firstColumn)
        where TStage : struct, IEpilogue
    {
        if (columns % MostLanes != 0 && stride == columns && firstColumn == 0 && stage.IsFlat(columns)
            && (long)rows * columns <= int.MaxValue)
        {
            (rows, columns) = (1, rows * columns);
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
        TEpilogue epilogue, float* source, float* values, nint stride, int step, int rows, int columns, int firstRow,
        int firstColumn, bool isFar)
        : IVectorWork
        where TEpilogue : struct, IEpilogue
    {
        private readonly TEpilogue _epilogue = epilogue;
        private readonly float* _source = source;
        private readonly float* _values = values;

        // Each loop is a method of its own, since what one method may inline is limited.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector>
        {
            int whole = columns - (columns % TVector.Count);
            if (whole != 0)
            {
                int fours = TEpilogue.IsLong ? 0 : rows & ~3;
                if (fours != 0)
                {
                    ApplyToFours<TVector>(fours, whole);
                }

                if (fours != rows)
                {
                    ApplyToRows<TVector>(fours, whole);
                }
            }

            if (whole != columns)
            {
                ApplyToRests<TVector>(whole);
            }
        }

        // All four are loaded before the first is stored: then what the stages read for a column is read once.
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void ApplyToFours<TVector>(int end, int whole)
            where TVector : struct, ISimdVector<TVector>
        {
            // Copied, so that they stay in registers.
            TEpilogue stages = _epilogue;
            nint lines = stride;
            for (int row = 0; row < end; row += 4)
            {
                float* from = _source + (row * lines);
                float* to = _values + (row * lines);
                int number = firstRow + row;
                for (int column = 0; column < whole; column += TVector.Count)
                {
                    float* f = from + column;
                    float* t = to + column;
                    if (isFar)
                    {
                        Prefetching.PageAhead(f);
                        Prefetching.PageAhead(f + lines);
                        Prefetching.PageAhead(f + (2 * lines));
                        Prefetching.PageAhead(f + (3 * lines));
                    }

                    TVector v0 = TVector.Load(f);
                    TVector v1 = TVector.Load(f + lines);
                    TVector v2 = TVector.Load(f + (2 * lines));
                    TVector v3 = TVector.Load(f + (3 * lines));
                    v0 = stages.Apply(v0, number, firstColumn + column, TVector.Count);
                    v1 = stages.Apply(v1, number + 1, firstColumn + column, TVector.Count);
                    v2 = stages.Apply(v2, number + 2, firstColumn + column, TVector.Count);
                    v3 = stages.Apply(v3, number + 3, firstColumn + column, TVector.Count);
                    v0.Store(t);
                    v1.Store(t + lines);
                    v2.Store(t + (2 * lines));
                    v3.Store(t + (3 * lines));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void ApplyToRows<TVector>(int first, int whole)
            where TVector : struct, ISimdVector<TVector>
        {
            TEpilogue stages = _epilogue;
            for (int row = first; row < rows; row++)
            {
                float* from = _source + (row * stride);
                float* to = _values + (row * stride);
                for (int column = 0; column < whole; column += TVector.Count)
                {
                    if (isFar)
                    {
                        Prefetching.PageAhead(from + column);
                    }

                    TVector values = TVector.Load(from + column);
                    stages.Apply(values, firstRow + row, firstColumn + column, TVector.Count).Store(to + column);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void ApplyToRests<TVector>(int whole)
            where TVector : struct, ISimdVector<TVector>
        {
            TEpilogue stages = _epilogue;
            int rest = columns - whole;
            for (int first = 0; first < step; first++)
            {
                for (int row = first; row < rows; row += step)
                {
                    TVector values = TVector.LoadPartial(_source + (row * stride) + whole, rest);
                    values = stages.Apply(values, firstRow + row, firstColumn + whole, rest);
                    values.StorePartial(_values + (row * stride) + whole, rest);
                }
            }
        }
    }
}
