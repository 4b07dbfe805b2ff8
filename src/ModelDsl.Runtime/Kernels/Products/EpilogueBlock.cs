namespace ModelDsl.Kernels;

/// <summary>An epilogue for finished blocks of a result, behind a function pointer; or none.</summary>
/// <remarks>The pointer keeps the product's loops from being compiled anew for every epilogue of every layer.</remarks>
internal readonly unsafe struct EpilogueBlock
{
    /// <summary>The floats of the widest store.</summary>
    private const int MaskedFloats = 16;

    private readonly delegate*<void*, float*, nint, int, int, int, int, void> _invoke;
    private readonly void* _epilogue;
    private readonly ColumnFinish _finish;
    private readonly bool _isColumnwise;

    private EpilogueBlock(
        delegate*<void*, float*, nint, int, int, int, int, void> invoke, void* epilogue, ColumnFinish finish,
        bool isColumnwise)
    {
        _invoke = invoke;
        _epilogue = epilogue;
        (_finish, _isColumnwise) = (finish, isColumnwise);
    }

    /// <summary>Whether nothing is done.</summary>
    public bool IsNone => _invoke is null;

    /// <summary>The epilogue of a kernel.</summary>
    /// <param name="epilogue">It lies on the stack of a caller that waits for the kernel.</param>
    public static EpilogueBlock Of<TEpilogue>(ref TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (typeof(TEpilogue) == typeof(NoEpilogue))
        {
            return default;
        }

        ColumnFinish finish = new();
        bool isColumnwise = epilogue.Join(ref finish);
        return new EpilogueBlock(&Invoke<TEpilogue>, Unsafe.AsPointer(ref epilogue), finish, isColumnwise);
    }

    /// <summary>Whether the kernel may do all that is to be done tile by tile, and what that is.</summary>
    /// <param name="columns">The columns of the result.</param>
    /// <param name="finish">What is done with each sum.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result reaches beyond an operand.</exception>
    public bool IsColumnwise(int columns, out ColumnFinish finish)
    {
        finish = _finish;
        if (!_isColumnwise)
        {
            return false;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, finish.Columns);
        return true;
    }

    /// <summary>Finishes a block, if there is something to do.</summary>
    /// <param name="values">The block's first value.</param>
    /// <param name="stride">The distance between its rows.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="firstRow">The block's first row in the result.</param>
    /// <param name="firstColumn">The block's first column in the result.</param>
    public void Invoke(float* values, nint stride, int rows, int columns, int firstRow, int firstColumn)
    {
        if (_invoke is not null)
        {
            _invoke(_epilogue, values, stride, rows, columns, firstRow, firstColumn);
        }
    }

    /// <summary>Finishes a block by an epilogue whose type is known.</summary>
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
            ElementwiseStage.Invoke(epilogue, values, stride, step, rows, columns, firstRow, firstColumn);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Invoke<TEpilogue>(
        void* epilogue, float* values, nint stride, int rows, int columns, int firstRow, int firstColumn)
        where TEpilogue : struct, IEpilogue =>
        Finish(ref Unsafe.AsRef<TEpilogue>(epilogue), values, stride, rows, columns, firstRow, firstColumn);
}
