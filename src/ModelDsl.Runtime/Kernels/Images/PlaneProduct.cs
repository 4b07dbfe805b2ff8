namespace ModelDsl.Kernels;

/// <summary>
/// result[y, x, l] = Σ over taps and channels of source[y + tap's row, x + tap's column, k] · weight[tap, k, l], for a few l: a
/// convolution of stride 1 with few outputs, or its transposed with few channels.
/// </summary>
/// <remarks>
/// With fewer results than lanes, the lanes are the pixels of a row. Each channel of a block of rows is copied into a plane of
/// its own, with zeros over the border, where a vector for each tap begins at any pixel; the results are turned back as they
/// are stored. See <see cref="PlaneTile"/> for what limits it. Every element is one chain of additions.
/// </remarks>
internal unsafe struct PlaneProduct : IVectorWork, IVectorParts, IFilterOrder
{
    /// <summary>About how many floats of planes are worked on at a time: a quarter of a second-level cache of 256 KiB.</summary>
    private const int PlaneFloats = 1 << 14;

    private const int MinRows = 4;
    private const int MaxResults = 8;

    /// <summary>The lanes for which the choice is made, whatever the processor's.</summary>
    private const int TypicalLanes = 16;

    public ImageProduct Operands;

    private float* _weight;
    private RowBlocks _blocks;
    private int _parts;

    private readonly SlidingWindow Window => Operands.Shape.Window;

    private readonly int Planes => Operands.SourceChannels;

    /// <summary>
    /// Whether the pixels of a row fill lanes better than the results of a pixel, by a third at least. Measured for LeNet's
    /// layers and their gradients.
    /// </summary>
    public static bool Suits(in ImageProduct operands)
    {
        SlidingWindow window = operands.Shape.Window;
        int vectors = (operands.ResultWidth + TypicalLanes - 1) / TypicalLanes;
        return operands.Shape.Groups == 1
            && window.StrideHeight == 1 && window.StrideWidth == 1
            && operands.PaddingTop >= 0 && operands.PaddingLeft >= 0
            && operands.ResultChannels <= MaxResults
            && 4L * vectors * operands.ResultChannels <= 3L * operands.ResultWidth;
    }

