namespace ModelDsl.Kernels;

/// <summary>A product of many steps of k, such as the gradient of a weight over a long batch: slab by slab.</summary>
/// <remarks>
/// Each slab's product is added to the total with compensation, and a slab's own sums are short chains, so the error does not grow with
/// the depth. The division depends on the shape alone.
/// </remarks>
internal static unsafe class LongProduct
{
    /// <summary>The steps of a slab, and the depth from which a product is divided.</summary>
    public const int Slab = 4096;

    /// <summary>
    /// The steps that are one chain of additions. Each chain visits the result once more, which costs time where the result is
    /// large; a small one waits for its operands' memory anyway.
    /// </summary>
    private const int Chain = 64;
    private const int ChainOfLarge = 256;

    /// <summary>The elements of a small result.</summary>
    private const int SmallResult = 1 << 12;

    /// <summary>The elements of a total that one thread adds to at a time.</summary>
    private const int Block = 1 << 12;

    [ThreadStatic]
    private static AlignedMemory? _memory;

    /// <summary>Computes a product with rows and lanes.</summary>
    public static void Run(in Product product)
    {
        int columns = product.Turned ? product.Rows : product.Lanes;
        int rows = product.Turned ? product.Lanes : product.Rows;
        int length = checked(rows * columns);
        int sums = product.RowSums is null ? 0 : product.Rows;
        int all = checked(length + sums);
        FloatSpan memory = Memory(checked(3 * BlockSizes.RoundUp(all, 16)));
        FloatSpan part = memory.Slice(0, all);
        FloatSpan total = memory.Slice(BlockSizes.RoundUp(all, 16), all);
        FloatSpan rest = memory.Slice(2 * BlockSizes.RoundUp(all, 16), all);
        total.AsSpan().Clear();
        rest.AsSpan().Clear();

        Product slab = product;
        slab.C = part.Pointer;
        slab.CRow = columns;
        slab.RowSums = sums == 0 ? null : part.Pointer + length;
        slab.Panels = null;
        slab.Accumulate = false;
        slab.Epilogue = default;
        slab.Chain = length <= SmallResult ? Chain : ChainOfLarge;
        int count = ((product.Depth - 1) / Slab) + 1;
        int steps = BlockSizes.RoundUp(((product.Depth - 1) / count) + 1, 16);
        for (int k = 0; k < product.Depth; k += steps)
        {
            slab.Depth = Math.Min(steps, product.Depth - k);
            slab.A = product.A + (k * product.ADepth);
            slab.B = product.B + (k * product.BDepth);
            ParallelProduct.RunWhole(slab);
            var add = new AddWork(part.Pointer, total.Pointer, rest.Pointer, all);
            LineWork.RunRanges((all + Block - 1) / Block, all, ref add);
        }

        var finish = new FinishWork(product, total.Pointer, rest.Pointer, columns);
        LineWork.Run(rows, length, ref finish);
        if (sums > 0)
        {
            var to = new Span<float>(product.RowSums, sums);
            Store(to, product.Accumulate, total.Pointer + length, rest.Pointer + length);
        }
    }

    private static FloatSpan Memory(int length)
    {
        if (_memory is null || _memory.Length < length)
        {
            _memory = new AlignedMemory(length);
        }

        return _memory.FloatSpan;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Span<float> destination, bool accumulate, float* total, float* rest)
    {
        if (!accumulate)
        {
            destination.Clear();
        }

        ElementwiseRun.Apply(destination, new StoreRun(total, rest));
    }

    private readonly struct AddWork(float* part, float* total, float* rest, int length) : ILineRangeWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke(int start, int end)
        {
            int first = start * Block;
            int count = (int)Math.Min(length, (long)end * Block) - first;
            ElementwiseRun.Apply(new Span<float>(total + first, count), new AddBlockRun(part + first, rest + first));
        }
    }

    private readonly struct FinishWork(Product product, float* total, float* rest, int columns) : ILineWork
    {
        private readonly Product _product = product;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(int row)
        {
            float* to = _product.C + (row * _product.CRow);
            nint place = (nint)row * columns;
            Store(new Span<float>(to, columns), _product.Accumulate, total + place, rest + place);
            _product.Epilogue.Invoke(to, _product.CRow, 1, columns, row, 0);
        }
    }

    /// <summary>x[i] + (total[i] + rest[i]).</summary>
    private readonly struct StoreRun(float* total, float* rest) : IElementwiseFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Invoke<TVector>(TVector values, int index, int count)
            where TVector : struct, ISimdVector<TVector> =>
            values + (Operand.Load<TVector>(total + index, count) + Operand.Load<TVector>(rest + index, count));
    }
}
