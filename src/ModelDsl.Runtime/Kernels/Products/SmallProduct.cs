namespace ModelDsl.Kernels;

/// <summary>
/// C[r, l] = Σₖ A[r, k]·B[k, l] where B stays in the first-level cache: the layers of a small model.
/// </summary>
/// <remarks>
/// One thread computes all of C: B is read where it lies unless it must be turned, A always is, and nothing is planned
/// in blocks. Every element is the chain of additions that the other forms compute. Limited by the multiply-add units,
/// from some eight rows on; with fewer by turning B.
/// </remarks>
internal static unsafe class SmallProduct
{
    /// <summary>
    /// The elements of B up to which this form is taken: half of a cache of 32 KiB. Measured, in µs, in blocks and
    /// here: 8 rows by weights of 32x32 0.57 and 0.33, of 64x64 1.37 and 1.03, of 80x80 1.9 and 1.9.
    /// </summary>
    public const int MostElements = 4096;

    /// <summary>The rows from which turning a weight pays; found by measurement.</summary>
    private const int FewestRows = 8;

    /// <summary>Whether a·bᵀ, even of a few rows, is computed as one of many rows is.</summary>
    /// <param name="m">The rows of the result.</param>
    /// <param name="n">The columns of the result.</param>
    /// <param name="k">The number of steps.</param>
    public static bool Suits(int m, int n, int k) =>
        m >= FewestRows
        && (m >= DotProducts.ManyRows || n >= VectorWidth.Count)
        && k <= BlockSizes.MaxDepth
        && IsSmall(m, n, k);

    /// <summary>
    /// Whether a·bᵀ better has its rows as lanes than its columns, which would leave most lanes empty.
    /// </summary>
    /// <inheritdoc cref="Suits" path="/param"/>
    public static bool IsBetterTurned(int m, int n, int k) => 2 * n <= VectorWidth.Count && IsSmall(n, m, k);

    /// <summary>Whether a product is computed in this form.</summary>
    public static bool Takes(in Product product) =>
        product.Depth > 0
        && product.Depth <= product.DepthBlock
        && IsSmall(product.Rows, product.Lanes, product.Depth);

    /// <summary>Computes all of C.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute<TVector>(in Product product)
        where TVector : struct, ISimdVector<TVector>
    {
        int depth = product.Depth, lanes = product.Lanes, rows = product.Rows;
        int paddedLanes = BlockSizes.RoundUp(lanes, TVector.Count);
        int panelWidth = 2 * TVector.Count;
        float* panels = Scratch.Get((nint)paddedLanes * (depth + rows));
        float* block = panels + ((nint)paddedLanes * depth);
        if (product.Panels is not null)
        {
            panels = product.Panels;
        }
        else if (product.BLane != 1)
        {
            Packing.TurnPanels<TVector>(product.B, product.BLane, lanes, depth, depth, panels);
        }

        if (product.RowSums is not null)
        {
            Packing.SumRows<TVector>(
                product.A, product.ADepth, depth, rows, product.RowSums, product.Accumulate, product.GoesOn);
        }

        bool goesOn = product.Accumulate && product.GoesOn;
        bool adds = product.Accumulate && !product.GoesOn;
        bool isFinished = product.FinishesTiles<TVector>(out ColumnFinish finish);
        TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
        for (int lane = 0; lane < lanes; lane += panelWidth)
        {
            int used = Math.Min(panelWidth, lanes - lane);
            int width = BlockSizes.RoundUp(used, TVector.Count);
            float* b = panels + ((nint)lane * depth);
            nint bDepth = width;
            if (product.Panels is null && product.BLane == 1)
            {
                float* from = product.B + lane;
                if (used == width)
                {
                    b = from;
                    bDepth = product.BDepth;
                }
                else
                {
                    Packing.CopyRows<TVector>(from, product.BDepth, depth, used, b, width);
                }
            }

            float* c = product.C + lane;
            if (used == width && !product.Turned)
            {
                ColumnFinish here = finish.From(lane);
                Multiply<TVector>(
                    product, range, width, b, bDepth, c, product.CRow, goesOn, adds, isFinished ? &here : null);
                continue;
            }

            if (goesOn)
            {
                Packing.CopyRows<TVector>(c, product.CRow, rows, used, block, width);
            }

            Multiply<TVector>(product, range, width, b, bDepth, block, width, goesOn, adds: false, null);
            if (product.Turned)
            {
                Packing.PutTurned<TVector>(
                    block, width, rows, used, product.C + (lane * product.CRow), product.CRow, adds);
            }
            else
            {
                Packing.Put<TVector>(block, width, rows, used, c, product.CRow, adds);
            }
        }

        if (!isFinished)
        {
            (int height, int columns) = product.Turned ? (lanes, rows) : (rows, lanes);
            product.Epilogue.Invoke(product.C, product.CRow, height, columns, 0, 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TVector>(
        in Product product, TileRange range, int width, float* b, nint bDepth, float* c, nint cRow, bool goesOn,
        bool adds, ColumnFinish* finish)
        where TVector : struct, ISimdVector<TVector>
    {
        int vectors = width / TVector.Count;
        float* a = product.A;
        int selected = 0;
        RegisterTile kernel = default;
        for (int tile = 0; tile < range.Count; tile++)
        {
            int height = range.HeightOf(tile);
            if (height != selected)
            {
                selected = height;
                kernel = goesOn
                    ? RegisterTile.SelectGoingOn<TVector>(height, vectors, packs: false)
                    : RegisterTile.Select<TVector>(height, vectors, packs: false);
            }

            kernel.Multiply(product.Depth, a, product.ARow, product.ADepth, b, bDepth, null, c, cRow, adds);
            if (finish is not null)
            {
                finish->Apply<TVector>(c, cRow, height, vectors);
            }

            a += height * product.ARow;
            c += height * cRow;
        }
    }

    // A product of twice as many multiply-adds is worth a second thread.
    private static bool IsSmall(int rows, int lanes, int depth) =>
        (long)lanes * depth <= MostElements && (long)rows * lanes * depth < 2 * ParallelProduct.ThreadThreshold;
}
