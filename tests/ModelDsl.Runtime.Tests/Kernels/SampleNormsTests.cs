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
