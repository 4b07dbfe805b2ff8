namespace ModelDsl.Kernels;

/// <summary>
/// weightGradient[o, i, j, c] = Σ over all windows of gradient[window, o] · source[window's pixel i, j, c], for few outputs and
/// channels.
/// </summary>
/// <remarks>
/// A row of a window lies in the image as it is, and its columns and channels are the lanes: for each row of the kernel, a
/// row of windows is the depth of a product [outputs, windows] · [windows, columns and channels]. Only rows with their border
/// are copied, each once. Limited by multiply-adds, of which some are spent on lanes behind the kernel's last column. Lines
/// are summed in groups (<see cref="SumGroups"/>), each by one thread.
/// </remarks>
internal unsafe struct NarrowWeightProduct : IVectorWork, IVectorParts
{
    /// <summary>About how many floats of rows are worked on at a time, so that they stay in the first-level cache.</summary>
    private const int RowsFloats = 1 << 12;

    private const int MaxOutputs = 16;
    private const int MaxChannels = 16;

    /// <summary>
    /// A group has at least so many lines, where a block of samples has them, but a block no more groups than
    /// <see cref="MaxGroups"/>.
    /// </summary>
    private const int GroupLines = 64;
    private const int MaxGroups = 16;

    /// <summary>About how many floats the sums of the groups take that are worked on at a time.</summary>
    private const int SumsFloats = 1 << 18;

    /// <summary>
    /// The windows of one chain of additions, and those, or the lines, after which the sums are moved to the total.
    /// </summary>
    private const int Chain = 128;
    private const int PartWindows = 2048;
    private const int PartLines = 64;

    public float* Gradient;
    public float* Source;
    public ConvolutionShape Shape;
    public int Batch;

    /// <summary>The gradient: [outputs, kernelHeight, kernelWidth, channels].</summary>
    public float* Filters;

    /// <summary>Whether it is added to what is there.</summary>
    public bool Accumulate;

    private float* _sums;
    private SumGroups _all;
    private int _firstGroup;
    private int _groups;
    private int _parts;

    private readonly SlidingWindow Window => Shape.Window;

    /// <summary>The floats of a window's row.</summary>
    private readonly int RunFloats => Window.KernelWidth * Shape.Channels;

    /// <summary>The floats of a row with all that its windows see.</summary>
    private readonly int RowFloats =>
        checked((((Window.OutputWidth - 1) * Window.StrideWidth) + Window.KernelWidth) * Shape.Channels);

    /// <summary>Whether a convolution is one of few channels.</summary>
    public static bool Suits(in ConvolutionShape shape) =>
        shape.Groups == 1
        && shape.Window.DilationWidth == 1
        && shape.Outputs <= MaxOutputs
        && shape.Channels <= MaxChannels;

    /// <summary>The floats of a group's sums: [kernel rows, outputs, a run in whole vectors].</summary>
    private readonly int SumFloats<TVector>()
        where TVector : struct, ISimdVector<TVector> =>
        checked(Window.KernelHeight * Shape.Outputs * BlockSizes.RoundUp(RunFloats, TVector.Count));

