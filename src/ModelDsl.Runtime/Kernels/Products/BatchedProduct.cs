namespace ModelDsl.CompilerServices;

/// <summary>
/// c = Σ a·b for each of many small matrices c, where the sum is over those loops in which c has a step of 0.
/// </summary>
/// <remarks>
/// <para>A result is computed by one thread, product after product, by the kernels of single products, unless there are
/// fewer results than threads and each takes time: then all threads share each product. Either way an element is the
/// same chain of additions. Sums over the samples of a batch are taken in groups, which are added up in their
/// order.</para>
/// <para>Limited by the multiply-add units; with few columns, or matrices of a few elements, by what a product costs
/// besides.</para>
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class BatchedProduct
{
    /// <summary>
    /// The samples of a group, at least, and the most groups of a block, whose sums lie side by side.
    /// </summary>
    private const int GroupSamples = 4;
    private const int MostGroups = 8;

    /// <summary>All products.</summary>
    /// <param name="left">The left matrices.</param>
    /// <param name="right">The right matrices.</param>
    /// <param name="result">The results; must not overlap the others.</param>
    /// <param name="batch">The products.</param>
    /// <param name="accumulate">Whether the products are added to what the results hold.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or a size is negative.</exception>
    public static void Multiply(
        FloatSpan left, FloatSpan right, FloatSpan result, ProductBatch batch, bool accumulate = false)
    {
        Guard.Extents(batch.Rows, batch.Columns, 1);
        Guard.Extents(batch.Rows, batch.Depth, 1);
        Guard.Extents(batch.Depth, batch.Columns, 1);
        if (batch.Samples.Count == 0)
        {
            Clear(result, batch, accumulate);
            return;
        }

        Require(left, batch, batch.LeftFloats, loop => loop.Left);
        Require(right, batch, batch.RightFloats, loop => loop.Right);
        long results = Require(result, batch, batch.ResultFloats, loop => loop.Result);
        if (batch.ResultFloats == 0)
        {
            return;
        }

        var work = new Work(left.Pointer, right.Pointer, result.Pointer, batch) { Accumulate = accumulate };
        if (batch.Samples.Result == 0)
        {
            SumSamples(work, result.Slice(0, (int)results), accumulate);
            return;
        }

        int items = checked(batch.Samples.Count * work.Targets);
        if (work.SharesProducts(items))
        {
            work.RunShared(0, items);
            return;
        }

        RangeLoop<Work>.Run(work, items, grain: 1, work.ItemsPerThread);
    }

    // The gradient of no samples is zero.
    private static void Clear(FloatSpan result, ProductBatch batch, bool accumulate)
    {
        if (batch.Samples.Result == 0 && !accumulate && !result.GoesOn)
        {
            result.AsSpan().Clear();
        }
    }

    private static void SumSamples(Work work, FloatSpan result, bool accumulate)
    {
        ProductBatch batch = work.Batch;
        int samples = batch.Samples.Count;
        accumulate |= result.GoesOn;
        var groups = SumGroups.OfAtLeast(samples, BatchSum.RowsOfBlock(result, samples), GroupSamples, MostGroups);
        FloatSpan parts = SharedScratch.Get(checked(groups.Together * result.Length));
        if (!accumulate)
        {
            result.AsSpan().Clear();
        }

        for (int first = 0; first < groups.Count; first += groups.Together)
        {
            int count = Math.Min(groups.Together, groups.Count - first);
            work.SetGroups(groups, first, parts);
            int items = checked(count * work.Targets);
            if (work.SharesProducts(items))
            {
                work.RunShared(0, items);
            }
            else
            {
                RangeLoop<Work>.Run(work, items, grain: 1, work.ItemsPerThread);
            }

            ElementwiseRun.Apply(
                result.AsSpan(), new SumPartsRun(parts.Pointer, count, groups.Together, result.Length));
        }
    }

    // The floats that an operand must have.
    private static long Require(FloatSpan operand, ProductBatch batch, long matrixFloats, Func<MatrixLoop, int> step)
    {
        long last = Last(batch.Samples);
        foreach (MatrixLoop loop in batch.Loops)
        {
            last += Last(loop);
        }

        long floats = checked((last + 1) * matrixFloats);
        if (floats > operand.Length)
        {
            throw new ArgumentException(
                Invariant($"expected {last + 1} matrices of {matrixFloats} values, got {operand.Length} values"));
        }

        return floats;

        long Last(MatrixLoop loop)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(step(loop));
            ArgumentOutOfRangeException.ThrowIfLessThan(loop.Count, 1);
            return (loop.Count - 1L) * step(loop);
        }
    }

    /// <summary>Results, each with the products that it is the sum of.</summary>
    private struct Work : IRangeKernel
    {
        private readonly float* _left;
        private readonly float* _right;
        private readonly ProductBatch _batch;
        private readonly int _sums;
        private float* _result;
        private SumGroups _groups;
        private int _firstGroup;
        private int _partFloats;

        public Work(float* left, float* right, float* result, ProductBatch batch)
        {
            _left = left;
            _right = right;
            _result = result;
            _batch = batch;
            (Targets, _sums) = (1, 1);
            foreach (MatrixLoop loop in batch.Loops)
            {
                if (loop.Result == 0)
                {
                    _sums = checked(_sums * loop.Count);
                }
                else
                {
                    Targets = checked(Targets * loop.Count);
                }
            }
        }

        public readonly ProductBatch Batch => _batch;

        /// <summary>The results of a sample, or of all where they are sums over samples.</summary>
        public int Targets { get; }

        public bool Accumulate { get; init; }

        public readonly int ItemsPerThread => (int)Math.Clamp(ParallelProduct.ThreadThreshold / Cost, 1, int.MaxValue);

        // The multiply-adds of a result, of one sample at least.
        private readonly long Cost => Math.Max(1, _batch.LeftFloats * _batch.Columns * _sums);

        /// <summary>Whether all threads share each product.</summary>
        public readonly bool SharesProducts(int items) =>
            _batch.Depth > LongProduct.Slab
            || (items < WorkerPool.Parallelism && Cost >= 2 * ParallelProduct.ThreadThreshold);

        /// <summary>Takes the sums of some groups of samples, side by side.</summary>
        public void SetGroups(SumGroups groups, int first, FloatSpan parts)
        {
            (_groups, _firstGroup) = (groups, first);
            _result = parts.Pointer;
            _partFloats = parts.Length / groups.Together;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public readonly void Invoke<TVector>(int start, int end)
            where TVector : struct, ISimdVector<TVector>
        {
            var multiply = default(Alone<TVector>);
            for (int item = start; item < end; item++)
            {
                Compute(item, ref multiply);
            }
        }

        public readonly void RunShared(int start, int end)
        {
            var multiply = default(Shared);
            for (int item = start; item < end; item++)
            {
                Compute(item, ref multiply);
            }
        }

        private readonly void Compute<TMultiply>(int item, ref TMultiply multiply)
            where TMultiply : struct, IMultiply
        {
            (int outer, int target) = Math.DivRem(item, Targets);
            (int sample, int end) = _partFloats > 0 ? _groups.Range(_firstGroup + outer) : (outer, outer + 1);
            Place place = default;
            place.Move(_batch.Loops, target, isSum: false);
            Product product = _batch.Product;
            long first = _partFloats > 0
                ? (long)outer * _partFloats
                : (long)outer * _batch.Samples.Result * _batch.ResultFloats;
            product.C = _result + first + (place.Result * _batch.ResultFloats);
            product.Accumulate = Accumulate && _partFloats == 0;
            for (; sample < end; sample++)
            {
                for (int sum = 0; sum < _sums; sum++)
                {
                    Place here = place;
                    here.Move(_batch.Loops, sum, isSum: true);
                    float* left = _left + ((here.Left + ((nint)sample * _batch.Samples.Left)) * _batch.LeftFloats);
                    float* right = _right + ((here.Right + ((nint)sample * _batch.Samples.Right)) * _batch.RightFloats);
                    product.A = product.Turned ? right : left;
                    product.B = product.Turned ? left : right;
                    multiply.Run(product);
                    product.Accumulate = true;
                }
            }
        }
    }

    /// <summary>Matrices that belong together.</summary>
    private struct Place
    {
        public nint Left;
        public nint Right;
        public nint Result;

        /// <summary>Moves to a round of the loops that are summed over, or of the others.</summary>
        public void Move(MatrixLoops loops, int round, bool isSum)
        {
            for (int i = MatrixLoops.Count - 1; i >= 0; i--)
            {
                MatrixLoop loop = loops[i];
                if (loop.Result == 0 == isSum)
                {
                    (round, int turn) = Math.DivRem(round, loop.Count);
                    Left += (nint)turn * loop.Left;
                    Right += (nint)turn * loop.Right;
                    Result += (nint)turn * loop.Result;
                }
            }
        }
    }

    /// <summary>How one product is computed.</summary>
    private interface IMultiply
    {
        void Run(in Product product);
    }

    /// <summary>By all threads.</summary>
    private readonly struct Shared : IMultiply
    {
        public void Run(in Product product) => ParallelProduct.Run(product);
    }

    /// <summary>By the calling thread.</summary>
    private readonly struct Alone<TVector> : IMultiply
        where TVector : struct, ISimdVector<TVector>
    {
        public void Run(in Product product)
        {
            if (SmallProduct.Takes(product))
            {
                SmallProduct.Compute<TVector>(product);
            }
            else if (product.Turned)
            {
                TurnedProduct.Compute<TVector>(product, 0, product.Rows, 0, product.Lanes);
            }
            else
            {
                StraightProduct.Compute<TVector>(product, 0, product.Rows, 0, product.Lanes);
            }
        }
    }
}
