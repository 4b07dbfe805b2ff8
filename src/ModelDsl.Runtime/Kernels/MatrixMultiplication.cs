namespace ModelDsl.CompilerServices;

/// <summary>Products of row-major matrices of floats, in the three forms that forward and backward passes take.</summary>
/// <remarks>
/// A result is finished by one thread, block by block, and its epilogue runs while the block is in the cache. How the
/// work is divided depends on the shape alone, so results are the same to the last bit for every thread count.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class MatrixMultiplication
{
    /// <summary>The rows and the depth from which it pays to turn an operand of a narrow result; found by measurement.</summary>
    private const int NarrowRows = 32;
    private const int NarrowDepth = 32;

    /// <summary>The rows from which a packed weight is read rather than the weight itself; found by measurement.</summary>
    private const int PackedRows = 4;

    /// <summary>c[m, n] = epilogue(a[m, k]·b[n, k]ᵀ), the forward pass of a layer with the weight b.</summary>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[n, k].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="epilogue">What is done to each finished value, from <see cref="Epilogue.Of{T}(T)"/>.</param>
    /// <param name="accumulate">Whether the product is added to what c holds before the epilogue.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void TimesTransposed<TEpilogue>(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, TEpilogue epilogue, bool accumulate = false)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Matrix(a, m, k);
        Guard.Matrix(b, n, k);
        Guard.Matrix(c, m, n);

        // How the terms of an element are added up must not depend on the number of rows, from 32 on: a batch may come
        // in parts of whole blocks of samples.
        bool isSmall = SmallProduct.Suits(m, n, k);
        int rows = isSmall ? Math.Max(m, DotProducts.ManyRows) : m;
        if (Math.Min(rows, n) <= DotProducts.FewRows && !DotProducts.AreShort(rows, n, k))
        {
            RunDotProducts(a, b, c, m, n, k, ref epilogue, accumulate);
            return;
        }

        // The weight is best read where it lies. What is copied, and turned, is the smaller operand.
        bool turned = isSmall
            ? SmallProduct.IsBetterTurned(m, n, k)
            : ((long)m * k) + ((long)m * n) < (long)n * k;
        Factor left = Factor.OfLines(a, k);
        Factor right = Factor.OfLines(b, k);
        Product product = turned ? new Product(right, left, c, n, m, k) : new Product(left, right, c, m, n, k);
        product.CRow = n;
        product.Turned = turned;
        product.Accumulate = accumulate;
        product.Epilogue = EpilogueBlock.Of(ref epilogue);
        ParallelProduct.Run(product);
    }

    /// <summary>c[m, n] = epilogue(a[m, k]·b[n, k]ᵀ) with a weight b that may have been packed before.</summary>
    /// <remarks>From 25 rows on, the bits are those of the product without a packed weight.</remarks>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[n, k].</param>
    /// <param name="packed">The same weight packed, or null where it was not.</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums.</param>
    /// <param name="epilogue">What is done to each finished value.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape, or the packed weight has another.</exception>
    public static void TimesTransposed<TEpilogue>(
        FloatSpan a, FloatSpan b, PackedMatrix? packed, FloatSpan c, int m, int n, int k, TEpilogue epilogue)
        where TEpilogue : struct, IEpilogue
    {
        if (packed is null || m < PackedRows || n <= DotProducts.FewRows)
        {
            TimesTransposed(a, b, c, m, n, k, epilogue);
            return;
        }

        packed.Require(n, k);
        Guard.Matrix(a, m, k);
        Guard.Matrix(b, n, k);
        Guard.Matrix(c, m, n);
        ParallelProduct.Run(new Product(Factor.OfLines(a, k), Factor.OfLines(b, k), c, m, n, k)
        {
            Panels = packed.Panels,
            Epilogue = EpilogueBlock.Of(ref epilogue),
        });
        GC.KeepAlive(packed);
    }

    /// <summary>c[m, n] = epilogue(a[m, k]·b[k, n]), the gradient of a layer's input where b is its weight.</summary>
    /// <param name="a">[m, k].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="epilogue">What is done to each finished value, from <see cref="Epilogue.Of{T}(T)"/>.</param>
    /// <param name="accumulate">Whether the product is added to what c holds before the epilogue.</param>
    /// <typeparam name="TEpilogue">The type of the epilogue.</typeparam>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void Times<TEpilogue>(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, TEpilogue epilogue, bool accumulate = false)
        where TEpilogue : struct, IEpilogue
    {
        Guard.Matrix(a, m, k);
        Guard.Matrix(b, k, n);
        Guard.Matrix(c, m, n);
        if (IsNarrow(m, n, k))
        {
            // Turned, b lies along k, as a does.
            FloatSpan turned = SharedScratch.Get(n * k);
            Packing.PutTurned(b.Pointer, n, k, n, turned.Pointer, k, accumulate: false);
            RunDotProducts(a, turned, c, m, n, k, ref epilogue, accumulate);
            return;
        }

        ParallelProduct.Run(new Product(Factor.OfLines(a, k), Factor.OfSteps(b, n), c, m, n, k)
        {
            Accumulate = accumulate,
            Epilogue = EpilogueBlock.Of(ref epilogue),
        });
    }

    /// <summary>
    /// c[m, n] = a[k, m]ᵀ·b[k, n] and rowSums[m] = Σ a[·, m], the gradients of a layer's weight and bias where a is the
    /// gradient of its output and b its input.
    /// </summary>
    /// <param name="a">[k, m].</param>
    /// <param name="b">[k, n].</param>
    /// <param name="c">[m, n]; must not overlap the operands.</param>
    /// <param name="rowSums">[m], or empty where the sums are not wanted.</param>
    /// <param name="m">The number of rows of the result.</param>
    /// <param name="n">The number of columns of the result.</param>
    /// <param name="k">The number of products that each element sums; with 0 the sum is 0.</param>
    /// <param name="accumulate">Whether the results are added to what c and rowSums hold.</param>
    /// <exception cref="ArgumentException">An operand is shorter than its shape.</exception>
    public static void TransposedTimes(
        FloatSpan a, FloatSpan b, FloatSpan c, FloatSpan rowSums, int m, int n, int k, bool accumulate = false)
    {
        Guard.Matrix(a, k, m);
        Guard.Matrix(b, k, n);
        Guard.Matrix(c, m, n);
        if (!rowSums.IsEmpty)
        {
            Guard.Vector(rowSums, m);
        }

        // The tiles of a product sum the rows on their way, but not where it is turned.
        if (!rowSums.IsEmpty && (n == 0 || IsBetterTurned(m, n, k)))
        {
            Columns.Sum(a, rowSums, k, m, accumulate);
            rowSums = default;
        }

        if (!c.IsGradient)
        {
            TransposedTimes(a, b, c, rowSums, m, n, k, new ChainOfSteps(accumulate));
            return;
        }

        // The gradient of a weight is a sum over the samples of a batch, which may come in parts. One chain of
        // additions goes on from part to part; a sum over many rows is made of chains that begin where blocks of
        // samples do.
        BatchSum batch = BatchSum.Current;
        accumulate |= batch.GoesOn;
        if (batch.WholeRows(k) <= LongProduct.Slab)
        {
            TransposedTimes(
                a, b, c, rowSums, m, n, k,
                new ChainOfSteps(accumulate) { GoesOn = true, FixedSteps = BlockSizes.MaxDepth });
            return;
        }

        long chain = batch.RowsOfChain(k);
        bool isWhole = chain <= BlockSizes.MaxDepth;
        int steps = isWhole ? Math.Max(1, k) : batch.RowsPerSample(k);
        for (int row = 0; row < Math.Max(1, k); row += steps)
        {
            int rows = Math.Min(steps, k - row);
            TransposedTimes(
                a.Slice(row * m, rows * m), b.Slice(row * n, rows * n), c, rowSums, m, n, rows,
                new ChainOfSteps(accumulate || row > 0) { FixedSteps = isWhole ? (int)chain : BlockSizes.MaxDepth });
        }
    }

    private static void TransposedTimes(
        FloatSpan a, FloatSpan b, FloatSpan c, FloatSpan rowSums, int m, int n, int k, ChainOfSteps chain)
    {
        if (n == 0 || IsBetterTurned(m, n, k))
        {
            TurnedTransposedTimes(a, b, c, m, n, k, chain);
            return;
        }

        ParallelProduct.Run(new Product(Factor.OfSteps(a, m), Factor.OfSteps(b, n), c, m, n, k)
        {
            Accumulate = chain.Accumulate,
            GoesOn = chain.GoesOn,
            FixedSteps = chain.FixedSteps,
            RowSums = rowSums.IsEmpty ? null : rowSums.Pointer,
        });
    }

    /// <summary>As bᵀ·a, with the wide operand on the lanes of the register tile, whose result is turned into c.</summary>
    private static void TurnedTransposedTimes(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, ChainOfSteps chain)
    {
        if (n == 0)
        {
            return;
        }

        FloatSpan turned = SharedScratch.Get(m * n);
        bool startsFrom = chain is { Accumulate: true, FixedSteps: > 0 };
        if (startsFrom)
        {
            Packing.PutTurned(c.Pointer, n, m, n, turned.Pointer, m, accumulate: false);
        }

        TransposedTimes(b, a, turned, default, n, m, k, chain with { Accumulate = startsFrom });
        Packing.PutTurned(turned.Pointer, m, n, m, c.Pointer, n, chain.Accumulate && !startsFrom);
    }

    // A narrow result would leave lanes of the register tile empty.
    private static bool IsNarrow(int m, int n, int k) =>
        n <= DotProducts.FewRows && m >= NarrowRows && k >= NarrowDepth;

    // A small result whose columns are whole vectors is sooner computed than turned. The depth does not decide: a batch
    // and its parts must take the same form.
    private static bool IsBetterTurned(int m, int n, int k) =>
        IsNarrow(m, n, k) && (n % VectorWidth.Count != 0 || (long)m * n > SmallProduct.MostElements);

    private static void RunDotProducts<TEpilogue>(
        FloatSpan a, FloatSpan b, FloatSpan c, int m, int n, int k, ref TEpilogue epilogue, bool accumulate)
        where TEpilogue : struct, IEpilogue => DotProducts.Run(new DotProducts
        {
            A = a.Pointer,
            B = b.Pointer,
            C = c.Pointer,
            Rows = m,
            Columns = n,
            Depth = k,
            Accumulate = accumulate,
            Epilogue = EpilogueBlock.Of(ref epilogue),
        });

    /// <summary>How the steps of a product are added up.</summary>
    /// <param name="Accumulate">As <see cref="Product.Accumulate"/>.</param>
    private readonly record struct ChainOfSteps(bool Accumulate)
    {
        /// <inheritdoc cref="Product.GoesOn"/>
        public bool GoesOn { get; init; }

        /// <inheritdoc cref="Product.FixedSteps"/>
        public int FixedSteps { get; init; }
    }
}
