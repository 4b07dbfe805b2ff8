using System.Runtime.CompilerServices;
using ModelDsl.Threading;

namespace ModelDsl.Kernels;

/// <summary>
/// weightGradient[o, i, j, c] = Σ over all windows of gradient[window, o] · source[window's pixel i, j, c], for one group.
/// </summary>
/// <remarks>
/// The strips of some result rows lie one behind the other, and the gradient with as many rows between two result rows as
/// windows would reach from one strip into the next, all zeros: so one product of matrices sums over all windows of the
/// block, [kernel columns · rows · channels, windows] · [windows, outputs], and reads the strips where they lie. Limited
/// by the multiply-add units. How rows are divided into blocks depends on the shape alone, and with it the order of sums.
/// </remarks>
internal unsafe struct ConvolutionWeightProduct
{
    /// <summary>How many floats of strips, and of gradients, are worked on at a time.</summary>
    private const int BlockFloats = 1 << 17;

    /// <summary>Multiply-adds from which another thread pays for its hand-over.</summary>
    private const long ThreadThreshold = 1 << 18;

    public float* Gradient;
    public float* Source;
    public ConvolutionShape Shape;
    public int Group;

    private readonly SlidingWindow Window => Shape.Window;

    private readonly AxisTaps Rows =>
        AxisTaps.Forward(Window.KernelHeight, Window.StrideHeight, Window.DilationHeight, Window.PaddingTop);

    private readonly AxisTaps Columns =>
        AxisTaps.Forward(Window.KernelWidth, Window.StrideWidth, Window.DilationWidth, Window.PaddingLeft);

    /// <summary>The windows of a strip, with those that reach into the next one.</summary>
    private readonly int WindowsPerLine =>
        (Columns.Span(Window.OutputWidth) + Window.StrideWidth - 1) / Window.StrideWidth;

    /// <summary>The floats of a strip's column.</summary>
    private readonly int ColumnFloats => Window.KernelHeight * Shape.GroupChannels;

    private readonly int LineFloats => checked(WindowsPerLine * Window.StrideWidth * ColumnFloats);

    /// <summary>Computes the gradient of a group's filters.</summary>
    /// <param name="filters">[group's outputs, kernelHeight, kernelWidth, group's channels].</param>
    /// <param name="batch">The number of images.</param>
    /// <param name="accumulate">Whether it is added to what is there.</param>
    public void Run(float* filters, int batch, bool accumulate)
    {
        if (SimdVector512.IsHardwareAccelerated)
        {
            Compute<SimdVector512>(filters, batch, accumulate);
        }
        else if (SimdVector256.IsHardwareAccelerated)
        {
            Compute<SimdVector256>(filters, batch, accumulate);
        }
        else if (SimdVector128.IsHardwareAccelerated)
        {
            Compute<SimdVector128>(filters, batch, accumulate);
        }
        else
        {
            Compute<SimdScalar>(filters, batch, accumulate);
        }
    }

    private readonly void Compute<TVector>(float* filters, int batch, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        int lanes = BlockSizes.RoundUp(Shape.GroupOutputs, TVector.Count);
        int lines = batch * Window.OutputHeight;
        int block = Math.Min(BlockFloats / LineFloats, BlockFloats / (WindowsPerLine * lanes));
        block = Math.Max(1, Math.Min(block, lines));

        // Behind the last strip lies what its last windows would reach into.
        int slack = checked(Columns.Span(1) * ColumnFloats);
        int strips = BlockSizes.RoundUp(checked((block * LineFloats) + slack), 16);
        int gradients = checked(block * WindowsPerLine * lanes);
        FloatSpan memory = SharedScratch.Get(checked(strips + gradients + (Shape.PatchLength * lanes)));
        float* sums = memory.Pointer + strips + gradients;
        new Span<float>(memory.Pointer + (block * LineFloats), slack).Clear();
        new Span<float>(sums, Shape.PatchLength * lanes).Clear();
        for (int line = 0; line < lines; line += block)
        {
            int count = Math.Min(block, lines - line);
            if (count < block)
            {
                new Span<float>(memory.Pointer + ((nint)count * LineFloats), slack).Clear();
            }

            var copy = new CopyWork<TVector>(this, memory.Pointer, memory.Pointer + strips, lanes, line);
            LineWork.Run(count, (long)count * (LineFloats + (WindowsPerLine * lanes)), ref copy);
            var multiply = new MultiplyWork<TVector>(
                memory.Pointer, memory.Pointer + strips, sums, lanes, count * WindowsPerLine, this);
            long products = (long)count * WindowsPerLine * lanes * Shape.PatchLength;
            multiply.Parts = (int)Math.Clamp(products / ThreadThreshold, 1, WorkerPool.ThreadCount);
            WorkerPool.Run(multiply.Parts, ref multiply);
        }

        // From [columns, rows, channels, outputs] to the weight's own order.
        for (int tap = 0; tap < Window.Taps; tap++)
        {
            int row = tap % Window.KernelHeight;
            int column = tap / Window.KernelHeight;
            float* from = sums + ((nint)tap * Shape.GroupChannels * lanes);
            float* to = filters + (((row * Window.KernelWidth) + column) * (nint)Shape.GroupChannels);
            Packing.PutTurned<TVector>(
                from, lanes, Shape.GroupChannels, Shape.GroupOutputs, to, Shape.PatchLength, accumulate);
        }
    }

