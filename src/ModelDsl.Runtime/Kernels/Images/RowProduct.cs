namespace ModelDsl.Kernels;

/// <summary>
/// result[y, x, l] = Σ over taps and channels of source[tap's row, tap's column, k] · weight[tap, k, l] for up to 16 l and few
/// channels: a convolution, or its transposed with stride 1.
/// </summary>
/// <remarks>
/// The rows of a window lie in the image as they are, so nothing is copied but rows with a border, each once. See
/// <see cref="PixelTile"/> for what limits it. Every element is one chain of additions.
/// </remarks>
internal unsafe struct RowProduct : IVectorWork, IVectorParts, IFilterOrder
{
    /// <summary>About how many floats of rows are worked on at a time, so that they stay in the first-level cache.</summary>
    private const int RowsFloats = 1 << 12;

    /// <summary>With more results a tile of two vectors saves more loads than this saves copies.</summary>
    private const int MaxResults = 16;

    /// <summary>With more channels the copies do not count.</summary>
    private const int MaxChannels = 16;

    /// <summary>
    /// With so few channels copies of single floats take the most time, whatever the number of results.
    /// </summary>
    private const int FewChannels = 4;

    public ImageProduct Operands;

    private float* _weight;
    private RowBlocks _blocks;
    private int _parts;

    private readonly SlidingWindow Window => Operands.Shape.Window;

    private readonly int Channels => Operands.SourceChannels;

    private readonly int StrideHeight => Operands.IsTransposed ? 1 : Window.StrideHeight;

    private readonly int StrideWidth => Operands.IsTransposed ? 1 : Window.StrideWidth;

    /// <summary>The floats of a row with all that its windows see.</summary>
    private readonly int RowFloats =>
        checked((((Operands.ResultWidth - 1) * StrideWidth) + Window.KernelWidth) * Channels);

    /// <summary>Whether the kernel can compute a product, and whether it is one of few channels.</summary>
    public static bool Suits(in ImageProduct operands)
    {
        SlidingWindow window = operands.Shape.Window;
        bool isSimple = !operands.IsTransposed
            || (window.StrideHeight == 1 && window.StrideWidth == 1 && operands.PaddingTop >= 0 && operands.PaddingLeft >= 0);
        return isSimple
            && operands.Shape.Groups == 1
            && window.DilationWidth == 1
            && (operands.ResultChannels <= MaxResults || operands.SourceChannels <= FewChannels)
            && operands.SourceChannels <= MaxChannels;
    }

