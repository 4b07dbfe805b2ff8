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

    /// <summary>Whether the matrix has so many columns, so that its rows lie without gaps.</summary>
    public bool IsFlat(int count) => columns == count;

    /// <summary>Makes sure that the matrix has the rows of the samples of a block.</summary>
    /// <param name="row">The block's first row.</param>
    /// <param name="count">The number of its rows.</param>
    /// <param name="rows">The rows of a sample.</param>
    /// <param name="column">The block's first column.</param>
    /// <param name="blockColumns">The number of its columns.</param>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckSamples(int row, int count, int rows, int column, int blockColumns)
    {
        int first = row / rows;
        Check(first, ((row + count - 1) / rows) - first + 1, column, blockColumns);
    }

    /// <summary>The first value of a row that was checked.</summary>
    public float this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => *At(row, 0);
    }

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

    /// <summary>All values.</summary>
    public FloatSpan Values => _values;

    /// <summary>Makes sure that some columns are there.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They reach beyond the operand.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Check(int column, int columns) => _values.Slice(column, columns);

    /// <summary>The values of neighbouring columns that were checked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Load<TVector>(int column, int count)
        where TVector : struct, ISimdVector<TVector> => Operand.Load<TVector>(_values.Pointer + column, count);
}
