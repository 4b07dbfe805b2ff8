namespace ModelDsl.Kernels;

/// <summary>
/// result[4 x 4 pixels, l] = Aᵀ[Σₖ (G·weight[k, l]·Gᵀ) ⊙ (Bᵀ·source[6 x 6 pixels, k]·B)]A: a convolution by filters of 3 x 3, or
/// its transposed, with a quarter of the multiplications.
/// </summary>
/// <remarks>
/// See <see cref="WinogradAxis"/> for the transforms. For each of the 36 points the tiles of a block are the rows of a product
/// of matrices, [tiles, depth] · [depth, lanes]; the transformed tiles of a block stay in the second-level cache. Where there
/// are many tiles the filters are transformed once, by all threads, and the tiles are divided among the threads; where there
/// are few, each thread transforms the filters of its own lanes, panel by panel, and the tiles for itself, which costs less
/// than to bring the transformed filters, four times as large as the filters, to memory and back. A model that only
/// predicts has small filters transformed once and for all. Every product's depth is
/// summed in blocks whose size depends on the depth alone, so the bits depend neither on the one nor on the other. Limited by
/// the multiply-add units with many channels, by the transforms with few.
/// </remarks>
internal unsafe struct WinogradProduct : IVectorWork, IVectorParts, IFilterOrder
{
    /// <summary>The largest number of steps between two visits to a product: 36 panels of them fit the second-level cache.</summary>
    private const int MaxDepth = 128;

    /// <summary>Up to so many tiles, each thread transforms the filters of its own lanes.</summary>
    private const int FewTiles = 64;

    /// <summary>
    /// The transformed filters that are kept: those that stay in a second-level cache of 1 MiB. Larger ones come from
    /// memory in more time than it takes to transform them.
    /// </summary>
    private const int MaxKeptFloats = 3 << 16;

    public ImageProduct Operands;

    private float* _filters;
    private bool _dividesLanes;
    private int _parts;

    private readonly WinogradTiling Tiling => new(Operands.ResultHeight, Operands.ResultWidth);

    private readonly int Depth => Operands.SourceChannels;

    private readonly int Lanes => Operands.ResultChannels;

    private readonly int Tiles => checked(Operands.Batch * Tiling.PerImage);

    private readonly int DepthBlocks => (Depth + MaxDepth - 1) / MaxDepth;

    /// <summary>The steps of a block; a multiple of 16.</summary>
    private readonly int DepthBlock => BlockSizes.RoundUp((Depth + DepthBlocks - 1) / DepthBlocks, 16);

    /// <summary>Computes the result.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        int panels = Panels<TVector>();
        long products = (long)Tiles * WinogradTile.Products * Lanes * Depth;
        _dividesLanes = Tiles <= FewTiles;
        _parts = (int)Math.Clamp(products / ConvolutionShape.WorkPerThread, 1, WorkerPool.Parallelism);
        _parts = Math.Min(_parts, _dividesLanes ? panels : Tiles);
        _filters = Operands.Packed;
        if (_filters is null && !_dividesLanes)
        {
            _filters = SharedScratch.Get(PackedFloats<TVector>()).Pointer;
            var work = new FilterWork<TVector>(this);
            LineWork.RunRanges(panels * DepthBlocks, (long)panels * DepthBlocks * PanelFloats<TVector>(), ref work);
        }