    /// <summary>Writes the strips and the spaced gradients of a block of lines.</summary>
    private readonly struct CopyWork<TVector>(
        ConvolutionWeightProduct product, float* strips, float* gradients, int lanes, int first) : ILineWork
        where TVector : struct, ISimdVector<TVector>
    {
        private readonly ConvolutionWeightProduct _product = product;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            ConvolutionShape shape = _product.Shape;
            SlidingWindow window = shape.Window;
            int windows = _product.WindowsPerLine;
            for (int i = start; i < end; i++)
            {
                (int image, int row) = Math.DivRem(first + i, window.OutputHeight);
                float* pixels = _product.Source
                    + ((nint)image * window.Pixels * shape.Channels) + ((nint)_product.Group * shape.GroupChannels);
                Strip.Write<TVector>(
                    pixels, window.Height, window.Width, shape.Channels, shape.GroupChannels, _product.Rows, row,
                    _product.Columns.SourceStart, windows * window.StrideWidth, strips + ((nint)i * _product.LineFloats));
                float* to = gradients + ((nint)i * windows * lanes);
                float* from = _product.Gradient
                    + ((nint)(first + i) * window.OutputWidth * shape.Outputs) + ((nint)_product.Group * shape.GroupOutputs);
                Packing.CopyRows<TVector>(from, shape.Outputs, window.OutputWidth, shape.GroupOutputs, to, lanes);
                new Span<float>(to + ((nint)window.OutputWidth * lanes), (windows - window.OutputWidth) * lanes).Clear();
            }
        }
    }

    /// <summary>Adds a block's products to the sums, a range of their rows in each part.</summary>
    private struct MultiplyWork<TVector>(
        float* strips, float* gradients, float* sums, int lanes, int windows, ConvolutionWeightProduct product) : IParallelWork
        where TVector : struct, ISimdVector<TVector>
    {
        private readonly ConvolutionWeightProduct _product = product;

        public int Parts;

        public readonly void Invoke(int part)
        {
            // The patch is one run of floats where its columns are neighbours; else there is one for each column.
            AxisTaps columns = _product.Columns;
            int runs = columns.SourceStep == 1 ? 1 : columns.Count;
            int runLength = _product.Shape.PatchLength / runs;
            nint runStep = (nint)columns.SourceStep * _product.ColumnFloats;
            (int start, int end) = Partition.Part(_product.Shape.PatchLength, Parts, part, grain: 2);
            for (int run = 0; run < runs; run++)
            {
                int first = Math.Max(start, run * runLength);
                int last = Math.Min(end, (run + 1) * runLength);
                if (first < last)
                {
                    Multiply(
                        strips + (run * runStep) + (first - (run * runLength)), last - first, sums + ((nint)first * lanes));
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private readonly void Multiply(float* a, int rows, float* c)
        {
            nint aDepth = (nint)_product.Window.StrideWidth * _product.ColumnFloats;
            int depthBlock = BlockSizes.DepthBlock(windows);
            TileRange range = TileRange.Of(rows, RegisterTile.MaxRows<TVector>());
            for (int k = 0; k < windows; k += depthBlock)
            {
                int steps = Math.Min(depthBlock, windows - k);
                for (int lane = 0; lane < lanes; lane += 2 * TVector.Count)
                {
                    int vectors = Math.Min(2, (lanes - lane) / TVector.Count);
                    float* from = a + (k * aDepth);
                    float* b = gradients + ((nint)k * lanes) + lane;
                    float* to = c + lane;
                    for (int tile = 0; tile < range.Count; tile++)
                    {
                        int height = range.HeightOf(tile);
                        RegisterTile.Select<TVector>(height, vectors, packs: false)(
                            steps, from, 1, aDepth, b, lanes, null, to, lanes, true);
                        from += height;
                        to += (nint)height * lanes;
                    }
                }
            }
        }
    }
}
