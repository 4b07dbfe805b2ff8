namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class MatrixMultiplicationTests
{
    private const int Largest = 70;

    public enum Form
    {
        TimesTransposed,
        Times,
        TransposedTimes,
    }

    [Theory]
    [InlineData(Form.TimesTransposed)]
    [InlineData(Form.Times)]
    [InlineData(Form.TransposedTimes)]
    public void Products_of_every_pair_of_sizes_up_to_70_match_a_naive_loop(Form form)
    {
        using var operands = new ProductOperands(1 << 16);
        int[] others = [0, 1, 2, 3, 5, 8, 13, 16, 17, 31, 33, 48, 64, 70];
        int seed = 0;
        for (int x = 0; x <= Largest; x++)
        {
            for (int y = 0; y <= Largest; y++)
            {
                int z = others[seed % others.Length];
                bool end = (seed & 1) != 0;
                bool accumulate = (seed & 2) != 0;
                operands.Check(form, x, y, z, end, accumulate, seed++);
                operands.Check(form, z, x, y, end, accumulate, seed);
                operands.Check(form, y, z, x, end, accumulate, seed);
            }
        }
    }

    [Theory]
    [InlineData(Form.TimesTransposed)]
    [InlineData(Form.Times)]
    [InlineData(Form.TransposedTimes)]
    public void Products_of_random_larger_sizes_match_a_naive_loop(Form form)
    {
        using var operands = new ProductOperands(1 << 19);
        var random = new Philox(7);
        for (int i = 0; i < 60; i++)
        {
            int m = 1 + random.NextInt32(i % 3 == 0 ? 600 : 150);
            int n = 1 + random.NextInt32(i % 3 == 1 ? 600 : 150);
            int k = 1 + random.NextInt32(i % 3 == 2 ? 800 : 150);
            operands.Check(form, m, n, k, (i & 1) != 0, (i & 2) != 0, i);
        }
    }

    [Fact]
    public void A_packed_weight_gives_the_bits_of_the_weight_itself()
    {
        var random = new Philox(9);
        for (int i = 0; i < 60; i++)
        {
            using var memory = new KernelMemory();
            int m = 25 + random.NextInt32(100);
            int n = 25 + random.NextInt32(150);
            int k = 1 + random.NextInt32(i % 10 == 0 ? 2500 : 100);
            FloatSpan a = memory.Random(m * k, 1);
            FloatSpan weight = memory.Random(n * k, 2);
            FloatSpan bias = memory.Random(n, 3);
            FloatSpan expected = memory.Zeros(m * n);
            FloatSpan actual = memory.Zeros(m * n);
            var epilogue = Epilogue.Of(new AddBias(bias));
            MatrixMultiplication.TimesTransposed(a, weight, expected, m, n, k, epilogue);
            MatrixMultiplication.TimesTransposed(a, weight, new PackedMatrix(weight, n, k), actual, m, n, k, epilogue);
            Bits.Equal(expected.AsSpan(), actual.AsSpan());
        }
    }

    /// <summary>Such rows are copied before they are multiplied, where there are enough lanes.</summary>
    [Theory]
    [InlineData(7, 256, 1000)]
    [InlineData(9, 256, 1000)]
    [InlineData(40, 290, 1024)]
    [InlineData(300, 256, 1017)]
    [InlineData(33, 300, 2048)]
    [InlineData(20, 256, 4099)]
    public void Rows_4_KiB_apart_have_the_product_of_rows_that_lie_close(int rows, int lanes, int depth)
    {
        using var memory = new KernelMemory();
        FloatSpan b = memory.Random(depth * lanes, 1);
        FloatSpan expected = Multiply(depth + 1), actual = Multiply((depth + 1023) / 1024 * 1024);
        Bits.Equal(expected, actual);

        FloatSpan Multiply(int distance)
        {
            FloatSpan a = memory.Zeros((rows * distance) - distance + depth);
            for (int row = 0; row < rows; row++)
            {
                Fill.Random(a.Slice(row * distance, depth), row + 2);
            }

            FloatSpan c = memory.Zeros(rows * lanes);
            ParallelProduct.Run(
                new Product(new Factor(a, distance, 1), Factor.OfSteps(b, lanes), c, rows, lanes, depth));
            return c;
        }
    }

    [Fact]
    public void A_packed_weight_of_another_shape_is_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(40 * 40);
        var packed = new PackedMatrix(values, 40, 40);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => MatrixMultiplication.TimesTransposed(values, values, packed, values, 40, 38, 40, Epilogue.None));
        Assert.StartsWith("expected a packed weight of [38, 40], got [40, 40]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_operand_that_is_too_short_is_refused_by_name()
    {
        using var memory = new GuardedMemory(64);
        FloatSpan full = memory.AtStart(6);
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => MatrixMultiplication.Times(full, memory.AtStart(5), full, 2, 3, 2, Epilogue.None));
        Assert.Equal("b", error.ParamName);
        Assert.StartsWith("expected at least 2x3 values, got 5", error.Message, StringComparison.Ordinal);
    }

    /// <summary>
    /// Sizes of small, straight and turned products, with and without whole vectors, and several blocks of steps.
    /// </summary>
    [Theory]
    [InlineData(9, 32, 16)]
    [InlineData(40, 48, 7)]
    [InlineData(40, 47, 7)]
    [InlineData(70, 320, 100)]
    [InlineData(300, 64, 1100)]
    [InlineData(20, 512, 300)]
    [InlineData(3, 64, 5000)]
    public void Stages_of_each_column_have_the_bits_of_stages_on_the_finished_product(int m, int n, int k)
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * k, 1), b = memory.Random(n * k, 2);
        FloatSpan mean = memory.Random(n, 3), scale = memory.Random(n, 4), bias = memory.Random(n, 5);
        float[] extremes =
            [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, float.Epsilon, float.MaxValue];
        for (int i = 0; i < extremes.Length; i++)
        {
            a[i % m * k] = extremes[i];
            b[(i + 3) % n * k] = extremes[i];
            bias[(2 * i) % n] = extremes[i];
            scale[(3 * i) % n] = extremes[i];
        }

        Check(new AddBias(bias));
        Check(new Activate<Relu>(default));
        Check(new Normalize(mean, scale, bias));
        Check(Epilogue.Of(new AddBias(bias), new Activate<Relu>(default)));
        Check(Epilogue.Of(new Normalize(mean, scale, bias), new Activate<Relu>(default)));
        Check(Epilogue.Of(new AddBias(bias), new Normalize(mean, scale, bias), new Activate<Relu>(default)));

        void Check<TEpilogue>(TEpilogue epilogue)
            where TEpilogue : struct, IEpilogue
        {
            foreach (bool accumulate in (bool[])[false, true])
            {
                FloatSpan plain = memory.Random(m * n, 6), fused = memory.Random(m * n, 6);
                MatrixMultiplication.TimesTransposed(a, b, plain, m, n, k, Epilogue.None, accumulate);
                Elementwise.Apply(plain, plain, m, n, epilogue);
                MatrixMultiplication.TimesTransposed(a, b, fused, m, n, k, epilogue, accumulate);
                Bits.Equal(plain, fused);
                MatrixMultiplication.Times(a, b, plain, m, n, k, Epilogue.None, accumulate);
                Elementwise.Apply(plain, plain, m, n, epilogue);
                MatrixMultiplication.Times(a, b, fused, m, n, k, epilogue, accumulate);
                Bits.Equal(plain, fused);
            }
        }
    }

    [Theory]
    [InlineData(1, 40, 70)]
    [InlineData(10, 300, 33)]
    [InlineData(130, 10, 64)]
    [InlineData(70, 300, 100)]
    [InlineData(300, 70, 100)]
    [InlineData(33, 47, 1100)]
    public void An_epilogue_gives_the_same_bits_as_its_stages_on_the_finished_product(int m, int n, int k)
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * k, 1);
        FloatSpan rows = memory.Random(n * k, 2);
        FloatSpan bias = memory.Random(n, 3);
        FloatSpan other = memory.Random(m * n, 4);
        FloatSpan kept = memory.Zeros(m * n);
        FloatSpan plain = memory.Zeros(m * n);
        FloatSpan fused = memory.Zeros(m * n);
        var epilogue = Epilogue.Of(
            new AddBias(bias), new Store(kept, n), new Activate<Tanh>(default), new Dropout(0.3f, 7, 5, 1), new Add(other, n));
        foreach (bool transposed in new[] { true, false })
        {
            if (transposed)
            {
                MatrixMultiplication.TimesTransposed(a, rows, plain, m, n, k, Epilogue.None);
                MatrixMultiplication.TimesTransposed(a, rows, fused, m, n, k, epilogue);
            }
            else
            {
                MatrixMultiplication.Times(a, rows, plain, m, n, k, Epilogue.None);
                MatrixMultiplication.Times(a, rows, fused, m, n, k, epilogue);
            }

            Elementwise.Apply(plain, plain, m, n, new AddBias(bias));
            Bits.Equal(plain, kept);
            Elementwise.Apply(plain, plain, m, n, new Activate<Tanh>(default));
            Elementwise.Apply(plain, plain, m, n, new Dropout(0.3f, 7, 5, 1));
            Elementwise.Apply(plain, plain, m, n, new Add(other, n));
            Bits.Equal(plain, fused);
        }
    }

    [Theory]
    [InlineData(5, 4000)]
    [InlineData(200, 90)]
    [InlineData(90, 200)]
    public void Nothing_is_left_of_what_the_result_held_before_even_NaN(int m, int n)
    {
        const int K = 37;
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * K, 1);
        FloatSpan b = memory.Random(K * n, 2);
        FloatSpan c = memory.Zeros(m * n);
        c.AsSpan().Fill(float.NaN);
        MatrixMultiplication.Times(a, b, c, m, n, K, Epilogue.None);
        Assert.False(c.AsSpan().Contains(float.NaN));
        c.AsSpan().Fill(float.NaN);
        MatrixMultiplication.TimesTransposed(a, b, c, m, n, K, Epilogue.None);
        Assert.False(c.AsSpan().Contains(float.NaN));
        c.AsSpan().Fill(float.NaN);
        MatrixMultiplication.TransposedTimes(a, b, c, default, m, n, K);
        Assert.False(c.AsSpan().Contains(float.NaN));
    }
}
