namespace ModelDsl.Kernels;

/// <summary>
/// weightGradient[o, i, j, c] = Σ over all windows of gradient[window, o] · source[window's pixel i, j, c], for one group.
/// </summary>
/// <remarks>
/// The strips of some result rows lie one behind the other, and the gradient with as many rows between two result rows as
/// windows would reach from one strip into the next, all zeros: so one product of matrices sums over all windows of the
/// block, [kernel columns · rows · channels, windows] · [windows, outputs], and reads the strips where they lie. Many result
/// rows are divided into bands (<see cref="SumGroups"/>), each with sums of its own, and a thread takes one after the
/// other, or some rows of one's product: nobody waits, or reads what another has just written, before all is added up.
/// Limited by the multiply-add units.
/// </remarks>
internal unsafe struct ConvolutionWeightProduct : IVectorWork, IVectorParts
{
    /// <summary>How many floats of strips, and of gradients, a thread works on at a time.</summary>
    private const int BlockFloats = 1 << 17;

    /// <summary>
    /// A band has at least so many windows, and so has a block of samples, which is divided into <see cref="MaxBands"/>
    /// at most.
    /// </summary>
    private const int BandWindows = 512;
    private const int MaxBands = 32;

    /// <summary>
    /// How many floats the sums of the bands take that are worked on at a time: the fewest, and the most.
    /// </summary>
    private const int FewFloats = 1 << 18;
    private const int MostFloats = 1 << 22;

    /// <summary>The bands that are worked on at a time, where there is room for them.</summary>
    private const int BandsAtATime = 8;

    /// <summary>
    /// The windows that are one chain of additions, and those after which the sums are moved to the total.
    /// </summary>
    private const int Chain = 128;
    private const int PartWindows = 2048;

    /// <summary>The rows of a product that one thread takes at least.</summary>
    private const int ChunkRows = 64;

    public float* Gradient;
    public float* Source;
    public ConvolutionShape Shape;
    public int Group;
    public int Batch;

    /// <summary>The gradient: [group's outputs, kernelHeight, kernelWidth, group's channels].</summary>
    public float* Filters;

    /// <summary>Whether it is added to what is there.</summary>
    public bool Accumulate;

    private float* _sums;
    private int _lanes;
    private SumGroups _all;
    private int _firstBand;
    private int _bands;
    private int _parts;

    private readonly SlidingWindow Window => Shape.Window;

    private readonly AxisTaps Rows => AxisTaps.Rows(Window);

    private readonly AxisTaps Columns => AxisTaps.Columns(Window);

    /// <summary>The windows of a strip, with those that reach into the next one.</summary>
    private readonly int WindowsPerLine =>
        (Columns.Span(Window.OutputWidth) + Window.StrideWidth - 1) / Window.StrideWidth;

    /// <summary>The floats of a strip's column.</summary>
    private readonly int ColumnFloats => Window.KernelHeight * Shape.GroupChannels;

    private readonly int Chunks => (Shape.PatchLength + ChunkRows - 1) / ChunkRows;

    /// <summary>Whether a band's windows are more than a part.</summary>
    private readonly bool IsLong => _all.Size >= Math.Max(1, PartWindows / WindowsPerLine);

    private readonly int LineFloats => checked(WindowsPerLine * Window.StrideWidth * ColumnFloats);