    /// <summary>Computes the result.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        _weight = FilterOrder.PackedOr<TVector, PlaneProduct>(Operands.Packed, this);
        int rows = (PlaneFloats / RowFloats<TVector>() / Planes) - Halo;
        int blockRows = Math.Min(Operands.ResultHeight, Math.Max(rows, MinRows));
        _blocks = new RowBlocks(Operands.Batch, Operands.ResultHeight, blockRows);
        _parts = Operands.Shape.Parts(Operands.Batch, _blocks.Count);
        VectorParts.Run<TVector, PlaneProduct>(_parts, this);
    }

    /// <summary>The source's rows that a block sees besides its own.</summary>
    private readonly int Halo => (Window.KernelHeight - 1) * Window.DilationHeight;

    /// <summary>The floats of a plane's row: what the taps of whole vectors see.</summary>
    private readonly int RowFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> => BlockSizes.RoundUp(
            checked(BlockSizes.RoundUp(Operands.ResultWidth, TVector.Count)
                + ((Window.KernelWidth - 1) * Window.DilationWidth)),
            16);

    public readonly int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> => checked(Operands.ResultChannels * Planes * Window.Taps);

    /// <summary>Brings the weight into the order in which the tiles read it: [tiles, channels, rows, columns, a tile's results].</summary>
    public readonly void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector>
    {
        int taps = Window.Taps;
        int results = Operands.ResultChannels;
        for (int first = 0; first < results; first += PlaneTile.MaxRows<TVector>())
        {
            int count = Math.Min(PlaneTile.MaxRows<TVector>(), results - first);
            for (int plane = 0; plane < Planes; plane++)
            {
                for (int tap = 0; tap < taps; tap++)
                {
                    for (int result = first; result < first + count; result++)
                    {
                        *to++ = Operands.IsTransposed
                            ? Operands.Weight[(((nint)plane * taps) + taps - 1 - tap) * results + result]
                            : Operands.Weight[(((nint)result * taps) + tap) * Planes + plane];
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(_blocks.Count, _parts, part, grain: 1);
        int rowFloats = RowFloats<TVector>();
        nint planeFloats = (nint)(_blocks.BlockRows + Halo) * rowFloats;
        int tile = PlaneTile.MaxVectors * TVector.Count
            * Math.Max(TVector.Count, PlaneTile.MaxRows<TVector>() + TVector.Count);
        float* planes = Scratch.Get((Planes * planeFloats) + tile + (TVector.Count * TVector.Count));
        float* sums = planes + (Planes * planeFloats);
        float* turned = sums + tile;
        new Span<float>(planes, checked((int)(Planes * planeFloats))).Clear();
        var window = new PlaneWindow(
            Planes, Window.KernelHeight, Window.KernelWidth, planeFloats,
            (nint)Window.DilationHeight * rowFloats, Window.DilationWidth);
        for (int unit = start; unit < end; unit++)
        {
            (int image, int row, int rows) = _blocks.Place(unit);
            CopyPlanes<TVector>(image, row, rows + Halo, planes, planeFloats, rowFloats);
            MultiplyRows<TVector>(window, planes, rowFloats, image, row, rows, sums, turned);
            Operands.Finish(image, row, rows);
        }
    }

    /// <summary>Copies rows of the source into the planes; what lies left and right of them stays zero.</summary>
    private readonly void CopyPlanes<TVector>(
        int image, int row, int rows, float* planes, nint planeFloats, int rowFloats)
        where TVector : struct, ISimdVector<TVector>
    {
        int columns = Math.Min(Operands.SourceWidth, rowFloats - Operands.PaddingLeft);
        float* pixels = Operands.Source + ((nint)image * Operands.SourceHeight * Operands.SourceWidth * Planes);
        for (int i = 0; i < rows; i++)
        {
            int y = row + i - Operands.PaddingTop;
            float* to = planes + ((nint)i * rowFloats) + Operands.PaddingLeft;
            float* from = pixels + ((nint)y * Operands.SourceWidth * Planes);
            if ((uint)y >= (uint)Operands.SourceHeight)
            {
                for (int plane = 0; plane < Planes; plane++)
                {
                    new Span<float>(to + (plane * planeFloats), columns).Clear();
                }
            }
            else if (Planes == 1)
            {
                new ReadOnlySpan<float>(from, columns).CopyTo(new Span<float>(to, columns));
            }
            else
            {
                Transposition.Transpose<TVector>(from, Planes, columns, Planes, to, planeFloats);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MultiplyRows<TVector>(
        in PlaneWindow window, float* planes, int rowFloats, int image, int row, int rows, float* sums, float* turned)
        where TVector : struct, ISimdVector<TVector>
    {
        int perRow = (Operands.ResultWidth + TVector.Count - 1) / TVector.Count;
        int all = rows * perRow;
        float* weight = _weight;
        nint* places = stackalloc nint[PlaneTile.MaxVectors];
        for (int lane = 0; lane < Operands.ResultChannels; lane += PlaneTile.MaxRows<TVector>())
        {
            int results = Math.Min(PlaneTile.MaxRows<TVector>(), Operands.ResultChannels - lane);
            int vectors = PlaneTile.Vectors<TVector>(results);
            for (int first = 0; first < all; first += vectors)
            {
                // Where vectors run out, the last one is computed again.
                for (int i = 0; i < vectors; i++)
                {
                    (int y, int x) = Math.DivRem(Math.Min(first + i, all - 1), perRow);
                    places[i] = ((nint)y * rowFloats) + (x * TVector.Count);
                }

                PlaneTile.Select<TVector>(results).Multiply(
                    window, planes + places[0], places[1] - places[0], places[2] - places[0], places[3] - places[0],
                    weight, sums);
                for (int i = 0; i < Math.Min(vectors, all - first); i++)
                {
                    (int y, int x) = Math.DivRem(first + i, perRow);
                    x *= TVector.Count;
                    nint pixel = ((((nint)image * Operands.ResultHeight) + row + y) * Operands.ResultWidth) + x;
                    Put<TVector>(
                        sums + (i * TVector.Count), vectors * TVector.Count, results,
                        Math.Min(TVector.Count, Operands.ResultWidth - x),
                        Operands.Result + (pixel * Operands.ResultChannels) + lane, turned);
                }
            }

            weight += (nint)results * Planes * Window.Taps;
        }
    }

    /// <summary>Stores a vector of pixels of some results as [pixels, results].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Put<TVector>(float* sums, int sumRow, int results, int pixels, float* to, float* turned)
        where TVector : struct, ISimdVector<TVector>
    {
        if (Operands.ResultChannels == 1)
        {
            Operand.Store(TVector.Load(sums), to, pixels);
            return;
        }

        for (int result = 0; result < results; result += TVector.Count)
        {
            Transposition.TurnTile<TVector>(sums + (result * sumRow), sumRow, turned, TVector.Count);
            int count = Math.Min(TVector.Count, results - result);
            float* pixel = to + result;
            for (int i = 0; i < pixels; i++)
            {
                TVector.Load(turned + (i * TVector.Count)).StorePartial(pixel, count);
                pixel += Operands.ResultChannels;
            }
        }
    }
}
