namespace ModelDsl.Kernels;

/// <summary>
/// result[u, v, c] = Σ source[pixel i, j of the window, c] · weight[i, j, c] for lines of pixels: a depthwise convolution, or
/// the transposed one, which is the gradient of its input.
/// </summary>
/// <remarks>
/// Pixels whose windows lie within the source are summed up to six at a time, so that a weight is read once for six
/// multiply-adds, and windows of 3x3 down several lines, so that it stays in a register. Of a window at the border only
/// the taps within are summed. Limited by the way of the images to and from memory, or by loads where they are in the
/// cache.
/// </remarks>
internal unsafe struct DepthwiseLines : IVectorWork, IVectorParts, IFilterOrder
{
    /// <summary>Multiply-adds from which another thread pays for its hand-over.</summary>
    private const long ThreadThreshold = 1 << 17;

    /// <summary>
    /// About how many floats of the result are finished together, while they are in the first-level cache.
    /// </summary>
    private const int BlockFloats = 1 << 12;

    /// <summary>
    /// About how many floats of the source the strips of some lines pass over, one vector of channels after the other.
    /// </summary>
    private const int StripFloats = 1 << 14;

    private readonly float* _source;
    private readonly float* _filters;
    private readonly float* _result;
    private readonly SlidingWindow _window;
    private readonly int _channels;
    private readonly int _lines;
    private readonly long _products;
    private readonly bool _isTransposed;
    private readonly EpilogueBlock _epilogue;

    // A window's extents are quotients: they are not computed anew for every line.
    private readonly int _sourceHeight;
    private readonly int _sourceWidth;
    private readonly int _resultHeight;
    private readonly int _resultWidth;

    private float* _weight;
    private int _parts;

    /// <summary>The operands.</summary>
    /// <param name="source">[batch, source's height, source's width, channels].</param>
    /// <param name="weight">[channels, taps].</param>
    /// <param name="result">[batch, result's height, result's width, channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="window">How the kernel slides over an image.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="isTransposed">Whether the source is the convolution's result.</param>
    /// <param name="epilogue">What is done to finished pixels.</param>
    /// <param name="packed">The weight in the order of <see cref="Pack"/>, or null.</param>
    public DepthwiseLines(
        FloatSpan source, FloatSpan weight, FloatSpan result, int batch, SlidingWindow window, int channels,
        bool isTransposed, EpilogueBlock epilogue, float* packed = null)
    {
        _weight = packed;
        _source = source.Pointer;
        _filters = weight.Pointer;
        _result = result.Pointer;
        (_window, _channels, _isTransposed, _epilogue) = (window, channels, isTransposed, epilogue);
        (int Height, int Width) filtered = (window.OutputHeight, window.OutputWidth);
        (_sourceHeight, _sourceWidth) = isTransposed ? filtered : (window.Height, window.Width);
        (_resultHeight, _resultWidth) = isTransposed ? (window.Height, window.Width) : filtered;
        _lines = batch * _resultHeight;
        _products = (long)batch * filtered.Height * filtered.Width * window.Taps * channels;
    }

    private readonly int RowPhases => _isTransposed ? _window.StrideHeight : 1;

    private readonly int ColumnPhases => _isTransposed ? _window.StrideWidth : 1;

