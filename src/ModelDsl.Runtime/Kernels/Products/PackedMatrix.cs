namespace ModelDsl.CompilerServices;

/// <summary>
/// A weight [rows, columns] copied once into the order in which the forward product reads it, for a model that only
/// predicts: the product then neither turns nor copies it.
/// </summary>
/// <remarks>
/// Panels of two vectors' width, each [columns, width] without gaps; the last is padded with zeros to whole vectors. Columns
/// are divided into the same blocks as the product's. Immutable, so that threads may share it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
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
        _panels = new AlignedMemory(checked(BlockSizes.RoundUp(rows, VectorWidth.Count) * columns));
        var work = new PackWork(matrix.Pointer, Panels, rows, columns);
        VectorWidth.Run(ref work);
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

    private readonly struct PackWork(float* matrix, float* panels, int rows, int columns) : IVectorWork
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> =>
            Packing.TurnPanels<TVector>(matrix, columns, rows, columns, BlockSizes.DepthBlock(columns), panels);
    }
}
