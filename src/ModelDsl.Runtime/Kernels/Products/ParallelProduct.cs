namespace ModelDsl.Kernels;

/// <summary>A product divided among threads by rows and lanes.</summary>
internal readonly unsafe struct ParallelProduct : IVectorParts
{
    /// <summary>
    /// Multiply-adds of a part that pay for its hand-over. Measured: two threads take 1.4 times less than one for 80³, and as long
    /// for 64³.
    /// </summary>
    public const long ThreadThreshold = 1 << 18;

    /// <summary>Parts begin at multiples of these, so that no two threads write to one cache line of an aligned result.</summary>
    private const int RowGrain = 16;
    private const int LaneGrain = 32;

    /// <summary>What part of the cost does not pay for reading what another core has written.</summary>
    private const int LittleDifference = 16;

    /// <summary>On the stack of the caller, which waits.</summary>
    private readonly Product* _product;
    private readonly int _laneParts = 1;
    private readonly int _rowParts = 1;

    /// <summary>
    /// Chooses a grid of parts. Parts that share lanes pack the same part of B, and the slowest part decides, so the grid
    /// with the least of both is taken. Where that makes little difference, rows are divided, as the kernels before and
    /// after a product divide them: a core then reads what it has written itself.
    /// </summary>
    private ParallelProduct(in Product product)
    {
        _product = (Product*)Unsafe.AsPointer(ref Unsafe.AsRef(in product));
        long work = (long)product.Rows * product.Lanes * product.Depth;
        int threads = (int)Math.Min(WorkerPool.Parallelism, work / ThreadThreshold);
        long best = long.MaxValue;
        for (int laneParts = 1; laneParts <= threads; laneParts++)
        {
            int rowParts = threads / laneParts;
            long lanes = Partition.LargestPart(product.Lanes, laneParts, LaneGrain);
            long rows = Partition.LargestPart(product.Rows, rowParts, RowGrain);

            // To pack an element costs about as much as six of its products.
            long cost = lanes * (rows + 6);
            if (cost < best - (best / LittleDifference))
            {
                best = cost;
                _laneParts = laneParts;
                _rowParts = rowParts;
            }
        }
    }

    /// <summary>Computes a product; without rows or lanes nothing is done.</summary>
    public static void Run(in Product product)
    {
        if (product.Rows != 0 && product.Lanes != 0)
        {
            if (SmallProduct.Takes(product))
            {
                var small = new SmallWork(product);
                VectorWidth.Run(ref small);
                return;
            }

            if (product.Depth > LongProduct.Slab && product.FixedSteps == 0)
            {
                LongProduct.Run(product);
                return;
            }

            RunWhole(product);
        }
    }

    /// <summary>Computes a product with rows and lanes in one go, whatever its depth.</summary>
    public static void RunWhole(in Product product)
    {
        var work = new ParallelProduct(product);
        VectorParts.Run(work._laneParts * work._rowParts, work);
    }

    public void Invoke<TVector>(int part)
        where TVector : struct, ISimdVector<TVector>
    {
        (int row, int endRow) = Partition.Part(_product->Rows, _rowParts, part / _laneParts, RowGrain);
        (int lane, int endLane) = Partition.Part(_product->Lanes, _laneParts, part % _laneParts, LaneGrain);
        if (row == endRow || lane == endLane)
        {
            return;
        }

        if (_product->Turned)
        {
            TurnedProduct.Compute<TVector>(*_product, row, endRow, lane, endLane);
        }
        else
        {
            StraightProduct.Compute<TVector>(*_product, row, endRow, lane, endLane);
        }
    }

    private readonly struct SmallWork(in Product product) : IVectorWork
    {
        private readonly Product* _product = (Product*)Unsafe.AsPointer(ref Unsafe.AsRef(in product));

        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> => SmallProduct.Compute<TVector>(*_product);
    }
}