    /// <summary>Computes the result.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        _weight = FilterOrder.PackedOr<TVector, DepthwiseLines>(_weight, this);
        _parts = (int)Math.Clamp(_products / ThreadThreshold, 1, Math.Min(WorkerPool.Parallelism, _lines));
        VectorParts.Run<TVector, DepthwiseLines>(_parts, this);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(_lines, _parts, part, grain: 1);
        bool isFinished = _epilogue.IsColumnwise(_channels, out ColumnFinish finish);
        int block = isFinished ? end - start : Math.Clamp(BlockFloats / (_resultWidth * _channels), 1, end - start);
        for (int line = start; line < end; line += block)
        {
            int count = Math.Min(block, end - line);
            for (int phase = 0; phase < ColumnPhases; phase++)
            {
                SumLines<TVector>(line, line + count, phase, isFinished ? &finish : null);
            }

            if (!isFinished)
            {
                int pixel = line * _resultWidth;
                _epilogue.Invoke(
                    _result + ((nint)pixel * _channels), _channels, count * _resultWidth, _channels, pixel, 0);
            }
        }
    }

    public readonly int PackedFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        checked(BlockSizes.RoundUp(_channels, TVector.Count) * _window.Taps);

    /// <summary>Brings the weight into the order in which it is read: [vectors of channels, taps, lanes].</summary>
    public readonly void Pack<TVector>(float* to)
        where TVector : struct, ISimdVector<TVector>
    {
        int taps = _window.Taps;
        for (int channel = 0; channel < _channels; channel += TVector.Count)
        {
            Packing.Turn<TVector>(
                _filters + ((nint)channel * taps), taps, Math.Min(TVector.Count, _channels - channel), taps,
                to + ((nint)channel * taps), TVector.Count);
        }
    }

    /// <summary>The sums of the pixels phase, phase + phases, phase + 2 · phases … of some lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void SumLines<TVector>(int start, int end, int phase, ColumnFinish* finish)
        where TVector : struct, ISimdVector<TVector>
    {
        AxisTaps columns = AxisTaps.Columns(_window, _isTransposed, phase);
        int count = (_resultWidth - phase + ColumnPhases - 1) / ColumnPhases;
        (int inner, int border) = columns.Inner(count, _sourceWidth);
        var taps = new DepthwiseTaps
        {
            SourceColumnStep = (nint)columns.SourceStep * _channels,
            SourcePixelStep = (nint)columns.Stride * _channels,
            WeightColumnStep = (nint)columns.KernelStep * TVector.Count,
            WeightVectorStep = (nint)_window.Taps * TVector.Count,
            ResultPixelStep = (nint)ColumnPhases * _channels,
            Channels = _channels,
            Finish = finish,
            Columns = columns.Count,
        };

        // Where only the outermost tap of the outermost pixels is beyond the source, they are no windows by themselves.
        bool isStrip = RowPhases == 1 && DepthwiseStrip.Suits(AxisTaps.Rows(_window, _isTransposed), columns);
        bool joinsFirst = isStrip && inner == 1 && border > inner && columns.SourceStart == -1;
        bool joinsLast = isStrip && border == count - 1 && border > inner
            && columns.Within(border, _sourceWidth) == (0, 2);
        inner -= joinsFirst ? 1 : 0;
        border += joinsLast ? 1 : 0;
        TileRange tiles = border > inner ? TileRange.Of(border - inner, DepthwiseTile.MaxPixels) : default;
        int stripLines = Math.Max(1, StripFloats / (_sourceWidth * _channels));
        int lastWhole = AxisTaps.Rows(_window, _isTransposed).Inner(_resultHeight, _sourceHeight).Last;
        (int image, int row) = Math.DivRem(start, _resultHeight);
        int lines;
        for (int line = start; line < end; line += lines)
        {
            (int resultRow, int rowPhase) = RowPhases == 1 ? (row, 0) : Math.DivRem(row, RowPhases);
            AxisTaps rows = AxisTaps.Rows(_window, _isTransposed, rowPhase);
            (int firstRow, int lastRow) = rows.Within(resultRow, _sourceHeight);
            int sourceRow = (resultRow * rows.Stride) + rows.SourceStart + (firstRow * rows.SourceStep);
            taps.Rows = lastRow - firstRow;
            lines = isStrip && taps.Rows == rows.Count
                ? Math.Min(stripLines, Math.Min(end - line, lastWhole - row))
                : 1;
            taps.Lines = lines;
            taps.SourceRowStep = (nint)rows.SourceStep * _sourceWidth * _channels;
            taps.SourceLineStep = (nint)rows.Stride * _sourceWidth * _channels;
            taps.ResultLineStep = (nint)_resultWidth * _channels;
            taps.WeightRowStep = (nint)rows.KernelStep * _window.KernelWidth * TVector.Count;
            float* source = _source
                + (((((nint)image * _sourceHeight) + sourceRow) * _sourceWidth) + columns.SourceStart) * _channels;
            float* weight = _weight
                + (((nint)rows.Kernel(firstRow) * _window.KernelWidth) + columns.KernelStart) * TVector.Count;
            float* result = _result + ((((nint)line * _resultWidth) + phase) * _channels);
            SumBorder<TVector>(taps, columns, 0, inner, source, weight, result);

            taps.Source = source + (inner * taps.SourcePixelStep);
            taps.Weight = weight;
            taps.Columns = columns.Count;
            float* to = result + (inner * taps.ResultPixelStep);
            for (int tile = 0; tile < tiles.Count; tile++)
            {
                int pixels = tiles.HeightOf(tile);
                taps.SkipsFirst = joinsFirst && tile == 0;
                taps.SkipsLast = joinsLast && tile == tiles.Count - 1;
                if (isStrip && taps.Rows > 0)
                {
                    DepthwiseStrip.Sum<TVector>(taps, pixels, to);
                }
                else
                {
                    DepthwiseTile.Sum<TVector>(taps, pixels, to);
                }

                taps.Source += pixels * taps.SourcePixelStep;
                to += pixels * taps.ResultPixelStep;
            }

            SumBorder<TVector>(taps, columns, border, count, source, weight, result);
            row += lines;
            if (row == _resultHeight)
            {
                image++;
                row = 0;
            }
        }
    }

    /// <summary>
    /// The sums of pixels whose windows reach over the border, in all lines of a strip: of each, the taps within the
    /// source.
    /// </summary>
    private readonly void SumBorder<TVector>(
        DepthwiseTaps taps, AxisTaps columns, int start, int end, float* source, float* weight, float* result)
        where TVector : struct, ISimdVector<TVector>
    {
        for (int pixel = start; pixel < end; pixel++)
        {
            (int first, int last) = columns.Within(pixel, _sourceWidth);
            taps.Source = source + (pixel * taps.SourcePixelStep) + (first * taps.SourceColumnStep);
            taps.Weight = weight + (first * taps.WeightColumnStep);
            taps.Columns = last - first;
            float* to = result + (pixel * taps.ResultPixelStep);
            for (int line = 0; line < taps.Lines; line++)
            {
                DepthwiseTile.Sum<TVector>(taps, 1, to);
                taps.Source += taps.SourceLineStep;
                to += taps.ResultLineStep;
            }
        }
    }
}