    /// <summary>Computes the gradient of a group's filters.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        _lanes = BlockSizes.RoundUp(Shape.GroupOutputs, TVector.Count);
        int sumFloats = checked(Shape.PatchLength * _lanes);
        int leastLines = ((BandWindows - 1) / Window.OutputWidth) + 1;
        _all = SumGroups.OfAtLeast(
            checked(Batch * Window.OutputHeight),
            BatchSum.RowsOfBlock(Window.OutputHeight, leastLines),
            leastLines,
            Math.Clamp(MostFloats / sumFloats, 1, MaxBands));
        int count = Math.Max(1, _all.Count);
        int atATime = Math.Max(
            FewFloats / sumFloats, Math.Clamp(MostFloats / sumFloats, 1, BandsAtATime));
        atATime = Math.Min(atATime, count);
        _sums = SharedScratch.Get(checked((IsLong ? 2 : 1) * atATime * sumFloats)).Pointer;
        long products = (long)_all.Size * Window.OutputWidth * sumFloats;
        for (; _firstBand < count; _firstBand += atATime)
        {
            _bands = Math.Min(atATime, count - _firstBand);
            _parts = (int)Math.Clamp(
                _bands * products / ConvolutionShape.WorkPerThread,
                1,
                Math.Min(WorkerPool.Parallelism, _bands * Chunks));
            VectorParts.Run<TVector, ConvolutionWeightProduct>(_parts, this);
            var finish = new FinishWork<TVector>(this);
            LineWork.RunRanges(Window.Taps, (long)_bands * sumFloats, ref finish);
            Accumulate = true;
        }
    }

    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int unit, int end) = Partition.Part(_bands * Chunks, _parts, part, grain: 1);
        while (unit < end)
        {
            (int band, int chunk) = Math.DivRem(unit, Chunks);
            int chunks = Math.Min(Chunks - chunk, end - unit);
            int first = chunk * ChunkRows;
            int rows = Math.Min(Shape.PatchLength - first, chunks * ChunkRows);
            SumBand<TVector>(band, first, rows);
            unit += chunks;
        }
    }

    /// <summary>Sums some rows of a band's product.</summary>
    private readonly void SumBand<TVector>(int band, int firstRow, int rows)
        where TVector : struct, ISimdVector<TVector>
    {
        (int line, int lastLine) = _all.Range(_firstBand + band);
        int block = Math.Min(BlockFloats / LineFloats, BlockFloats / (WindowsPerLine * _lanes));
        block = Math.Max(1, Math.Min(block, lastLine - line));

        // Behind the last strip lies what its last windows would reach into.
        int slack = checked(Columns.Span(1) * ColumnFloats);
        int strips = BlockSizes.RoundUp(checked((block * LineFloats) + slack), 16);
        int gradients = BlockSizes.RoundUp(checked(block * WindowsPerLine * _lanes), 16);
        int length = rows * _lanes;
        float* memory = Scratch.Get(checked(strips + gradients + (IsLong ? length : 0)));
        float* total = _sums + (((nint)band * Shape.PatchLength) + firstRow) * _lanes;
        float* rests = total + ((nint)_bands * Shape.PatchLength * _lanes);
        float* sums = total;
        new Span<float>(total, length).Clear();
        if (IsLong)
        {
            sums = memory + strips + gradients;
            new Span<float>(sums, length).Clear();
            new Span<float>(rests, length).Clear();
        }

        int windows = 0;
        for (; line < lastLine; line += block)
        {
            int count = Math.Min(block, lastLine - line);
            Copy<TVector>(line, count, memory, memory + strips);
            new Span<float>(memory + ((nint)count * LineFloats), slack).Clear();
            Multiply<TVector>(memory, memory + strips, count * WindowsPerLine, firstRow, rows, sums);
            windows += count * WindowsPerLine;
            if (IsLong && (windows >= PartWindows || line + count >= lastLine))
            {
                BlockSums.Move(sums, total, rests, length);
                windows = 0;
            }
        }
    }

    /// <summary>Writes the strips and the spaced gradients of a block of lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Copy<TVector>(int line, int count, float* strips, float* gradients)
        where TVector : struct, ISimdVector<TVector>
    {
        int windows = WindowsPerLine;
        for (int i = 0; i < count; i++)
        {
            (int image, int row) = Math.DivRem(line + i, Window.OutputHeight);
            float* pixels = Source + ((nint)image * Window.Pixels * Shape.Channels)
                + ((nint)Group * Shape.GroupChannels);
            Strip.Write<TVector>(
                pixels, Window.Height, Window.Width, Shape.Channels, Shape.GroupChannels, Rows, row,
                Columns.SourceStart, windows * Window.StrideWidth, strips + ((nint)i * LineFloats));
            float* to = gradients + ((nint)i * windows * _lanes);
            float* from = Gradient + ((nint)(line + i) * Window.OutputWidth * Shape.Outputs)
                + ((nint)Group * Shape.GroupOutputs);
            Packing.CopyRows<TVector>(from, Shape.Outputs, Window.OutputWidth, Shape.GroupOutputs, to, _lanes);
            new Span<float>(to + ((nint)Window.OutputWidth * _lanes), (windows - Window.OutputWidth) * _lanes).Clear();
        }
    }

    /// <summary>Adds some rows of a block's product to their sums.</summary>
    private readonly void Multiply<TVector>(
        float* strips, float* gradients, int windows, int firstRow, int rows, float* sums)
        where TVector : struct, ISimdVector<TVector>
    {
        // The patch is one run of floats where its columns are neighbours; else there is one for each column.
        AxisTaps columns = Columns;
        int runs = columns.SourceStep == 1 ? 1 : columns.Count;
        int runLength = Shape.PatchLength / runs;
        nint runStep = (nint)columns.SourceStep * ColumnFloats;
        for (int run = 0; run < runs; run++)
        {
            int first = Math.Max(firstRow, run * runLength);
            int last = Math.Min(firstRow + rows, (run + 1) * runLength);
            if (first < last)
            {
                float* a = strips + (run * runStep) + (first - (run * runLength));
                MultiplyRun<TVector>(a, last - first, gradients, windows, sums + ((nint)(first - firstRow) * _lanes));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MultiplyRun<TVector>(float* a, int rows, float* gradients, int windows, float* c)
        where TVector : struct, ISimdVector<TVector>
    {
        nint aDepth = (nint)Window.StrideWidth * ColumnFloats;
        int depthBlock = BlockSizes.DepthBlock(windows, Chain);
        TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
        for (int k = 0; k < windows; k += depthBlock)
        {
            int steps = Math.Min(depthBlock, windows - k);
            for (int lane = 0; lane < _lanes; lane += 2 * TVector.Count)
            {
                int vectors = Math.Min(2, (_lanes - lane) / TVector.Count);
                RegisterTile.MultiplyAll<TVector>(
                    range, vectors, steps, a + (k * aDepth), 1, aDepth, gradients + ((nint)k * _lanes) + lane, _lanes,
                    c + lane, _lanes, accumulate: true);
            }
        }
    }

    /// <summary>
    /// Adds up the bands, tap by tap, and brings the sums from [columns, rows, channels, outputs] to the weight's own order.
    /// </summary>
    private readonly struct FinishWork<TVector>(ConvolutionWeightProduct product) : ILineRangeWork
        where TVector : struct, ISimdVector<TVector>
    {
        private readonly ConvolutionWeightProduct _product = product;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            ConvolutionShape shape = _product.Shape;
            int length = shape.GroupChannels * _product._lanes;
            nint band = (nint)shape.PatchLength * _product._lanes;
            for (int tap = start; tap < end; tap++)
            {
                (int column, int row) = Math.DivRem(tap, shape.Window.KernelHeight);
                float* filters = _product.Filters
                    + (((row * shape.Window.KernelWidth) + column) * (nint)shape.GroupChannels);
                float* sum = _product._sums + ((nint)tap * length);
                float* next = sum + band;
                int others = _product._bands - 1;
                if (_product.Accumulate)
                {
                    // Every band is a term of its own, so that it does not matter which bands are at hand.
                    next = sum;
                    sum = Scratch.Get(length);
                    others++;
                    Packing.Turn<TVector>(
                        filters, shape.PatchLength, shape.GroupOutputs, shape.GroupChannels, sum, _product._lanes);
                }

                ElementwiseRun.Apply(new Span<float>(sum, length), new SumPartsRun(next, others, together: 1, band));
                Packing.PutTurned<TVector>(
                    sum, _product._lanes, shape.GroupChannels, shape.GroupOutputs, filters, shape.PatchLength,
                    accumulate: false);
            }
        }
    }
}
