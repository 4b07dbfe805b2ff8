namespace ModelDsl.Kernels;

/// <summary>
/// weightGradient[o, 3 x 3, c] = Gᵀ[Σ over tiles (A·gradient[4 x 4 pixels, o]·Aᵀ) ⊙ (Bᵀ·source[6 x 6 pixels, c]·B)]G.
/// </summary>
/// <remarks>
/// See <see cref="WinogradAxis"/> for the transforms. For each of the 36 points a block of tiles is the depth of a product,
/// [outputs, tiles] · [tiles, channels]; the sums of some outputs and channels are brought back to 3 x 3 taps while they are
/// in the cache and added up as such. Many tiles are divided into groups (<see cref="SumGroups"/>), each with a
/// gradient of its own, and a thread takes one after the other, or some outputs of one: nobody waits before all is
/// added up. Limited by the multiply-add units with many channels, by the transforms with few.
/// </remarks>
internal unsafe struct WinogradWeightProduct : IVectorParts
{
    /// <summary>The largest number of tiles between two visits to the gradient.</summary>
    private const int MaxTiles = 64;

    /// <summary>The visits after which the sums are moved to the gradient.</summary>
    private const int PartBlocks = 16;

    /// <summary>The outputs whose transformed gradients lie together.</summary>
    private const int ChunkOutputs = 64;

    /// <summary>
    /// A group has at least so many tiles, where a block of samples has them, but a block no more groups than
    /// <see cref="MaxGroups"/>.
    /// </summary>
    private const int GroupTiles = 192;
    private const int MaxGroups = 32;

    /// <summary>
    /// The groups that are worked on at a time, or more where their sums take fewer floats than these.
    /// </summary>
    private const int GroupsAtATime = 8;
    private const int SumsFloats = 1 << 18;

    public float* Gradient;
    public float* Source;
    public ConvolutionShape Shape;
    public int Batch;

    /// <summary>[outputs, 3, 3, channels].</summary>
    public float* Result;

    /// <summary>Whether the gradient is added to what is there.</summary>
    public bool Accumulate;

    private float* _sums;
    private SumGroups _all;
    private int _firstGroup;
    private int _groups;
    private int _parts;

    private readonly WinogradTiling Tiling => new(Shape.Window.OutputHeight, Shape.Window.OutputWidth);

    /// <summary>Whether the first group is summed in the result itself.</summary>
    private readonly bool StartsInResult => !Accumulate;

    private readonly int Chunks => (Shape.Outputs + ChunkOutputs - 1) / ChunkOutputs;

    private readonly int WeightFloats => Shape.Outputs * Shape.PatchLength;

    /// <summary>Computes the gradient.</summary>
    public void Run()
    {
        if (Batch == 0)
        {
            if (!Accumulate)
            {
                new Span<float>(Result, WeightFloats).Clear();
            }

            return;
        }

        int tiles = Tiling.PerImage;
        _all = SumGroups.OfAtLeast(
            checked(Batch * tiles), BatchSum.RowsOfBlock(tiles, MaxTiles), GroupTiles, MaxGroups);
        int atATime = Math.Min(_all.Count, Math.Max(GroupsAtATime, SumsFloats / WeightFloats));
        _sums = SharedScratch.Get(checked(atATime * WeightFloats)).Pointer;
        long products = (long)_all.Size * WinogradTile.Products * Shape.Channels * Shape.Outputs;
        for (; _firstGroup < _all.Count; _firstGroup += atATime)
        {
            _groups = Math.Min(atATime, _all.Count - _firstGroup);
            _parts = (int)Math.Clamp(_groups * products / ConvolutionShape.WorkPerThread, 1, WorkerPool.Parallelism);
            _parts = Math.Min(_parts, _groups * Chunks);
            VectorParts.Run(_parts, this);
            int first = StartsInResult ? 1 : 0;
            if (_groups > first)
            {
                var work = new SumWork(
                    Result,
                    _sums + ((nint)first * WeightFloats),
                    _groups - first,
                    WeightFloats / Shape.Outputs,
                    WeightFloats);
                LineWork.RunRanges(Shape.Outputs, (long)_groups * WeightFloats, ref work);
            }

            Accumulate = true;
        }
    }

