namespace ModelDsl.Kernels;

/// <summary>C[r, l] = Σₖ A[r, k]·B[k, l], stored as it is computed.</summary>
/// <remarks>
/// The loops around the register tile follow Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
/// (2008), but copy less. A is read where it lies if it lies along k. A panel of B, two vectors wide, is copied by the
/// first tile that reads it, on the way to the multiply-adds, and stays in the cache for the tiles below it. Limited by
/// the multiply-add units, from some dozen rows on; with fewer by how fast B comes from memory.
/// </remarks>
internal static unsafe class StraightProduct
{
    private const int FewRows = 4;

    /// <summary>The fewest rows that pay for copying a panel of B again.</summary>
    private const int RowsForPanel = 128;

    /// <summary>Computes the part of C that lies in the given rows and lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute<TVector>(in Product product, int firstRow, int endRow, int firstLane, int endLane)
        where TVector : struct, ISimdVector<TVector>
    {
        int panelWidth = 2 * TVector.Count;
        int depthBlock = product.DepthBlock;
        bool packsA = product.ARow == 1;
        bool movesA = !packsA && RowStrip.Pays(product, endLane - firstLane);

        // The rows of A that all panels read must stay in the cache, and so must what an epilogue reads again.
        int rowBlock = Math.Max(16, BlockSizes.HalfCache / depthBlock / 16 * 16);
        rowBlock = Math.Min(rowBlock, endRow - firstRow);
        int wholeRows = BlockSizes.HalfCache / 2 / (endLane - firstLane) / 16 * 16;
        bool finishesBlocks = !product.Epilogue.IsNone && !product.FinishesTiles<TVector>(out _);
        if (finishesBlocks)
        {
            // An epilogue that passes over whole rows goes through the other matrices that it reads and writes in order, and
            // only then does the processor fetch them ahead.
            rowBlock = Math.Min(rowBlock, Math.Max(RowsForPanel, wholeRows));
        }

        int finishLanes = rowBlock <= wholeRows
            ? endLane - firstLane
            : Math.Max(panelWidth, BlockSizes.HalfCache / 4 / rowBlock / panelWidth * panelWidth);

        nint panelFloats = (nint)depthBlock * panelWidth;
        nint tileFloats = packsA ? (nint)BlockSizes.RoundUp(rowBlock * depthBlock, 16) + 16
            : movesA ? rowBlock * RowStrip.Distance(depthBlock)
            : 0;
        float* panel = Scratch.Get(panelFloats + tileFloats + (RegisterTile.MaxRows<TVector>() * panelWidth));
        float* tiles = panel + panelFloats;
        float* edge = tiles + tileFloats;

        for (int row = firstRow; row < endRow; row += rowBlock)
        {
            int rows = Math.Min(rowBlock, endRow - row);
            TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
            int k = 0;
            do
            {
                int depth = Math.Min(depthBlock, product.Depth - k);
                float* a = product.A + (row * product.ARow) + (k * product.ADepth);
                if (packsA)
                {
                    float* sums = product.RowSums is null || firstLane != 0 ? null : product.RowSums + row;
                    Packing.CopyTiles<TVector>(
                        a, product.ADepth, depth, range, tiles, sums, product.Accumulate || k > 0, product.GoesOn);
                    a = tiles;
                }

                nint aRow = product.ARow;
                if (movesA)
                {
                    RowStrip.Copy<TVector>(a, aRow, rows, depth, tiles);
                    a = tiles;
                    aRow = RowStrip.Distance(depth);
                }

                int finished = firstLane;
                for (int lane = firstLane; lane < endLane; lane += panelWidth)
                {
                    int lanes = Math.Min(panelWidth, endLane - lane);
                    MultiplyColumn<TVector>(
                        product, a, packsA ? 0 : aRow, depth, range, panel, edge, row, lane, lanes, k);
                    int end = lane + lanes;
                    if (finishesBlocks
                        && k + depth == product.Depth
                        && (end - finished >= finishLanes || end == endLane))
                    {
                        float* c = product.C + (row * product.CRow) + finished;
                        product.Epilogue.Invoke(c, product.CRow, rows, end - finished, row, finished);
                        finished = end;
                    }
                }

                k += depthBlock;
            }
            while (k < product.Depth);
        }
    }

    /// <summary>All tiles of a block of rows that read one panel of B.</summary>
    private static void MultiplyColumn<TVector>(
        in Product product,
        float* a,
        nint aRow,
        int depth,
        TileRange range,
        float* panel,
        float* edge,
        int row,
        int lane,
        int lanes,
        int k)
        where TVector : struct, ISimdVector<TVector>
    {
        int vectors = lanes > TVector.Count ? 2 : 1;
        int width = vectors * TVector.Count;
        float* b = product.B + (lane * product.BLane) + (k * product.BDepth);
        bool whole = lanes == width;
        bool isPacked = product.Panels is not null;
        bool direct = !isPacked && product.BLane == 1 && whole;

        // A few rows read B only once, faster without copying; more rows gain by what the copying kernel fetches ahead.
        bool packs = direct && (range.Count > 1 || range.Height > FewRows);
        if (isPacked)
        {
            panel = product.Panels + Packing.PanelOffset<TVector>(product.Lanes, lane, k, depth);
        }
        else if (!direct)
        {
            if (product.BLane == 1)
            {
                Packing.CopyRows<TVector>(b, product.BDepth, depth, lanes, panel, width);
            }
            else
            {
                Packing.Turn<TVector>(b, product.BLane, lanes, depth, panel, width);
            }
        }

        float* c = product.C + (row * product.CRow) + lane;
        bool isLater = product.Accumulate || k > 0;
        bool goesOn = isLater && product.GoesOn;
        bool adds = isLater && !product.GoesOn;
        ColumnFinish finish = default;
        bool isFinished = k + depth == product.Depth && product.FinishesTiles<TVector>(out finish);
        finish = isFinished ? finish.From(lane) : finish;
        int height = 0;
        RegisterTile kernel = default;
        for (int tile = 0; tile < range.Count; tile++)
        {
            if (range.HeightOf(tile) != height || tile == 1)
            {
                height = range.HeightOf(tile);
                bool copies = packs && tile == 0;
                kernel = goesOn
                    ? RegisterTile.SelectGoingOn<TVector>(height, vectors, copies)
                    : RegisterTile.Select<TVector>(height, vectors, copies);
            }

            // Without a distance between its rows A lies in tiles.
            nint aDepth = aRow == 0 ? height : 1;
            bool first = direct && tile == 0;
            float* from = first ? b : panel;
            nint fromDepth = first ? product.BDepth : width;
            if (whole)
            {
                kernel.Multiply(depth, a, Math.Max(1, aRow), aDepth, from, fromDepth, panel, c, product.CRow, adds);
                if (isFinished)
                {
                    finish.Apply<TVector>(c, product.CRow, height, vectors);
                }
            }
            else
            {
                if (goesOn)
                {
                    Packing.CopyRows<TVector>(c, product.CRow, height, lanes, edge, width);
                }

                kernel.Multiply(depth, a, Math.Max(1, aRow), aDepth, from, fromDepth, panel, edge, width, false);
                Packing.Put<TVector>(edge, width, height, lanes, c, product.CRow, adds);
            }

            a += height * (aRow == 0 ? depth : aRow);
            c += height * product.CRow;
        }
    }
}
