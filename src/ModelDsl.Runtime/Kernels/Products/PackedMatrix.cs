namespace ModelDsl.Kernels;

/// <summary>
/// A weight [rows, columns] copied once into the order in which the forward product reads it, for a model that only
/// predicts: the product then neither turns nor copies it.
/// </summary>
/// <remarks>
/// Panels of two vectors' width, each [columns, width] without gaps; the last is padded with zeros to whole vectors. Columns
/// are divided into the same blocks as the product's. Immutable, so that threads may share it.
/// </remarks>
public sealed unsafe class PackedMatrix
{
    private readonly AlignedMemory _panels;

    /// <summary>Copies a matrix.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="rows">The number of rows, a layer's outputs.</param>
    /// <param name="columns">The number of columns, a layer's inputs.</param>
    /// <exception cref="ArgumentException">The matrix is shorter than its shape.</exception>
    public PackedMatrix(FloatSpan matrix, int rows, int columns)
    {
        Guard.Matrix(matrix, rows, columns);
        Rows = rows;
        Columns = columns;
        if (SimdVector512.IsHardwareAccelerated)
        {
            _panels = Pack<SimdVector512>(matrix.Pointer);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            _panels = Pack<SimdVector256>(matrix.Pointer);
        }
        else if (SimdVector128.IsHardwareAccelerated)
        {
            _panels = Pack<SimdVector128>(matrix.Pointer);
        }
        else
        {
            _panels = Pack<SimdScalar>(matrix.Pointer);
        }
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    internal float* Panels => _panels.FloatSpan.Pointer;

    /// <summary>Checks that it has a shape.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    internal void Require(int rows, int columns)
    {
        if (Rows != rows || Columns != columns)
        {
            throw new ArgumentException($"expected a packed weight of [{rows}, {columns}], got [{Rows}, {Columns}]");
        }
    }

    private AlignedMemory Pack<TVector>(float* matrix)
        where TVector : struct, ISimdVector<TVector>
    {
        var panels = new AlignedMemory(checked(BlockSizes.RoundUp(Rows, TVector.Count) * Columns));
        Packing.TurnPanels<TVector>(matrix, Columns, Rows, Columns, BlockSizes.DepthBlock(Columns), panels.FloatSpan.Pointer);
        return panels;
    }
}
