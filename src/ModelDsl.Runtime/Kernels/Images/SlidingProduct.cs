namespace ModelDsl.Kernels;

/// <summary>
/// result[y, x, l] = Σ over taps and channels of source[tap's row, tap's column, k] · weight[tap, k, l]: a convolution, or
/// its transposed, as a matrix product whose rows are the windows of a result row.
/// </summary>
/// <remarks>
/// The weight is packed once into panels of two vectors' width. Of the images only a <see cref="Strip"/> for each result row
/// is copied, into which the register tile reads overlapping windows; a few strips at a time stay in the cache, and so does
/// the part of a panel that they share. A transposed convolution of stride s is s · s phases, each of which is a convolution
/// with every s-th row and column of the kernel, so that no product with an inserted zero is computed. Limited by the
/// multiply-add units from some dozen outputs on. The order of every sum depends on the shape alone.
/// </remarks>
internal unsafe struct SlidingProduct : IVectorWork, IVectorParts, IFilterOrder
{
    /// <summary>How many floats of strips are worked on at a time, so that they share a panel of the weight in the cache.</summary>
    private const int StripFloats = 1 << 16;

    /// <summary>The same where the whole weight is in the first-level cache, and the strips may be there too.</summary>
    private const int FewStripFloats = 1 << 12;
    private const int FewWeightFloats = 1 << 12;

    /// <summary>Multiply-adds from which another thread pays for its hand-over.</summary>
    private const long ThreadThreshold = 1 << 18;

    public ImageProduct Operands;

    private float* _panels;
    private int _parts;

    private readonly ConvolutionShape Shape => Operands.Shape;

    private readonly int Batch => Operands.Batch;

    private readonly bool IsTransposed => Operands.IsTransposed;

    /// <summary>The channels of a source pixel that one group takes.</summary>
    private readonly int GroupDepth => Operands.SourceChannels / Shape.Groups;

    /// <summary>The channels of a result pixel that one group makes.</summary>
    private readonly int GroupLanes => Operands.ResultChannels / Shape.Groups;

    private readonly int RowPhases => IsTransposed ? Shape.Window.StrideHeight : 1;

    private readonly int ColumnPhases => IsTransposed ? Shape.Window.StrideWidth : 1;

    private readonly int UnitsPerImage => (Operands.ResultHeight + RowPhases - 1) / RowPhases;