    /// <summary>Computes the gradient of the filters.</summary>
    public void Invoke<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        int sumFloats = BlockSizes.RoundUp(SumFloats<TVector>(), 16);
        _all = SumGroups.OfAtLeast(
            checked(Batch * Window.OutputHeight),
            BatchSum.RowsOfBlock(Window.OutputHeight, least: 1),
            GroupLines,
            MaxGroups);
        int count = Math.Max(1, _all.Count);
        int atATime = Math.Min(count, Math.Max(MaxGroups, SumsFloats / sumFloats));
        _sums = SharedScratch.Get(checked(atATime * sumFloats)).Pointer;
        for (; _firstGroup < count; _firstGroup += atATime)
        {
            _groups = Math.Min(atATime, count - _firstGroup);
            _parts = Shape.Parts(Batch, _groups);
            VectorParts.Run<TVector, NarrowWeightProduct>(_parts, this);
            Add<TVector>(sumFloats);
            Accumulate = true;
        }
    }

    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int start, int end) = Partition.Part(_groups, _parts, part, grain: 1);
        for (int group = start; group < end; group++)
        {
            SumGroup<TVector>(group);
        }
    }

    /// <summary>Adds the groups at hand to the filters, in their order.</summary>
    private readonly void Add<TVector>(int sumFloats)
        where TVector : struct, ISimdVector<TVector>
    {
        int width = BlockSizes.RoundUp(RunFloats, TVector.Count);
        for (int run = 0; run < Window.KernelHeight * Shape.Outputs; run++)
        {
            (int row, int output) = Math.DivRem(run, Shape.Outputs);
            float* to = Filters + ((((nint)output * Window.KernelHeight) + row) * RunFloats);
            for (int i = 0; i < RunFloats; i += TVector.Count)
            {
                int count = Math.Min(TVector.Count, RunFloats - i);
                float* from = _sums + ((nint)run * width) + i;
                TVector sum = Accumulate ? Operand.Load<TVector>(to + i, count) : TVector.Zero;
                for (int group = 0; group < _groups; group++)
                {
                    sum += TVector.Load(from + ((nint)group * sumFloats));
                }

                Operand.Store(sum, to + i, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void SumGroup<TVector>(int group)
        where TVector : struct, ISimdVector<TVector>
    {
        int sumFloats = SumFloats<TVector>();
        float* sums = _sums + ((nint)group * BlockSizes.RoundUp(sumFloats, 16));
        new Span<float>(sums, sumFloats).Clear();
        int width = BlockSizes.RoundUp(RunFloats, TVector.Count);
        int halo = (Window.KernelHeight - 1) * Window.DilationHeight;
        int rowFloats = RowFloats;
        int blockRows = Math.Clamp(RowsFloats / rowFloats / Window.StrideHeight, 1, Window.OutputHeight);
        int sourceRows = ((blockRows - 1) * Window.StrideHeight) + 1 + halo;

        // Behind the last row lies what the last windows' vectors reach into.
        int all = checked(sourceRows * rowFloats);
        int rowsLength = BlockSizes.RoundUp(all + width, 16);
        float* rows = Scratch.Get((long)rowsLength + (2L * BlockSizes.RoundUp(sumFloats, 16)));
        float* part = rows + rowsLength;
        float* rests = part + BlockSizes.RoundUp(sumFloats, 16);
        new Span<float>(rows, all + width).Clear();
        new Span<float>(part, sumFloats).Clear();
        new Span<float>(rests, sumFloats).Clear();
        int partLines = Math.Clamp(PartWindows / Window.OutputWidth, 1, PartLines);
        int lines = 0;
        int imageFloats = Window.Width * Shape.Channels;
        (int line, int end) = _all.Range(_firstGroup + group);
        while (line < end)
        {
            (int image, int row) = Math.DivRem(line, Window.OutputHeight);
            int count = Math.Min(Math.Min(blockRows, Window.OutputHeight - row), end - line);
            PaddedRows.Copy(
                Source + ((nint)image * Window.Height * imageFloats), Window.Height, imageFloats,
                (row * Window.StrideHeight) - Window.PaddingTop, ((count - 1) * Window.StrideHeight) + 1 + halo,
                Window.PaddingLeft * Shape.Channels, rows, rowFloats);
            for (int i = 0; i < count; i++)
            {
                AddLine<TVector>(
                    Gradient + ((nint)(line + i) * Window.OutputWidth * Shape.Outputs),
                    rows + ((nint)i * Window.StrideHeight * rowFloats), rowFloats, part, width);
                if (++lines % partLines == 0 || line + i + 1 == end)
                {
                    BlockSums.Move(part, sums, rests, sumFloats);
                }
            }

            line += count;
        }
    }

    /// <summary>Adds a line's windows to the sums, chain by chain.</summary>
    private readonly void AddLine<TVector>(float* gradient, float* rows, int rowFloats, float* sums, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        nint step = Window.StrideWidth * Shape.Channels;
        for (int window = 0; window < Window.OutputWidth; window += Chain)
        {
            AddWindows<TVector>(
                gradient + ((nint)window * Shape.Outputs), rows + (window * step),
                Math.Min(Chain, Window.OutputWidth - window), rowFloats, sums, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void AddWindows<TVector>(
        float* gradient, float* rows, int windows, int rowFloats, float* sums, int width)
        where TVector : struct, ISimdVector<TVector>
    {
        TileRange range = TileRange.Of(Shape.Outputs, RegisterTile.MaxRows<TVector>());
        nint step = Window.StrideWidth * Shape.Channels;
        for (int i = 0; i < Window.KernelHeight; i++)
        {
            for (int lane = 0; lane < width; lane += 2 * TVector.Count)
            {
                int vectors = Math.Min(2, (width - lane) / TVector.Count);
                RegisterTile.MultiplyAll<TVector>(
                    range, vectors, windows, gradient, 1, Shape.Outputs, rows + lane, step, sums + lane, width,
                    accumulate: true);
            }

            sums += Shape.Outputs * width;
            rows += Window.DilationHeight * rowFloats;
        }
    }
}
