namespace ModelDsl.Kernels;

/// <summary>Cᵀ where C[r, l] = Σₖ A[r, k]·B[k, l]: the form for a large A, such as a weight, and few lanes, such as a batch.</summary>
/// <remarks>
/// A is read where it lies, along k, by the broadcasts of the register tile; a weight that is used for one batch only is not
/// worth copying. The small B is turned into panels of two vectors' width, and C is turned, block by block, when it is
/// stored. Limited by the multiply-add units; turning takes two to five percent at a batch of 128.
/// </remarks>
internal static unsafe class TurnedProduct
{
    /// <summary>How many rows of C are finished together. A multiple of all vector widths.</summary>
    private const int RowBlock = 128;

    /// <summary>Computes the part of C that lies in the given rows and lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Compute<TVector>(in Product product, int firstRow, int endRow, int firstLane, int endLane)
        where TVector : struct, ISimdVector<TVector>
    {
        int panelWidth = 2 * TVector.Count;
        int depthBlock = product.DepthBlock;
        int laneBlock = Math.Max(
            panelWidth, BlockSizes.HalfCache / Math.Max(product.Depth, RowBlock) / panelWidth * panelWidth);
        laneBlock = Math.Min(laneBlock, BlockSizes.RoundUp(endLane - firstLane, TVector.Count));
        int rowBlock = Math.Min(RowBlock, endRow - firstRow);
        nint panelFloats = (nint)laneBlock * product.Depth;
        float* panels = Scratch.Get(panelFloats + ((nint)rowBlock * laneBlock));
        float* block = panels + panelFloats;
        for (int lane = firstLane; lane < endLane; lane += laneBlock)
        {
            int lanes = Math.Min(laneBlock, endLane - lane);
            int paddedLanes = BlockSizes.RoundUp(lanes, TVector.Count);
            Packing.TurnPanels<TVector>(product.B + (lane * product.BLane), product.BLane, lanes, product.Depth, depthBlock, panels);
            for (int row = firstRow; row < endRow; row += rowBlock)
            {
                int rows = Math.Min(rowBlock, endRow - row);
                MultiplyBlock<TVector>(product, panels, block, row, rows, paddedLanes, depthBlock);
                Store<TVector>(product, block, row, rows, lane, lanes, paddedLanes);
            }
        }
    }

    private static void MultiplyBlock<TVector>(
        in Product product, float* panels, float* block, int row, int rows, int paddedLanes, int depthBlock)
        where TVector : struct, ISimdVector<TVector>
    {
        int panelWidth = 2 * TVector.Count;
        TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
        int k = 0;
        do
        {
            int depth = Math.Min(depthBlock, product.Depth - k);
            for (int p = 0; p < paddedLanes; p += panelWidth)
            {
                int width = Math.Min(panelWidth, paddedLanes - p);
                float* b = panels + ((nint)k * paddedLanes) + ((nint)p * depth);
                float* a = product.A + (row * product.ARow) + k;
                RegisterTile.MultiplyAll<TVector>(
                    range, width / TVector.Count, depth, a, product.ARow, 1, b, width, block + p, paddedLanes,
                    accumulate: k > 0);
            }

            k += depthBlock;
        }
        while (k < product.Depth);
    }

    /// <summary>Stores a block of C as its transpose, and runs the epilogue over it.</summary>
    private static void Store<TVector>(
        in Product product, float* block, int row, int rows, int lane, int lanes, int paddedLanes)
        where TVector : struct, ISimdVector<TVector>
    {
        // A strip of one vector's lanes at a time, so that the epilogue finds it in the first-level cache.
        for (int p = 0; p < lanes; p += TVector.Count)
        {
            int used = Math.Min(TVector.Count, lanes - p);
            float* c = product.C + ((lane + p) * product.CRow) + row;
            if (product.Accumulate)
            {
                Packing.AddTurned<TVector>(block + p, paddedLanes, rows, used, c, product.CRow);
            }
            else
            {
                Transposition.Transpose<TVector>(block + p, paddedLanes, rows, used, c, product.CRow);
            }

            product.Epilogue.Invoke(c, product.CRow, used, rows, lane + p, row);
        }
    }
}
