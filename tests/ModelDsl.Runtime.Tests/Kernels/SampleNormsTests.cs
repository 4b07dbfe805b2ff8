namespace ModelDsl.Runtime.Tests.Kernels;

[Collection(nameof(ThreadSettings))]
public sealed class SampleNormsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Squares_are_those_of_the_gradient_for_every_width(int rows)
    {
        for (int width = 1; width <= 40; width++)
        {
            foreach (bool bias in (bool[])[false, true])
            {
                (int batch, int outputs, int inputs) = (3, width, 41 - width);
                using var memory = new KernelMemory();
                FloatSpan dy = memory.Random(batch * rows * outputs, width);
                FloatSpan x = memory.Random(batch * rows * inputs, width + 1);
                FloatSpan squares = memory.Random(batch, width + 2, low: 0f);
                float[] before = squares.AsSpan().ToArray();
                SampleNorms.AddLinear(dy, x, squares, batch, rows, outputs, inputs, bias);
                for (int sample = 0; sample < batch; sample++)
                {
                    double expected = before[sample] + Naive(sample);
                    Assert.Equal(expected, squares[sample], 1e-6 * expected);
                }

                double Naive(int sample)
                {
                    double sum = 0;
                    for (int o = 0; o < outputs; o++)
                    {
                        for (int i = 0; i < inputs + (bias ? 1 : 0); i++)
                        {
                            double element = 0;
                            for (int row = 0; row < rows; row++)
                            {
                                double value = i < inputs ? x[(((sample * rows) + row) * inputs) + i] : 1;
                                element += dy[(((sample * rows) + row) * outputs) + o] * value;
                            }

                            sum += element * element;
                        }
                    }

                    return sum;
                }
            }
        }
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    public void Squares_of_a_convolution_are_those_of_its_gradient(int groups, bool bias)
    {
        SlidingWindow[] windows =
        [
            new(4, 5, 3, 2),
            new(4, 5, 4, 5),
            new(5, 4, 3, 3) { StrideHeight = 2, StrideWidth = 3, PaddingTop = 1, PaddingLeft = 2, PaddingRight = 1 },
            new(6, 7, 2, 3) { DilationHeight = 3, DilationWidth = 2, PaddingBottom = 2 },
            new(1, 9, 1, 4) { StrideWidth = 2, PaddingLeft = 3 },
        ];
        const int Batch = 3, Channels = 4, Outputs = 12;
        foreach (SlidingWindow window in windows)
        {
            int pixels = window.Height * window.Width, results = window.OutputHeight * window.OutputWidth;
            int weights = Outputs * window.KernelHeight * window.KernelWidth * Channels / groups;
            using var memory = new KernelMemory();
            FloatSpan dy = memory.Random(Batch * results * Outputs, 1), x = memory.Random(Batch * pixels * Channels, 2);
            FloatSpan squares = memory.Random(Batch, 3, low: 0f);
            float[] before = squares.AsSpan().ToArray();
            SampleNorms.AddConvolution(dy, x, squares, Batch, window, Channels, Outputs, groups, bias);
            for (int sample = 0; sample < Batch; sample++)
            {
                FloatSpan gradient = memory.Zeros(weights), biasGradient = memory.Zeros(Outputs);
                Convolution.WeightGradient(
                    dy.Slice(sample * results * Outputs, results * Outputs),
                    x.Slice(sample * pixels * Channels, pixels * Channels),
                    gradient, biasGradient, batch: 1, window, Channels, Outputs, groups);
                IEnumerable<float> all = gradient.AsSpan().ToArray();
                double expected = before[sample] + (bias ? all.Concat(biasGradient.AsSpan().ToArray()) : all)
                    .Sum(value => (double)value * value);
                Assert.Equal(expected, squares[sample], 1e-5 * expected);
            }
        }
    }

    [Fact]
    public void Rows_that_cancel_leave_a_norm_that_is_right()
    {
        // Two rows of opposite gradients that differ in the last places: the gradient is their small difference.
        using var memory = new KernelMemory();
        const int Width = 16;
        FloatSpan x = memory.Zeros(2 * Width);
        FloatSpan dy = memory.Zeros(2 * Width);
        for (int i = 0; i < Width; i++)
        {
            (x[i], x[Width + i]) = (1f, 1f);
            (dy[i], dy[Width + i]) = (1f, -1f + 1e-6f);
        }

        FloatSpan squares = memory.Zeros(1);
        SampleNorms.AddLinear(dy, x, squares, batch: 1, rows: 2, Width, Width);
        double difference = 1.0 + dy[Width];
        Assert.Equal(
            Width * Width * difference * difference, squares[0], 1e-3 * Width * Width * difference * difference);
    }

    [Fact]
    public void Bits_are_the_same_for_every_number_of_threads()
    {
        float[]? expected = null;
        ThreadSettings.ForEachCount([1, 2, 3, 7], _ =>
        {
            using var memory = new KernelMemory();
            FloatSpan squares = memory.Zeros(13);
            SampleNorms.AddLinear(
                memory.Random(13 * 9 * 50, 1), memory.Random(13 * 9 * 70, 2), squares, batch: 13, rows: 9, outputs: 50, inputs: 70);
            SampleNorms.AddConvolution(
                memory.Random(13 * 9 * 50, 3), memory.Random(13 * 25 * 7, 4), squares, batch: 13, new(5, 5, 3, 3),
                channels: 7, outputs: 50, groups: 1, bias: true);
            expected ??= squares.AsSpan().ToArray();
            Assert.Equal(expected, squares.AsSpan().ToArray());
        });
    }

    [Fact]
    public void Factors_bring_norms_down_to_the_largest_and_leave_others()
    {
        using var memory = new KernelMemory();
        FloatSpan squares = memory.Of([0f, 1e-30f, 1f, 4f, 100f, float.PositiveInfinity, float.NaN]);
        FloatSpan factors = memory.Zeros(7);
        SampleNorms.ClipFactors(squares, factors, batch: 7, maxNorm: 2f);
        Assert.Equal([1f, 1f, 1f, 1f, 0.2f, 0f, float.NaN], factors.AsSpan().ToArray());
    }

    [Fact]
    public void What_is_not_a_number_shows()
    {
        using var memory = new KernelMemory();
        foreach (int rows in (int[])[1, 2])
        {
            FloatSpan squares = memory.Zeros(1);
            FloatSpan x = memory.Random(rows * 3, 1);
            x[1] = float.NaN;
            SampleNorms.AddLinear(memory.Random(rows * 2, 2), x, squares, 1, rows, outputs: 2, inputs: 3);
            Assert.True(float.IsNaN(squares[0]));
        }

        FloatSpan square = memory.Zeros(1);
        FloatSpan image = memory.Random(9, 1);
        image[4] = float.NaN;
        SampleNorms.AddConvolution(
            memory.Random(4, 2), image, square, 1, new(3, 3, 2, 2), channels: 1, outputs: 1, groups: 1);
        Assert.True(float.IsNaN(square[0]));
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan four = memory.Zeros(4);
        Assert.Throws<ArgumentException>(() => SampleNorms.AddLinear(four, four, four, 2, 1, outputs: 3, inputs: 2));
        Assert.Throws<ArgumentException>(() => SampleNorms.AddLinear(four, four, four, 2, 1, outputs: 2, inputs: 3));
        Assert.Throws<ArgumentException>(() => SampleNorms.AddLinear(four, four, default, 2, 1, outputs: 2, inputs: 2));
        Assert.Throws<ArgumentException>(() => SampleNorms.AddSquares(four, default));
        foreach ((int batch, int channels, int outputs, int groups) in
            ((int, int, int, int)[])[(2, 1, 4, 1), (1, 2, 1, 1), (1, 1, 5, 1), (1, 1, 4, 2), (5, 0, 0, 1)])
        {
            Assert.Throws<ArgumentException>(
                () => SampleNorms.AddConvolution(four, four, four, batch, new(2, 2, 2, 2), channels, outputs, groups));
        }

        Assert.Throws<ArgumentException>(
            () => SampleNorms.AddConvolution(four, four, four, 1, new(2, 2, 3, 2), 1, 1, 1));
        Assert.Throws<ArgumentException>(
            () => SampleNorms.AddConvolution(four, four, default, 1, new(2, 2, 2, 2), 1, 1, 1));
        Assert.Throws<ArgumentException>(() => SampleNorms.ClipFactors(four, default, 4, 1f));
    }

    [Fact]
    public void Rows_of_a_sample_share_its_factor()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Random(6 * 21, 3);
        float[] before = values.AsSpan().ToArray();
        FloatSpan result = memory.Zeros(6 * 21);
        Elementwise.Apply(values, result, 6, 21, Epilogue.Of(new ScaleSamples(memory.Of([2f, 0.5f]), rows: 3)));
        Assert.Equal(before.Select((value, i) => value * (i < 63 ? 2f : 0.5f)), result.AsSpan().ToArray());
    }
}