    public readonly void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int unit, int end) = Partition.Part(_groups * Chunks, _parts, part, grain: 1);
        while (unit < end)
        {
            (int group, int chunk) = Math.DivRem(unit, Chunks);
            int chunks = Math.Min(Chunks - chunk, end - unit);
            Compute<TVector>(group, chunk, chunks);
            unit += chunks;
        }
    }

    /// <summary>Sums a group's tiles for some chunks of outputs.</summary>
    private readonly void Compute<TVector>(int group, int firstChunk, int chunks)
        where TVector : struct, ISimdVector<TVector>
    {
        (int tile, int endTile) = _all.Range(_firstGroup + group);
        int blocks = (endTile - tile + MaxTiles - 1) / MaxTiles;
        int size = (endTile - tile + blocks - 1) / blocks;
        int panelWidth = 2 * TVector.Count;
        int panels = (Shape.Channels + panelWidth - 1) / panelWidth;
        var block = new Block
        {
            Target = group == 0 && StartsInResult ? Result : _sums + ((nint)group * WeightFloats),
            InputStride = WinogradTile.PointStride(size * panelWidth),
            GradientStride = WinogradTile.PointStride(size * ChunkOutputs),
            SumStride = WinogradTile.PointStride(ChunkOutputs * panelWidth),
        };
        long inputs = (long)panels * WinogradTile.Products * block.InputStride;
        long gradients = (long)chunks * WinogradTile.Products * block.GradientStride;
        long sums = WinogradTile.Products * block.SumStride;
        int zeros = BlockSizes.RoundUp(Math.Max(Shape.Channels, Shape.Outputs), 16);
        int firstOutput = firstChunk * ChunkOutputs;
        int length = Math.Min(chunks * ChunkOutputs, Shape.Outputs - firstOutput) * Shape.PatchLength;
        bool isLong = blocks > PartBlocks;
        int buffer = BlockSizes.RoundUp(WinogradTile.BufferFloats<TVector>(), 16);
        block.Inputs = Scratch.Get(
            inputs + gradients + sums + zeros + buffer + (isLong ? 2L * BlockSizes.RoundUp(length, 16) : 0));
        block.Gradients = block.Inputs + inputs;
        block.Sums = block.Gradients + gradients;
        block.Zeros = block.Sums + sums;
        block.Buffer = block.Zeros + zeros;
        new Span<float>(block.Zeros, zeros).Clear();
        bool accumulate = false;
        float* total = block.Target + ((nint)firstOutput * Shape.PatchLength);
        float* part = block.Buffer + buffer;
        float* rests = part + BlockSizes.RoundUp(length, 16);
        if (isLong)
        {
            // Sums go to the part first, which lies in working memory and holds these outputs alone.
            block.Target = part - ((nint)firstOutput * Shape.PatchLength);
            new Span<float>(part, length).Clear();
            new Span<float>(rests, length).Clear();
            new Span<float>(total, length).Clear();
            accumulate = true;
        }

        for (int number = 1; tile < endTile; tile += size, number++)
        {
            block.Start = tile;
            block.Count = Math.Min(size, endTile - tile);
            Transform<TVector>(block, firstChunk * ChunkOutputs, chunks);
            for (int panel = 0; panel < panels; panel++)
            {
                for (int chunk = 0; chunk < chunks; chunk++)
                {
                    Multiply<TVector>(block, panel, chunk, (firstChunk + chunk) * ChunkOutputs, accumulate);
                }
            }

            accumulate = true;
            if (isLong && (number % PartBlocks == 0 || tile + size >= endTile))
            {
                BlockSums.Move(part, total, rests, length);
            }
        }
    }

    private readonly void Transform<TVector>(in Block block, int firstOutput, int chunks)
        where TVector : struct, ISimdVector<TVector>
    {
        float** pixels = stackalloc float*[WinogradTile.Products];
        SlidingWindow window = Shape.Window;
        WinogradTiling tiling = Tiling;
        int panelWidth = 2 * TVector.Count;
        int outputs = Math.Min(chunks * ChunkOutputs, Shape.Outputs - firstOutput);
        for (int i = 0; i < block.Count; i++)
        {
            (int image, int top, int left) = tiling.Place(block.Start + i);
            WinogradTile.Locate(
                Source + ((nint)image * window.Pixels * Shape.Channels), window.Height, window.Width, Shape.Channels,
                top - window.PaddingTop, left - window.PaddingLeft, WinogradAxis.Points, block.Zeros, pixels);
            WinogradTile.TransformInputs<TVector>(
                pixels, Shape.Channels, panelWidth, WinogradTile.Products * block.InputStride,
                block.Inputs + ((nint)i * panelWidth), block.InputStride, block.Buffer);
            WinogradTile.Locate(
                Gradient + ((nint)image * window.OutputPixels * Shape.Outputs) + firstOutput,
                tiling.Height, tiling.Width, Shape.Outputs, top, left, WinogradAxis.Outputs, block.Zeros, pixels);
            WinogradTile.TransformGradients<TVector>(
                pixels, outputs, ChunkOutputs, WinogradTile.Products * block.GradientStride,
                block.Gradients + ((nint)i * ChunkOutputs), block.GradientStride, block.Buffer);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void Multiply<TVector>(in Block block, int panel, int chunk, int output, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int panelWidth = 2 * TVector.Count;
        int lane = panel * panelWidth;
        int lanes = Math.Min(panelWidth, Shape.Channels - lane);
        int vectors = (lanes + TVector.Count - 1) / TVector.Count;
        int rows = Math.Min(ChunkOutputs, Shape.Outputs - output);
        TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
        float* gradients = block.Gradients + (chunk * WinogradTile.Products * block.GradientStride);
        float* inputs = block.Inputs + (panel * WinogradTile.Products * block.InputStride);
        float* sums = block.Sums;
        for (int point = 0; point < WinogradTile.Products; point++)
        {
            RegisterTile.MultiplyAll<TVector>(
                range, vectors, block.Count, gradients, 1, ChunkOutputs, inputs, panelWidth, sums, panelWidth,
                accumulate: false);
            gradients += block.GradientStride;
            inputs += block.InputStride;
            sums += block.SumStride;
        }

        for (int row = 0; row < rows; row++)
        {
            WinogradTile.TransformFilterGradients<TVector>(
                block.Sums + (row * panelWidth), block.SumStride, lanes,
                block.Target + ((nint)(output + row) * Shape.PatchLength) + lane, Shape.Channels, accumulate, block.Buffer);
        }
    }

    /// <summary>The tiles that are worked on, and the memory for them.</summary>
    private struct Block
    {
        public int Start;
        public int Count;

        /// <summary>The gradient that the tiles' is added to.</summary>
        public float* Target;

        /// <summary>[panels of channels, points, tiles, channels of a panel].</summary>
        public float* Inputs;
        public nint InputStride;

        /// <summary>[chunks of outputs, points, tiles, outputs of a chunk].</summary>
        public float* Gradients;
        public nint GradientStride;

        /// <summary>[points, outputs of a chunk, channels of a panel].</summary>
        public float* Sums;
        public nint SumStride;

        public float* Zeros;
        public float* Buffer;
    }

    /// <summary>Adds the other groups' gradients to that of the first, in their order.</summary>
    private readonly struct SumWork(float* result, float* sums, int groups, int lineFloats, int groupFloats) : ILineRangeWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            nint first = (nint)start * lineFloats;
            ElementwiseRun.Apply(
                new Span<float>(result + first, (end - start) * lineFloats), new GroupSum(sums + first, groups, groupFloats));
        }
    }

    private readonly struct GroupSum(float* sums, int groups, int groupFloats) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector>
        {
            float* from = sums + index;
            for (int group = 0; group < groups; group++)
            {
                values += Operand.Load<TVector>(from, count);
                from += groupFloats;
            }

            return values;
        }
    }
}