    /// <summary>Computes the result.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        _weight = FilterOrder.PackedOr<TVector, RowProduct>(Operands.Packed, this);
        int blockRows = Math.Clamp(RowsFloats / RowFloats / StrideHeight, 1, Operands.ResultHeight);
        _blocks = new RowBlocks(Operands.Batch, Operands.ResultHeight, blockRows);
        _parts = Operands.Shape.Parts(Operands.Batch, _blocks.Count);
        VectorParts.Run<TVector, RowProduct>(_parts, this);
    }

    public readonly int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        checked(BlockSizes.RoundUp(Operands.ResultChannels, TVector.Count) * Window.Taps * Channels);

    /// <summary>
    /// Brings the weight into the order of the tiles: [panels of two vectors, rows, columns, channels, lanes].
    /// </summary>
    public readonly void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector>
    {
        int taps = Window.Taps;
        int results = Operands.ResultChannels;
        int depth = taps * Channels;
        for (int lane = 0; lane < results; lane += 2 * TVector.Count)
        {
            int lanes = Math.Min(2 * TVector.Count, results - lane);
            int width = BlockSizes.RoundUp(lanes, TVector.Count);
            if (!Operands.IsTransposed)
            {
                Packing.Turn<TVector>(Operands.Weight + ((nint)lane * depth), depth, lanes, depth, to, width);
                to += depth * width;
                continue;
            }

            for (int tap = 0; tap < taps; tap++)
            {
                float* from = Operands.Weight + ((nint)(taps - 1 - tap) * results) + lane;
                Packing.CopyRows<TVector>(from, (nint)taps * results, Channels, lanes, to, width);
                to += Channels * width;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(_blocks.Count, _parts, part, grain: 1);
        int halo = (Window.KernelHeight - 1) * Window.DilationHeight;
        int rowFloats = RowFloats;
        int sourceRows = ((_blocks.BlockRows - 1) * StrideHeight) + 1 + halo;
        long rowsFloats = BlockSizes.RoundUp(checked(sourceRows * rowFloats), 16);
        float* rows = Scratch.Get(rowsFloats + (PixelTile.MaxPixels<TVector>(vectors: 1) * 2 * TVector.Count));
        float* edge = rows + rowsFloats;
        ColumnFinish finish = default;
        bool isFinished = Operands.ResultChannels % TVector.Count == 0
            && Operands.Epilogue.IsColumnwise(Operands.ResultChannels, out finish);
        int imageFloats = Operands.SourceWidth * Channels;
        bool isInside = (Operands.PaddingTop | Operands.PaddingLeft) == 0
            && rowFloats <= imageFloats
            && ((Operands.ResultHeight - 1) * StrideHeight) + 1 + halo <= Operands.SourceHeight;
        for (int unit = start; unit < end; unit++)
        {
            (int image, int row, int count) = _blocks.Place(unit);
            float* pixels = Operands.Source + ((nint)image * Operands.SourceHeight * imageFloats);
            int first = (row * StrideHeight) - Operands.PaddingTop;
            if (!isInside)
            {
                PaddedRows.Copy(
                    pixels, Operands.SourceHeight, imageFloats, first, ((count - 1) * StrideHeight) + 1 + halo,
                    Operands.PaddingLeft * Channels, rows, rowFloats);
            }

            float* from = isInside ? pixels + ((nint)first * imageFloats) : rows;
            int stride = isInside ? imageFloats : rowFloats;
            for (int i = 0; i < count; i++)
            {
                int line = (image * Operands.ResultHeight) + row + i;
                MultiplyLine<TVector>(
                    from + ((nint)i * StrideHeight * stride), stride, line, edge, isFinished ? &finish : null);
            }

            if (!isFinished)
            {
                Operands.Finish(image, row, count);
            }
        }
    }

    private readonly void MultiplyLine<TVector>(float* rows, int rowFloats, int line, float* edge, ColumnFinish* finish)
        where TVector : struct, ISimdVector<TVector>
    {
        int runs = Window.KernelHeight;
        int length = Window.KernelWidth * Channels;
        nint pixelStride = StrideWidth * Channels;
        nint runStride = (nint)Window.DilationHeight * rowFloats;
        float* weight = _weight;
        for (int lane = 0; lane < Operands.ResultChannels; lane += 2 * TVector.Count)
        {
            int lanes = Math.Min(2 * TVector.Count, Operands.ResultChannels - lane);
            int width = BlockSizes.RoundUp(lanes, TVector.Count);
            int vectors = width / TVector.Count;
            TileRange range = TileRange.Of(Operands.ResultWidth, PixelTile.MaxPixels<TVector>(vectors));
            ColumnFinish here = finish is null ? default : finish->From(lane);
            float* from = rows;
            float* to = Operands.Result + ((nint)line * Operands.ResultWidth * Operands.ResultChannels) + lane;
            for (int tile = 0; tile < range.Count; tile++)
            {
                int pixels = range.HeightOf(tile);
                PixelTile kernel = PixelTile.Select<TVector>(pixels, vectors);
                if (lanes == width)
                {
                    kernel.Multiply(runs, length, from, pixelStride, runStride, weight, to, Operands.ResultChannels);
                    if (finish is not null)
                    {
                        here.Apply<TVector>(to, Operands.ResultChannels, pixels, vectors);
                    }
                }
                else
                {
                    kernel.Multiply(runs, length, from, pixelStride, runStride, weight, edge, width);
                    Packing.Put<TVector>(
                        edge, width, pixels, lanes, to, Operands.ResultChannels, accumulate: false);
                }

                from += pixels * pixelStride;
                to += (nint)pixels * Operands.ResultChannels;
            }

            weight += (nint)runs * length * width;
        }
    }
}