        VectorParts.Run<TVector, WinogradProduct>(_parts, this);
    }

    /// <summary>Whether the transformed filters of a shape are worth their memory.</summary>
    public static bool PacksFilters(in ConvolutionShape shape) =>
        (long)WinogradTile.Products * shape.Channels * shape.Outputs <= MaxKeptFloats;

    public readonly int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        checked(Panels<TVector>() * DepthBlocks * (int)PanelFloats<TVector>());

    public readonly void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector> => Pack<TVector>(0, Panels<TVector>() * DepthBlocks, to);

    private readonly int Panels<TVector>()
        where TVector : struct, ISimdVector<TVector> => (Lanes + (2 * TVector.Count) - 1) / (2 * TVector.Count);

    /// <summary>Transforms the filters of some blocks of the depth, panel by panel.</summary>
    private readonly void Pack<TVector>(int start, int end, float* filters)
        where TVector : struct, ISimdVector<TVector>
    {
        float* buffer = Scratch.Get(FilterBuffer<TVector>());
        for (int unit = start; unit < end; unit++)
        {
            (int panel, int block) = Math.DivRem(unit, DepthBlocks);
            TransformFilters<TVector>(panel, block, filters + (unit * PanelFloats<TVector>()), buffer);
        }
    }

    /// <summary>The floats of the transformed filters of two vectors of lanes and one block of the depth.</summary>
    private readonly nint PanelFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> => WinogradTile.Products * FilterStride<TVector>();

    private readonly nint FilterStride<TVector>()
        where TVector : struct, ISimdVector<TVector> => WinogradTile.PointStride(DepthBlock * 2 * TVector.Count);

    /// <summary>The floats that <see cref="TransformFilters"/> works in.</summary>
    private readonly int FilterBuffer<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        (Operands.IsTransposed ? 0 : WinogradAxis.Taps * WinogradAxis.Taps * DepthBlock * 2 * TVector.Count)
        + WinogradTile.BufferFloats<TVector>();

    private readonly void TransformFilters<TVector>(int panel, int block, float* destination, float* buffer)
        where TVector : struct, ISimdVector<TVector>
    {
        int taps = WinogradAxis.Taps * WinogradAxis.Taps;
        int lane = panel * 2 * TVector.Count;
        int lanes = Math.Min(2 * TVector.Count, Lanes - lane);
        int width = BlockSizes.RoundUp(lanes, TVector.Count);
        int first = block * DepthBlock;
        int depth = Math.Min(DepthBlock, Depth - first);
        nint stride = FilterStride<TVector>();
        if (Operands.IsTransposed)
        {
            // From the last tap to the first: the kernel is turned by half a turn.
            float* last = Operands.Weight + ((((nint)first * taps) + taps - 1) * Lanes) + lane;
            WinogradTile.TransformFilters<TVector>(
                last, -Lanes, (nint)taps * Lanes, depth, lanes, destination, width, stride, buffer);
            return;
        }

        float* turned = buffer + WinogradTile.BufferFloats<TVector>();
        nint tapStride = (nint)depth * width;
        for (int tap = 0; tap < taps; tap++)
        {
            float* from = Operands.Weight + ((((nint)lane * taps) + tap) * Depth) + first;
            Packing.Turn<TVector>(from, (nint)taps * Depth, lanes, depth, turned + (tap * tapStride), width);
        }

        WinogradTile.TransformFilters<TVector>(
            turned, tapStride, width, depth, width, destination, width, stride, buffer);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        int panelWidth = 2 * TVector.Count;
        (int tile, int endTile) = (0, Tiles);
        (int lane, int endLane) = (0, Lanes);
        int size = FewTiles;
        if (_dividesLanes)
        {
            (lane, endLane) = Partition.Part(Lanes, _parts, part, grain: panelWidth);
        }
        else
        {
            (tile, endTile) = Partition.Part(Tiles, _parts, part, grain: 1);
            int rows = RegisterTile.MaxRows<TVector>();
            size = Math.Max(
                rows, BlockSizes.HalfCache / (WinogradTile.Products * DepthBlock * DepthBlocks) / rows * rows);
        }

        size = Math.Min(size, endTile - tile);
        var block = new Block
        {
            InputStride = WinogradTile.PointStride(size * DepthBlock),
            ProductStride = WinogradTile.PointStride(size * panelWidth),
        };
        long inputs = (long)DepthBlocks * WinogradTile.Products * block.InputStride;
        long products = (long)WinogradTile.Products * block.ProductStride;
        long filters = _filters is null ? PanelFloats<TVector>() : 0;
        int zeros = BlockSizes.RoundUp(Depth, 16);
        block.Inputs = Scratch.Get(inputs + products + filters + zeros + FilterBuffer<TVector>());
        block.Products = block.Inputs + inputs;
        block.Filters = block.Products + products;
        block.Zeros = block.Filters + filters;
        block.Buffer = block.Zeros + zeros;
        new Span<float>(block.Zeros, zeros).Clear();
        for (; tile < endTile; tile += size)
        {
            block.Start = tile;
            block.Count = Math.Min(size, endTile - tile);
            TransformInputs<TVector>(block);
            for (int panel = lane / panelWidth; panel * panelWidth < endLane; panel++)
            {
                Multiply<TVector>(block, panel);
                TransformResults<TVector>(
                    block, panel * panelWidth, Math.Min(panelWidth, endLane - (panel * panelWidth)));
            }

            if (!Operands.Epilogue.IsNone)
            {
                FinishTiles(block, lane, endLane);
            }
        }
    }

    private readonly void TransformInputs<TVector>(in Block block)
        where TVector : struct, ISimdVector<TVector>
    {
        float** pixels = stackalloc float*[WinogradTile.Products];
        WinogradTiling tiling = Tiling;
        for (int i = 0; i < block.Count; i++)
        {
            (int image, int top, int left) = tiling.Place(block.Start + i);
            WinogradTile.Locate(
                Operands.Source + ((nint)image * Operands.SourceHeight * Operands.SourceWidth * Depth),
                Operands.SourceHeight, Operands.SourceWidth, Depth,
                top - Operands.PaddingTop, left - Operands.PaddingLeft, WinogradAxis.Points, block.Zeros, pixels);
            WinogradTile.TransformInputs<TVector>(
                pixels, Depth, DepthBlock, WinogradTile.Products * block.InputStride,
                block.Inputs + ((nint)i * DepthBlock), block.InputStride, block.Buffer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Multiply<TVector>(in Block block, int panel)
        where TVector : struct, ISimdVector<TVector>
    {
        int vectors = Math.Min(2, (Lanes - (panel * 2 * TVector.Count) + TVector.Count - 1) / TVector.Count);
        int width = vectors * TVector.Count;
        TileRange range = TileRange.Of(block.Count, RegisterTile.MaxRows<TVector>());
        float* inputs = block.Inputs;
        for (int k = 0; k < DepthBlocks; k++)
        {
            float* filters = block.Filters;
            if (_filters is null)
            {
                TransformFilters<TVector>(panel, k, filters, block.Buffer);
            }
            else
            {
                filters = _filters + (((panel * DepthBlocks) + k) * PanelFloats<TVector>());
            }

            int depth = Math.Min(DepthBlock, Depth - (k * DepthBlock));
            for (int point = 0; point < WinogradTile.Products; point++)
            {
                RegisterTile.MultiplyAll<TVector>(
                    range, vectors, depth, inputs, DepthBlock, 1, filters, width,
                    block.Products + (point * block.ProductStride), width, accumulate: k > 0);
                inputs += block.InputStride;
                filters += FilterStride<TVector>();
            }
        }
    }

    private readonly void TransformResults<TVector>(in Block block, int lane, int lanes)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = BlockSizes.RoundUp(lanes, TVector.Count);
        WinogradTiling tiling = Tiling;
        for (int i = 0; i < block.Count; i++)
        {
            (int image, int top, int left) = tiling.Place(block.Start + i);
            nint pixel = ((((nint)image * Operands.ResultHeight) + top) * Operands.ResultWidth) + left;
            WinogradTile.TransformResults<TVector>(
                block.Products + ((nint)i * width), block.ProductStride, lanes,
                Operands.Result + (pixel * Lanes) + lane, (nint)Operands.ResultWidth * Lanes, Lanes,
                Math.Min(WinogradAxis.Outputs, Operands.ResultHeight - top),
                Math.Min(WinogradAxis.Outputs, Operands.ResultWidth - left),
                block.Buffer);
        }
    }

    /// <summary>Runs the epilogue over the pixels of a block, by runs of neighbouring tiles.</summary>
    private readonly void FinishTiles(in Block block, int lane, int endLane)
    {
        WinogradTiling tiling = Tiling;
        int end = block.Start + block.Count;
        int tile = block.Start;
        while (tile < end)
        {
            (int image, int top, int left) = tiling.Place(tile);
            int tiles = Math.Min(end - tile, tiling.Columns - (left / WinogradAxis.Outputs));
            int columns = Math.Min(tiles * WinogradAxis.Outputs, Operands.ResultWidth - left);
            for (int row = top; row < Math.Min(top + WinogradAxis.Outputs, Operands.ResultHeight); row++)
            {
                int pixel = (((image * Operands.ResultHeight) + row) * Operands.ResultWidth) + left;
                Operands.Epilogue.Invoke(
                    Operands.Result + ((nint)pixel * Lanes) + lane, Lanes, columns, endLane - lane, pixel, lane);
            }

            tile += tiles;
        }
    }

    /// <summary>The tiles that are worked on, and the memory for them.</summary>
    private struct Block
    {
        public int Start;
        public int Count;

        /// <summary>[blocks of the depth, points, tiles, steps].</summary>
        public float* Inputs;
        public nint InputStride;

        /// <summary>[points, tiles, lanes].</summary>
        public float* Products;
        public nint ProductStride;

        /// <summary>[points, steps, lanes].</summary>
        public float* Filters;

        public float* Zeros;
        public float* Buffer;
    }

    private readonly struct FilterWork<TVector>(WinogradProduct product) : ILineRangeWork
        where TVector : struct, ISimdVector<TVector>
    {
        private readonly WinogradProduct _product = product;

        public void Invoke(int start, int end) => _product.Pack<TVector>(start, end, _product._filters);
    }
}
