namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Small products beside the forms in blocks, in every width of vectors and between guard pages.</summary>
public sealed unsafe class SmallProductTests
{
    private enum Sum
    {
        Alone,
        Added,
        GoingOn,
    }

    [Fact]
    public void A_small_product_has_the_bits_of_one_in_blocks_in_every_width() =>
        Gen.Select(Gen.Int[1, 45], Gen.Int[1, 45], Gen.Int[1, 45], Gen.Bool, Gen.Bool, Gen.Enum<Sum>()).Sample(
            (m, n, k, aSteps, bSteps, sum) =>
            {
                AreSame<SimdVector512>(m, n, k, aSteps, bSteps, sum);
                AreSame<SimdVector256>(m, n, k, aSteps, bSteps, sum);
                AreSame<SimdVector128>(m, n, k, aSteps, bSteps, sum);
                AreSame<SimdScalar>(m, n, k, aSteps, bSteps, sum);
            });

    [Fact]
    public void A_small_product_that_is_stored_turned_has_the_bits_of_one_in_blocks_in_every_width() =>
        Gen.Select(Gen.Int[1, 45], Gen.Int[1, 45], Gen.Int[1, 45], Gen.Bool).Sample((m, n, k, accumulate) =>
        {
            AreSameTurned<SimdVector512>(m, n, k, accumulate);
            AreSameTurned<SimdVector256>(m, n, k, accumulate);
            AreSameTurned<SimdVector128>(m, n, k, accumulate);
            AreSameTurned<SimdScalar>(m, n, k, accumulate);
        });

    [Fact]
    public void NaN_and_infinities_stay_in_the_rows_and_columns_that_read_them()
    {
        const int M = 19, N = 21, K = 23;
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(M * K, 1);
        FloatSpan b = memory.Random(N * K, 2);
        FloatSpan c = memory.Zeros(M * N);
        a[(4 * K) + 7] = float.NaN;
        b[(9 * K) + 11] = float.PositiveInfinity;
        MatrixMultiplication.TimesTransposed(a, b, c, M, N, K, Epilogue.None);
        for (int row = 0; row < M; row++)
        {
            for (int column = 0; column < N; column++)
            {
                float value = c[(row * N) + column];
                Assert.Equal(row == 4, float.IsNaN(value));
                Assert.Equal(row != 4 && column == 9, float.IsInfinity(value));
            }
        }
    }

    private static void AreSame<TVector>(int m, int n, int k, bool aSteps, bool bSteps, Sum sum)
        where TVector : struct, ISimdVector<TVector>
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * k, 1), b = memory.Random(n * k, 2);
        FloatSpan small = memory.Random(m * n, 3), inBlocks = memory.Random(m * n, 3);
        FloatSpan smallSums = memory.Random(m, 4), sumsInBlocks = memory.Random(m, 4);
        Factor rows = aSteps ? Factor.OfSteps(a, m) : Factor.OfLines(a, k);
        Factor lanes = bSteps ? Factor.OfSteps(b, n) : Factor.OfLines(b, k);
        Product Of(FloatSpan c, FloatSpan sums) => new(rows, lanes, c, m, n, k)
        {
            Accumulate = sum != Sum.Alone,
            GoesOn = sum == Sum.GoingOn,
            FixedSteps = BlockSizes.MaxDepth,
            RowSums = aSteps ? sums.Pointer : null,
        };

        Assert.True(SmallProduct.Takes(Of(small, smallSums)));
        SmallProduct.Compute<TVector>(Of(small, smallSums));
        StraightProduct.Compute<TVector>(Of(inBlocks, sumsInBlocks), 0, m, 0, n);
        Bits.Equal(inBlocks, small);
        Bits.Equal(sumsInBlocks, smallSums);
    }

    private static void AreSameTurned<TVector>(int m, int n, int k, bool accumulate)
        where TVector : struct, ISimdVector<TVector>
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * k, 1), b = memory.Random(n * k, 2);
        FloatSpan small = memory.Random(m * n, 3), inBlocks = memory.Random(m * n, 3);
        Product Of(FloatSpan c) => new(Factor.OfLines(a, k), Factor.OfLines(b, k), c, m, n, k)
        {
            CRow = m,
            Turned = true,
            Accumulate = accumulate,
        };

        SmallProduct.Compute<TVector>(Of(small));
        TurnedProduct.Compute<TVector>(Of(inBlocks), 0, m, 0, n);
        Bits.Equal(inBlocks, small);
    }
}
