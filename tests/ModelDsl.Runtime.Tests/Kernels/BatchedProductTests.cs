namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Many products at once against naive loops, between guard pages.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class BatchedProductTests : IDisposable
{
    private readonly KernelMemory _memory = new();

    public void Dispose()
    {
        BatchSum.Current = default;
        _memory.Dispose();
    }

    [Fact]
    public void Products_of_many_sizes_match_a_naive_loop()
    {
        int[] sizes = [1, 2, 3, 7, 8, 16, 17, 33];
        int seed = 0;
        foreach (int rows in sizes)
        {
            foreach (int columns in sizes)
            {
                int depth = sizes[seed % sizes.Length];
                Check(new Case(rows, columns, depth) { First = new(3, 1, 1, 1), Seed = seed, Turns = seed++ % 4 });
            }
        }
    }

    [Theory]
    [InlineData(65, 70, 130, 0)]
    [InlineData(130, 3, 260, 1)]
    [InlineData(2, 150, 1100, 2)]
    [InlineData(200, 2, 90, 2)]
    [InlineData(9, 10, 5000, 3)]
    [InlineData(9, 1, 5000, 0)]
    public void Larger_products_match_a_naive_loop(int rows, int columns, int depth, int turns) =>
        Check(new Case(rows, columns, depth) { Turns = turns });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Matrices_that_are_taken_again_and_sums_match_a_naive_loop(int turns)
    {
        Check(new Case(3, 5, 4) { First = new(2, 1, 0, 3), Second = new(3, 0, 1, 1), Turns = turns });
        Check(new Case(3, 5, 4) { First = new(2, 3, 1, 1), Second = new(3, 1, 0, 0), Turns = turns });
        Check(new Case(3, 5, 4) { SampleResult = 0, First = new(2, 1, 1, 1), Second = new(3, 0, 2, 2), Turns = turns });
        Check(new Case(20, 30, 40) { SampleResult = 0, SampleLeft = 0, Batch = 70, Turns = turns });
        Check(new Case(3, 5, 4) { Accumulate = true, First = new(2, 1, 1, 1), Turns = turns });
        Check(new Case(3, 5, 4) { Accumulate = true, SampleResult = 0, Batch = 40, Turns = turns });
    }

    [Fact]
    public void Bits_are_the_same_for_every_number_of_threads()
    {
        Case[] cases =
        [
            new(60, 60, 60) { Batch = 9 },
            new(200, 210, 190) { Batch = 2 },
            new(40, 50, 60) { Batch = 70, SampleResult = 0 },
            new(200, 210, 190) { Batch = 3, SampleResult = 0 },
            new(30, 20, 5000) { Batch = 3 },
        ];
        foreach (Case product in cases)
        {
            int threads = WorkerPool.ThreadCount;
            try
            {
                WorkerPool.ThreadCount = 1;
                float[] one = Run(product).AsSpan().ToArray();
                for (int count = 2; count <= 4; count++)
                {
                    WorkerPool.ThreadCount = count;
                    Bits.Equal(one, Run(product).AsSpan());
                }
            }
            finally
            {
                WorkerPool.ThreadCount = threads;
            }
        }
    }

    [Fact]
    public void Sums_over_a_batch_in_two_parts_have_the_bits_of_the_whole()
    {
        const int Samples = 133, First = 64, Size = 6 * 7;
        FloatSpan left = _memory.Random(Samples * 6 * 5, 1), right = _memory.Random(Samples * 5 * 7, 2);
        FloatSpan whole = _memory.Random(Size, 3), parts = _memory.Random(Size, 4);
        BatchSum.Current = new BatchSum(Samples, Samples, GoesOn: false, IsLast: true);
        BatchedProduct.Multiply(left, right, whole.AsGradient(), Sum(Samples));
        BatchSum.Current = new BatchSum(First, Samples, GoesOn: false, IsLast: false);
        BatchedProduct.Multiply(left.Slice(0, First * 30), right.Slice(0, First * 35), parts.AsGradient(), Sum(First));
        BatchSum.Current = new BatchSum(Samples - First, Samples, GoesOn: true, IsLast: true);
        BatchedProduct.Multiply(
            left.Slice(First * 30, (Samples - First) * 30), right.Slice(First * 35, (Samples - First) * 35),
            parts.AsGradient(), Sum(Samples - First));
        Bits.Equal(whole.AsSpan(), parts.AsSpan());

        static ProductBatch Sum(int samples) => new(6, 7, 5, false, false, new MatrixLoop(samples, 1, 1, 0));
    }

    [Fact]
    public void No_samples_have_no_products_and_a_sum_of_zero()
    {
        FloatSpan result = _memory.Random(6, 1);
        BatchedProduct.Multiply(default, default, result, new(2, 3, 4, false, false, new MatrixLoop(0, 1, 1, 1)));
        Assert.DoesNotContain(0f, result.AsSpan().ToArray());
        BatchedProduct.Multiply(default, default, result, new(2, 3, 4, false, false, new MatrixLoop(0, 1, 1, 0)));
        Assert.All(result.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void NaN_of_a_matrix_reaches_its_own_product_alone()
    {
        FloatSpan left = _memory.Random(2 * 9, 1), right = _memory.Random(2 * 9, 2), result = _memory.Zeros(2 * 9);
        left[9] = float.NaN;
        BatchedProduct.Multiply(left, right, result, new(3, 3, 3, false, false, new MatrixLoop(2, 1, 1, 1)));
        Assert.Equal(
            Enumerable.Range(0, 18).Select(i => i is >= 9 and < 12), result.AsSpan().ToArray().Select(float.IsNaN));
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        FloatSpan short1 = _memory.Zeros(23), enough = _memory.Zeros(24);
        ProductBatch batch = new(3, 3, 4, false, false, new MatrixLoop(2, 1, 1, 1));
        Assert.Throws<ArgumentException>(() => BatchedProduct.Multiply(short1, enough, enough, batch));
        Assert.Throws<ArgumentException>(() => BatchedProduct.Multiply(enough, short1, enough, batch));
        Assert.Throws<ArgumentException>(() => BatchedProduct.Multiply(enough, enough, _memory.Zeros(17), batch));
    }

    private void Check(Case product)
    {
        FloatSpan result = Run(product);
        double[] expected = product.Expected();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], result[i], 2e-5 * Math.Sqrt(product.Depth * product.Batch));
        }
    }

    private FloatSpan Run(Case product)
    {
        FloatSpan result = _memory.Of(product.Before);
        BatchedProduct.Multiply(
            _memory.Of(product.Left), _memory.Of(product.Right), result, product.Shape, product.Accumulate);
        return result;
    }

    /// <summary>Products of three samples, or more, in up to two loops within each.</summary>
    private sealed record Case(int Rows, int Columns, int Depth)
    {
        public int Batch { get; init; } = 3;

        public (int Count, int Left, int Right, int Result) First { get; init; } = (1, 1, 1, 1);

        public (int Count, int Left, int Right, int Result) Second { get; init; } = (1, 1, 1, 1);

        public int? SampleResult { get; init; }

        public int? SampleLeft { get; init; }

        public int Turns { get; init; }

        public int Seed { get; init; }

        public bool Accumulate { get; init; }

        public float[] Left => Random(Rows * Depth, SampleLeft ?? 1, loop => loop.Left, 1);

        public float[] Right => Random(Depth * Columns, 1, loop => loop.Right, 2);

        public float[] Before => Random(Rows * Columns, SampleResult ?? 1, loop => loop.Result, 3);

        public ProductBatch Shape => new(
            Rows, Columns, Depth, (Turns & 1) != 0, (Turns & 2) != 0,
            new MatrixLoop(Batch, (SampleLeft ?? 1) * Matrices(loop => loop.Left), Matrices(loop => loop.Right), (SampleResult ?? 1) * Matrices(loop => loop.Result)),
            new MatrixLoop(First.Count, First.Left, First.Right, First.Result),
            new MatrixLoop(Second.Count, Second.Left, Second.Right, Second.Result));

        public double[] Expected()
        {
            (float[] left, float[] right) = (Left, Right);
            double[] result = [.. Before.Select(value => (double)value)];
            if (!Accumulate)
            {
                Array.Clear(result);
            }

            for (int i = 0; i < Batch * First.Count * Second.Count; i++)
            {
                (int sample, int a, int b) = (i / Second.Count / First.Count, i / Second.Count % First.Count, i % Second.Count);
                int l = (SampleLeft ?? 1) * sample * Matrices(loop => loop.Left), r = sample * Matrices(loop => loop.Right);
                int c = (SampleResult ?? 1) * sample * Matrices(loop => loop.Result);
                l = (l + (a * First.Left) + (b * Second.Left)) * Rows * Depth;
                r = (r + (a * First.Right) + (b * Second.Right)) * Depth * Columns;
                c = (c + (a * First.Result) + (b * Second.Result)) * Rows * Columns;
                for (int place = 0; place < Rows * Columns; place++)
                {
                    (int row, int column) = Math.DivRem(place, Columns);
                    for (int k = 0; k < Depth; k++)
                    {
                        result[c + place] += (double)left[l + ((Turns & 1) != 0 ? (k * Rows) + row : (row * Depth) + k)]
                            * right[r + ((Turns & 2) != 0 ? (column * Depth) + k : (k * Columns) + column)];
                    }
                }
            }

            return result;
        }

        private int Matrices(Func<(int Count, int Left, int Right, int Result), int> step) =>
            1 + ((First.Count - 1) * step(First)) + ((Second.Count - 1) * step(Second));

        private float[] Random(int size, int samples, Func<(int Count, int Left, int Right, int Result), int> step, int number)
        {
            float[] values = new float[size * Matrices(step) * (samples == 0 ? 1 : Batch)];
            new Philox((ulong)((Seed * 8) + number)).FillUniform(values, -1f, 1f);
            return values;
        }
    }
}
