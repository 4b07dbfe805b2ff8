namespace ModelDsl.Kernels;

/// <summary>
/// y = weight·(x - mean)·scale + bias for each row of a matrix, with scale = 1 / √(mean of (x - mean)² + epsilon), where
/// the mean is that of the row (<see cref="LayerNorm"/>) or 0 (<see cref="RmsNorm"/>).
/// </summary>
/// <remarks>
/// <para>A row stays in the first cache while it is passed over: twice to measure it, once to write it. Sums over rows
/// (the gradients of weight and bias) are taken in parts of fixed bounds and added in order, so they do not depend on the
/// threads.</para>
/// <para>Limited by memory once the matrix is larger than the caches.</para>
/// </remarks>
/// <param name="input">x: [rows, columns].</param>
/// <param name="weight">[columns].</param>
/// <param name="statistics">The mean and the scale of each row: [rows, 2].</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of features.</param>
/// <param name="centered">Whether the mean is that of the row.</param>
internal readonly unsafe struct RowNormalization(
    FloatSpan input, FloatSpan weight, FloatSpan statistics, int rows, int columns, bool centered)
{
    /// <summary>The floats of working memory that <see cref="Backward"/> needs for each column.</summary>
    public const int ScratchRows = KernelContract.NormalizationScratchRows;

    private const int MaximumParts = ScratchRows / 2;
    private const int RowsPerPart = 16;

    /// <summary>The rows of a part whose sums are taken plainly.</summary>
    private const int RowsPerBlock = 64;

    /// <summary>Elements below which a second thread costs more than it brings.</summary>
    private const int ElementsPerThread = 1 << 14;

    private readonly FloatSpan _input = input;
    private readonly FloatSpan _weight = weight;
    private readonly FloatSpan _statistics = statistics;
    private readonly int _rows = rows;
    private readonly int _columns = columns;
    private readonly bool _centered = centered;

    /// <summary>Writes y, and the statistics where their memory is not empty.</summary>
    public void Forward<TEpilogue>(FloatSpan bias, FloatSpan output, float epsilon, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        CheckOperands();
        Guard.Matrix(output, _rows, _columns);
        if (!bias.IsEmpty)
        {
            Guard.Vector(bias, _columns);
        }

        if (!_statistics.IsEmpty)
        {
            Guard.Matrix(_statistics, _rows, 2, nameof(statistics));
        }

        var work = new ForwardWork<TEpilogue>(this, bias, output, epsilon, Threads, epilogue);
        VectorWidth.RunWithin(_columns, ref work);
    }

    /// <summary>Writes those gradients whose memory is not empty.</summary>
    public void Backward<TEpilogue>(
        FloatSpan outputGradient,
        FloatSpan inputGradient,
        FloatSpan weightGradient,
        FloatSpan biasGradient,
        FloatSpan scratch,
        bool accumulate,
        TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        CheckOperands();
        Guard.Matrix(_statistics, _rows, 2, nameof(statistics));
        Guard.Matrix(outputGradient, _rows, _columns);
        if (!inputGradient.IsEmpty)
        {
            Guard.Matrix(inputGradient, _rows, _columns);
        }

        bool withSums = !weightGradient.IsEmpty || !biasGradient.IsEmpty;
        if (withSums)
        {
            Guard.Matrix(scratch, ScratchRows, _columns);
        }

        accumulate |= weightGradient.GoesOn || biasGradient.GoesOn;
        FloatSpan summed = weightGradient.IsEmpty ? biasGradient : weightGradient;
        var parts = SumGroups.OfAtLeast(_rows, BatchSum.RowsOfBlock(summed, _rows), RowsPerPart, MaximumParts);
        int count = Math.Max(1, parts.Count);
        FloatSpan sums = !withSums ? default
            : count <= MaximumParts ? scratch
            : SharedScratch.Get(checked(2 * count * _columns));
        var work = new BackwardWork<TEpilogue>(
            this, outputGradient, inputGradient, sums, parts, Math.Min(count, Threads), epilogue);
        VectorWidth.RunWithin(_columns, ref work);
        AddParts(sums, weightGradient, first: 0, count, accumulate);
        AddParts(sums, biasGradient, first: 1, count, accumulate);
    }

    private int Threads => (int)Math.Clamp(
        (long)_rows * _columns / ElementsPerThread, 1, Math.Min(WorkerPool.Parallelism, Math.Max(_rows, 1)));

    private void CheckOperands()
    {
        Guard.Matrix(_input, _rows, _columns, nameof(input));
        Guard.Vector(_weight, _columns, nameof(weight));
    }

    private void AddParts(FloatSpan scratch, FloatSpan gradient, int first, int parts, bool accumulate)
    {
        if (gradient.IsEmpty)
        {
            return;
        }

        Guard.Vector(gradient, _columns);
        Span<float> sum = gradient.Slice(0, _columns);
        if (!accumulate)
        {
            sum.Clear();
        }

        for (int part = 0; part < parts; part++)
        {
            ElementwiseRun.Apply(sum, new AddRun(scratch.Slice(((2 * part) + first) * _columns, _columns)));
        }
    }

    private readonly struct ForwardWork<TEpilogue>(
        RowNormalization matrix, FloatSpan bias, FloatSpan output, float epsilon, int threads, TEpilogue epilogue)
        : IVectorWork, IVectorParts
        where TEpilogue : struct, IEpilogue
    {
        private readonly double _perColumn = 1.0 / matrix._columns;

        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> =>
            VectorParts.Run<TVector, ForwardWork<TEpilogue>>(threads, this);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int part)
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = matrix._columns;
            (int start, int end) = Partition.Part(matrix._rows, threads, part, 1);
            for (int row = start; row < end; row++)
            {
                float* x = matrix._input.Pointer + ((long)row * columns);
                float* y = output.Pointer + ((long)row * columns);
                Normalize<TVector>(x, y, row);
                epilogue.Invoke(new Span<float>(y, columns), row, 0);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Normalize<TVector>(float* x, float* y, int row)
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = matrix._columns;

            // Distances from the first element, so that a row of equal ones has exactly their value as its mean.
            float mean = matrix._centered ? (float)(*x + (RowSums.Sum<TVector>(x, *x, columns) * _perColumn)) : 0f;
            float scale = InverseRoot((RowSums.SumOfSquares<TVector>(x, mean, columns) * _perColumn) + epsilon);
            if (!matrix._statistics.IsEmpty)
            {
                matrix._statistics.Pointer[2L * row] = mean;
                matrix._statistics.Pointer[(2L * row) + 1] = scale;
            }

            float* w = matrix._weight.Pointer;
            float* b = bias.IsEmpty ? null : bias.Pointer;
            int i = 0;
            for (; i <= columns - TVector.Count; i += TVector.Count)
            {
                One<TVector>(x, w, b, y, i, mean, scale);
            }

            for (; i < columns; i++)
            {
                One<SimdScalar>(x, w, b, y, i, mean, scale);
            }
        }

        // A root in double precision takes three times as long, and a rounded variance costs half a unit in the last place.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float InverseRoot(double variance)
        {
            float single = (float)variance;
            return single is > 1e-30f and < 1e30f ? 1f / MathF.Sqrt(single) : (float)(1 / Math.Sqrt(variance));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void One<TVector>(float* x, float* w, float* b, float* y, int i, float mean, float scale)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector normalized = (TVector.Load(x + i) - TVector.Broadcast(mean)) * TVector.Broadcast(scale);
            TVector shift = b is null ? TVector.Zero : TVector.Load(b + i);
            TVector.MultiplyAdd(normalized, TVector.Load(w + i), shift).Store(y + i);
        }
    }

    /// <summary>
    /// With n = (x - mean)·scale and h = weight·∂y: ∂x = scale·(h - mean(h) - n·mean(h·n)), where mean(h) stays out if the
    /// rows are not centred; ∂weight = Σ ∂y·n and ∂bias = Σ ∂y over the rows.
    /// </summary>
    private readonly struct BackwardWork<TEpilogue>(
        RowNormalization matrix,
        FloatSpan outputGradient,
        FloatSpan inputGradient,
        FloatSpan scratch,
        SumGroups parts,
        int threads,
        TEpilogue epilogue)
        : IVectorWork, IVectorParts
        where TEpilogue : struct, IEpilogue
    {
        public void Invoke<TVector>()
            where TVector : struct, ISimdVector<TVector> =>
            VectorParts.Run<TVector, BackwardWork<TEpilogue>>(threads, this);

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Invoke<TVector>(int thread)
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = matrix._columns;
            (int first, int last) = Partition.Part(Math.Max(1, parts.Count), threads, thread, 1);
            for (int part = first; part < last; part++)
            {
                (int start, int end) = parts.Range(part);

                // The sums of a part: over all its rows where they are few, else over blocks of rows that are added to it.
                float* sums = null;
                float* rests = null;
                if (!scratch.IsEmpty)
                {
                    FloatSpan own = scratch.Slice(2 * part * columns, 2 * columns);
                    own.AsSpan().Clear();
                    sums = own.Pointer;
                    if (end - start > RowsPerBlock)
                    {
                        sums = Scratch.Get(4L * columns);
                        rests = sums + (2L * columns);
                        new Span<float>(sums, 2 * columns).Clear();
                        new Span<float>(rests, 2 * columns).Clear();
                    }
                }

                for (int row = start; row < end; row++)
                {
                    Differentiate<TVector>(row, sums);
                    if (rests is not null && ((row + 1 - start) % RowsPerBlock == 0 || row + 1 == end))
                    {
                        FloatSpan own = scratch.Slice(2 * part * columns, 2 * columns);
                        BlockSums.Move(sums, own.Pointer, rests, own.Length);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Differentiate<TVector>(int row, float* sums)
            where TVector : struct, ISimdVector<TVector>
        {
            int columns = matrix._columns;
            float* x = matrix._input.Pointer + ((long)row * columns);
            float* dy = outputGradient.Pointer + ((long)row * columns);
            float* w = matrix._weight.Pointer;
            float mean = matrix._statistics.Pointer[2L * row];
            float scale = matrix._statistics.Pointer[(2L * row) + 1];
            if (sums is not null)
            {
                int c = 0;
                for (; c <= columns - TVector.Count; c += TVector.Count)
                {
                    AddToSums<TVector>(x, dy, sums, sums + columns, c, mean, scale);
                }

                for (; c < columns; c++)
                {
                    AddToSums<SimdScalar>(x, dy, sums, sums + columns, c, mean, scale);
                }
            }

            if (inputGradient.IsEmpty)
            {
                return;
            }

            TVector sumOfGradient = TVector.Zero, restOfGradient = TVector.Zero;
            TVector sumOfProduct = TVector.Zero, restOfProduct = TVector.Zero;
            int i = 0;
            while (i <= columns - TVector.Count)
            {
                TVector gradients = TVector.Zero, products = TVector.Zero;
                long end = Math.Min(columns - TVector.Count, i + ((LongSum.Block - 1L) * TVector.Count));
                for (; i <= end; i += TVector.Count)
                {
                    TVector h = TVector.Load(dy + i) * TVector.Load(w + i);
                    gradients += h;
                    products = TVector.MultiplyAdd(h, Normalized<TVector>(x, i, mean, scale), products);
                }

                // Nothing has been lost before the second block.
                if (i <= LongSum.Block * TVector.Count)
                {
                    (sumOfGradient, sumOfProduct) = (gradients, products);
                    continue;
                }

                LongSum.Add(ref sumOfGradient, ref restOfGradient, gradients);
                LongSum.Add(ref sumOfProduct, ref restOfProduct, products);
            }

            float meanOfGradient = TVector.Sum(sumOfGradient);
            float meanOfProduct = TVector.Sum(sumOfProduct);
            for (; i < columns; i++)
            {
                float h = dy[i] * w[i];
                meanOfGradient += h;
                meanOfProduct += h * ((x[i] - mean) * scale);
            }

            meanOfGradient = matrix._centered ? meanOfGradient / columns : 0f;
            meanOfProduct /= columns;
            float* dx = inputGradient.Pointer + ((long)row * columns);
            for (i = 0; i <= columns - TVector.Count; i += TVector.Count)
            {
                One<TVector>(x, w, dy, dx, i, mean, scale, meanOfGradient, meanOfProduct);
            }

            for (; i < columns; i++)
            {
                One<SimdScalar>(x, w, dy, dx, i, mean, scale, meanOfGradient, meanOfProduct);
            }

            epilogue.Invoke(new Span<float>(dx, columns), row, 0);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Normalized<TVector>(float* x, int i, float mean, float scale)
            where TVector : struct, ISimdVector<TVector> =>
            (TVector.Load(x + i) - TVector.Broadcast(mean)) * TVector.Broadcast(scale);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddToSums<TVector>(
            float* x, float* dy, float* weightSums, float* biasSums, int i, float mean, float scale)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector gradient = TVector.Load(dy + i);
            TVector.MultiplyAdd(gradient, Normalized<TVector>(x, i, mean, scale), TVector.Load(weightSums + i))
                .Store(weightSums + i);
            (TVector.Load(biasSums + i) + gradient).Store(biasSums + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void One<TVector>(
            float* x, float* w, float* dy, float* dx, int i, float mean, float scale, float meanOfGradient, float meanOfProduct)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector h = TVector.Load(dy + i) * TVector.Load(w + i);
            TVector rest = TVector.MultiplyAdd(
                Normalized<TVector>(x, i, mean, scale), TVector.Broadcast(meanOfProduct), TVector.Broadcast(meanOfGradient));
            ((h - rest) * TVector.Broadcast(scale)).Store(dx + i);
        }
    }
}
