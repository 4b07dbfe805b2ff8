namespace ModelDsl.Kernels;

/// <summary>
/// C[m, n] = A[m, k]·B[n, k]ᵀ as dot products: the form for a few rows of either operand, such as a single sample or a
/// classifier's ten outputs, where packing would cost as much as the product.
/// </summary>
/// <remarks>
/// One operand is small and stays in the cache; the other is read once, in the order in which it lies. Limited by how fast
/// that comes from memory. Threads divide its rows.
/// </remarks>
internal unsafe struct DotProducts : IVectorParts
{
    /// <summary>
    /// The largest number of rows for which this form is taken. Measured for k = 512: with 512 bits 24 rows take 25 µs here and
    /// 31 µs packed, from 26 on packing wins; with 256 bits 12 rows take as long in both.
    /// </summary>
    public static int FewRows =>
        VectorWidth.Count >= SimdVector512.Count ? 24 : KernelContract.MostOutputsOfDotProducts;

    /// <summary>The rows from which columns are taken as lanes where the sums are short.</summary>
    public const int ManyRows = 32;

    /// <summary>The longest sums for which that pays with 512 bits; with 256 bits it does for all. Measured.</summary>
    private const int MostShortTerms = 128;

    /// <summary>
    /// Multiply-adds of a part that pay for its hand-over. Measured for one row: two threads take 1.3 times less than one for
    /// 362x362, and as long for 256x256.
    /// </summary>
    private const long ThreadThreshold = 1 << 16;

    /// <summary>Parts begin at multiples of a cache line.</summary>
    private const int Grain = 16;

    /// <summary>How many rows are computed before their epilogue runs.</summary>
    private const int RowBlock = 64;

    public float* A;
    public float* B;
    public float* C;
    public int Rows;
    public int Columns;
    public int Depth;
    public bool Accumulate;

    /// <summary>What is done to finished blocks of C.</summary>
    public EpilogueBlock Epilogue;

    private int _parts;

    /// <summary>
    /// Whether the sums of many rows are so short that adding the lanes of each would take longer than leaving lanes
    /// without a column: 2304 rows of 8 by 16 columns take 68 µs as dot products and 8 µs as a product of panels.
    /// </summary>
    public static bool AreShort(int rows, int columns, int depth)
    {
        // To add the lanes of a sum takes as long as one and a half of its steps.
        int lanes = VectorWidth.Count;
        long steps = (depth + lanes - 1) / lanes;
        long vectors = (columns + lanes - 1) / lanes;
        return rows >= ManyRows
            && (lanes < SimdVector512.Count || depth <= MostShortTerms)
            && 2 * vectors * depth < columns * ((2 * steps) + 3);
    }

    /// <summary>Computes all products on as many threads as it is worth.</summary>
    public static void Run(DotProducts products)
    {
        if (products.Rows == 0 || products.Columns == 0)
        {
            return;
        }

        long work = (long)products.Rows * products.Columns * products.Depth;
        int grains = (Math.Max(products.Rows, products.Columns) + Grain - 1) / Grain;
        products._parts = (int)Math.Clamp(work / ThreadThreshold, 1, Math.Min(grains, WorkerPool.Parallelism));
        VectorParts.Run(products._parts, products);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        bool byColumns = Columns >= Rows;
        (int firstColumn, int endColumn) = byColumns ? Partition.Part(Columns, _parts, part, Grain) : (0, Columns);
        (int firstRow, int endRow) = byColumns ? (0, Rows) : Partition.Part(Rows, _parts, part, Grain);
        if (firstColumn == endColumn)
        {
            return;
        }

        for (int block = firstRow; block < endRow; block += RowBlock)
        {
            int rows = Math.Min(RowBlock, endRow - block);
            if (byColumns)
            {
                // B is the large operand: each of its rows is read once, and meets all rows of A.
                int columns = DotTile.MaxColumns<TVector>(Math.Min(rows, DotTile.MaxRows));
                for (int column = firstColumn; column < endColumn; column += columns)
                {
                    for (int row = 0; row < rows; row += DotTile.MaxRows)
                    {
                        Tile<TVector>(
                            block + row, Math.Min(DotTile.MaxRows, rows - row), column, Math.Min(columns, endColumn - column));
                    }
                }
            }
            else
            {
                for (int row = 0; row < rows; row += DotTile.MaxRows)
                {
                    int height = Math.Min(DotTile.MaxRows, rows - row);
                    int columns = DotTile.MaxColumns<TVector>(height);
                    for (int column = firstColumn; column < endColumn; column += columns)
                    {
                        Tile<TVector>(block + row, height, column, Math.Min(columns, endColumn - column));
                    }
                }
            }

            float* c = C + ((nint)block * Columns) + firstColumn;
            Epilogue.Invoke(c, Columns, rows, endColumn - firstColumn, block, firstColumn);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Tile<TVector>(int row, int rows, int column, int columns)
        where TVector : struct, ISimdVector<TVector>
    {
        float* a = A + ((nint)row * Depth);
        float* b = B + ((nint)column * Depth);
        float* c = C + ((nint)row * Columns) + column;
        if (Depth <= DotTile.LongDepth<TVector>())
        {
            DotTile.Select<TVector>(rows, columns).Multiply(Depth, a, Depth, b, Depth, c, Columns, Accumulate);
        }
        else
        {
            DotTile.MultiplyLong<TVector>(rows, columns, Depth, a, b, c, Columns, Accumulate);
        }
    }
}