    /// <summary>Computes the result.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        _panels = FilterOrder.PackedOr<TVector, SlidingProduct>(Operands.Packed, this);
        _parts = Shape.Parts(Batch, Batch * UnitsPerImage, ThreadThreshold);
        VectorParts.Run<TVector, SlidingProduct>(_parts, this);
    }

    private readonly AxisTaps Rows(int phase) => AxisTaps.Rows(Shape.Window, IsTransposed, phase);

    private readonly AxisTaps Columns(int phase) => AxisTaps.Columns(Shape.Window, IsTransposed, phase);

    public readonly int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> => checked(
            Shape.Window.Taps * GroupDepth * Shape.Groups * BlockSizes.RoundUp(GroupLanes, TVector.Count));

    /// <summary>Brings the weight into the order in which the tiles read it: by phase, group, panel, column, row, depth.</summary>
    public readonly void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector>
    {
        nint filter = Shape.PatchLength;
        for (int phase = 0; phase < RowPhases * ColumnPhases; phase++)
        {
            AxisTaps rows = Rows(phase / ColumnPhases);
            AxisTaps columns = Columns(phase % ColumnPhases);
            for (int group = 0; group < Shape.Groups; group++)
            {
                float* filters = Operands.Weight + (group * Shape.GroupOutputs * filter);
                for (int lane = 0; lane < GroupLanes; lane += 2 * TVector.Count)
                {
                    int lanes = Math.Min(2 * TVector.Count, GroupLanes - lane);
                    int width = BlockSizes.RoundUp(lanes, TVector.Count);
                    for (int tap = 0; tap < columns.Count * rows.Count; tap++)
                    {
                        int row = rows.Kernel(tap % rows.Count);
                        int column = columns.Kernel(tap / rows.Count);
                        float* from = filters + (((row * Shape.Window.KernelWidth) + column) * (nint)Shape.GroupChannels);
                        if (IsTransposed)
                        {
                            Packing.CopyRows<TVector>(from + lane, filter, GroupDepth, lanes, to, width);
                        }
                        else
                        {
                            Packing.Turn<TVector>(from + (lane * filter), filter, lanes, GroupDepth, to, width);
                        }

                        to += (nint)GroupDepth * width;
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(Batch * UnitsPerImage, _parts, part, grain: 1);
        int largest = LargestStrip();
        bool isSmall = (long)Shape.PatchLength * Shape.Outputs <= FewWeightFloats;
        int block = Math.Clamp((isSmall ? FewStripFloats : StripFloats) / largest, 1, end - start);
        float* strips = Scratch.Get(((long)block * largest) + (RegisterTile.MaxRows<TVector>() * 2 * TVector.Count));
        float* edge = strips + ((nint)block * largest);
        bool isFinished = FinishesTiles<TVector>(out ColumnFinish finish);
        for (int unit = start; unit < end; unit += block)
        {
            int count = Math.Min(block, end - unit);
            float* panels = _panels;
            for (int phase = 0; phase < RowPhases * ColumnPhases; phase++)
            {
                for (int group = 0; group < Shape.Groups; group++)
                {
                    panels = ComputePhase<TVector>(
                        unit, count, phase / ColumnPhases, phase % ColumnPhases, group, panels, strips, edge,
                        isFinished ? &finish : null);
                }
            }

            if (!isFinished)
            {
                int first = FirstLine(unit) * Operands.ResultWidth;
                Operands.Finish(first, (FirstLine(unit + count) * Operands.ResultWidth) - first);
            }
        }
    }

    /// <summary>
    /// Whether tiles finish what they sum: where lanes fill vectors, and where each pixel is some tile's.
    /// </summary>
    private readonly bool FinishesTiles<TVector>(out ColumnFinish finish)
        where TVector : struct, ISimdVector<TVector>
    {
        finish = default;
        return !IsTransposed
            && GroupLanes % TVector.Count == 0
            && Operands.Epilogue.IsColumnwise(Operands.ResultChannels, out finish);
    }

    private readonly int FirstLine(int unit)
    {
        (int image, int row) = Math.DivRem(unit, UnitsPerImage);
        return (image * Operands.ResultHeight) + (row * RowPhases);
    }

    private readonly int LargestStrip()
    {
        int largest = 1;
        for (int phase = 0; phase < RowPhases * ColumnPhases; phase++)
        {
            AxisTaps rows = Rows(phase / ColumnPhases);
            AxisTaps columns = Columns(phase % ColumnPhases);
            if (rows.Count * columns.Count > 0)
            {
                largest = Math.Max(largest, checked(columns.Span(ResultColumns(phase % ColumnPhases)) * rows.Count * GroupDepth));
            }
        }

        return largest;
    }

    /// <summary>The number of result columns of a phase.</summary>
    private readonly int ResultColumns(int phase) => (Operands.ResultWidth - phase + ColumnPhases - 1) / ColumnPhases;

    /// <summary>One phase of one group for a block of units. Returns where the next one's panels begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly float* ComputePhase<TVector>(
        int unit, int count, int rowPhase, int columnPhase, int group, float* panels, float* strips, float* edge,
        ColumnFinish* finish)
        where TVector : struct, ISimdVector<TVector>
    {
        AxisTaps rows = Rows(rowPhase);
        AxisTaps columns = Columns(columnPhase);
        int results = ResultColumns(columnPhase);
        int depth = columns.Count * rows.Count * GroupDepth;
        float* next = panels + ((nint)depth * BlockSizes.RoundUp(GroupLanes, TVector.Count));
        if (results <= 0)
        {
            return next;
        }

        if (depth == 0)
        {
            ClearPhase(unit, count, rowPhase, columnPhase, group, results);
            return next;
        }

        int stripLength = columns.Span(results) * rows.Count * GroupDepth;
        for (int i = 0; i < count; i++)
        {
            (int image, int row) = Math.DivRem(unit + i, UnitsPerImage);
            float* pixels = Operands.Source
                + ((nint)image * Operands.SourceHeight * Operands.SourceWidth * Operands.SourceChannels) + ((nint)group * GroupDepth);
            Strip.Write<TVector>(
                pixels, Operands.SourceHeight, Operands.SourceWidth, Operands.SourceChannels, GroupDepth,
                rows, row, columns.SourceStart, columns.Span(results), strips + ((nint)i * stripLength));
        }

        // A window is one run where its columns are neighbours; else there is one for each column.
        int runs = columns.SourceStep == 1 ? 1 : columns.Count;
        int runDepth = depth / runs;
        nint runStep = (nint)columns.SourceStep * rows.Count * GroupDepth;
        nint aRow = (nint)columns.Stride * rows.Count * GroupDepth;
        int depthBlock = BlockSizes.DepthBlock(runDepth);
        TileRange range = TileRange.Of(results, RegisterTile.MaxRows<TVector>());
        for (int lane = 0; lane < GroupLanes; lane += 2 * TVector.Count)
        {
            int lanes = Math.Min(2 * TVector.Count, GroupLanes - lane);
            int width = BlockSizes.RoundUp(lanes, TVector.Count);
            ColumnFinish here = finish is null ? default : finish->From((group * GroupLanes) + lane);
            for (int run = 0; run < runs; run++)
            {
                for (int k = 0; k < runDepth; k += depthBlock)
                {
                    float* b = panels + ((nint)((run * runDepth) + k) * width);
                    int steps = Math.Min(depthBlock, runDepth - k);
                    bool isLast = run == runs - 1 && k + steps == runDepth;
                    ColumnFinish* applied = finish is not null && isLast ? &here : null;
                    for (int i = 0; i < count; i++)
                    {
                        (int image, int row) = Math.DivRem(unit + i, UnitsPerImage);
                        int line = (row * RowPhases) + rowPhase;
                        if (line < Operands.ResultHeight)
                        {
                            float* a = strips + ((nint)i * stripLength) + (run * runStep) + k;
                            nint pixel = ((((nint)image * Operands.ResultHeight) + line) * Operands.ResultWidth) + columnPhase;
                            float* c = Operands.Result + (pixel * Operands.ResultChannels) + ((nint)group * GroupLanes) + lane;
                            MultiplyLine<TVector>(
                                range, steps, a, aRow, b, width, lanes, c, edge, run + k > 0, applied);
                        }
                    }
                }
            }

            panels += (nint)depth * width;
        }

        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void MultiplyLine<TVector>(
        TileRange range, int steps, float* a, nint aRow, float* b, int width, int lanes, float* c, float* edge,
        bool accumulate, ColumnFinish* finish)
        where TVector : struct, ISimdVector<TVector>
    {
        nint cRow = (nint)ColumnPhases * Operands.ResultChannels;
        int height = 0;
        RegisterTile kernel = default;
        for (int tile = 0; tile < range.Count; tile++)
        {
            if (range.HeightOf(tile) != height)
            {
                height = range.HeightOf(tile);
                kernel = RegisterTile.Select<TVector>(height, width / TVector.Count, packs: false);
            }

            if (lanes == width)
            {
                kernel.Multiply(steps, a, aRow, 1, b, width, null, c, cRow, accumulate);
                if (finish is not null)
                {
                    finish->Apply<TVector>(c, cRow, height, width / TVector.Count);
                }
            }
            else
            {
                kernel.Multiply(steps, a, aRow, 1, b, width, null, edge, width, false);
                Packing.Put<TVector>(edge, width, height, lanes, c, cRow, accumulate);
            }

            a += height * aRow;
            c += height * cRow;
        }
    }

    /// <summary>Where the kernel is smaller than the stride, some pixels are met by no tap.</summary>
    private readonly void ClearPhase(int unit, int count, int rowPhase, int columnPhase, int group, int results)
    {
        for (int i = 0; i < count; i++)
        {
            (int image, int row) = Math.DivRem(unit + i, UnitsPerImage);
            int line = (row * RowPhases) + rowPhase;
            for (int column = 0; column < results && line < Operands.ResultHeight; column++)
            {
                nint pixel = ((((nint)image * Operands.ResultHeight) + line) * Operands.ResultWidth) + columnPhase + (column * ColumnPhases);
                new Span<float>(Operands.Result + (pixel * Operands.ResultChannels) + ((nint)group * GroupLanes), GroupLanes).Clear();
            }
        }
    }
}
