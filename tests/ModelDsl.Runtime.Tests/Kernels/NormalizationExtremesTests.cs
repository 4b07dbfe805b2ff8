namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Normalizations of constant features, of large means and of batches of one.</summary>
public sealed class NormalizationExtremesTests
{
    public static TheoryData<float, int> Constants
    {
        get
        {
            TheoryData<float, int> data = [];
            foreach (float value in new[] { 0.1f, 1000.1f, 1e5f, -123456.7f, 3e7f, 1e-30f })
            {
                foreach (int count in new[] { 1, 2, 3, 7, 31, 32, 33, 100, 127, 128, 129, 1000, 5000 })
                {
                    data.Add(value, count);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void BatchNorm_of_a_constant_feature_is_0_at_any_batch(float value, int rows)
    {
        using var memory = new KernelMemory();
        const int Columns = 19;
        FloatSpan x = memory.Zeros(rows * Columns);
        x.AsSpan().Fill(value);
        (FloatSpan mean, FloatSpan inverse, FloatSpan scale) = Statistics(memory, x, rows, Columns, out _, out FloatSpan variance);
        Elementwise.Apply(x, x, rows, Columns, Epilogue.Of(new Normalize(mean, scale, memory.Zeros(Columns))));
        Assert.All(x.AsSpan().ToArray(), y => Assert.Equal(0f, y));
        Assert.All(mean.AsSpan().ToArray(), m => Assert.Equal(value, m));
        Assert.All(inverse.AsSpan().ToArray(), i => Assert.Equal((float)(1 / Math.Sqrt(1e-5f)), i));
        Assert.All(variance.AsSpan().ToArray(), v => Assert.Equal(rows > 1 ? 0.9f : 1f, v));
    }

    [Theory]
    [MemberData(nameof(Constants))]
    public void LayerNorm_and_GroupNorm_of_a_constant_are_0_at_any_width(float value, int columns)
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(columns), y = memory.Zeros(columns), weight = memory.Zeros(columns);
        FloatSpan mean = memory.Zeros(columns), inverse = memory.Zeros(columns), scale = memory.Zeros(columns);
        x.AsSpan().Fill(value);
        weight.AsSpan().Fill(1f);
        LayerNorm.Forward(x, weight, default, y, default, 1, columns, 1e-5f, Epilogue.None);
        Assert.All(y.AsSpan().ToArray(), result => Assert.Equal(0f, result));
        foreach ((int rows, int width) in new[] { (1, columns), (columns, 1) })
        {
            GroupNormalization.Statistics(x, weight, mean, inverse, scale, 1, rows, width, 1, 1e-5f);
            Assert.Equal(value, mean[0]);
            Assert.Equal((float)(1 / Math.Sqrt(1e-5f)), inverse[0]);
        }
    }

    [Theory]
    [InlineData(1e5f, 1f)]
    [InlineData(1e6f, 1f)]
    [InlineData(-1e4f, 1e-1f)]
    public void Moments_of_values_far_from_0_are_those_of_their_differences(float offset, float spread)
    {
        const int Rows = 3000, Columns = 5;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Rows * Columns, 1, offset - spread, offset + spread);
        (FloatSpan mean, FloatSpan inverse, _) = Statistics(memory, x, Rows, Columns, out _, out _);
        FloatSpan groupMean = memory.Zeros(Columns), groupInverse = memory.Zeros(Columns), scale = memory.Zeros(Columns);
        GroupNormalization.Statistics(
            x, memory.Zeros(Columns), groupMean, groupInverse, scale, 1, Rows, Columns, Columns, 1e-5f);
        for (int column = 0; column < Columns; column++)
        {
            double[] values = [.. Enumerable.Range(0, Rows).Select(row => (double)x[(row * Columns) + column])];
            double average = values.Average();
            double expected = 1 / Math.Sqrt(values.Average(value => (value - average) * (value - average)) + 1e-5);
            Assert.Equal((float)average, mean[column]);
            Assert.Equal(1, inverse[column] / expected, 1e-6);
            Assert.Equal((float)average, groupMean[column]);
            Assert.Equal(1, groupInverse[column] / expected, 1e-6);
        }
    }

    [Fact]
    public void A_batch_of_one_value_per_channel_leaves_the_running_statistics_alone()
    {
        using var memory = new KernelMemory();
        Statistics(memory, memory.Of([5f, 6f]), 1, 2, out FloatSpan runningMean, out FloatSpan runningVariance);
        Assert.Equal([0f, 0f], runningMean.AsSpan().ToArray());
        Assert.Equal([1f, 1f], runningVariance.AsSpan().ToArray());
    }

    [Fact]
    public void The_running_variance_is_that_of_a_sample()
    {
        using var memory = new KernelMemory();
        Statistics(memory, memory.Of([1f, 3f]), 2, 1, out FloatSpan runningMean, out FloatSpan runningVariance);
        Assert.Equal(0.2f, runningMean[0], 1e-7f);
        Assert.Equal(0.9f + (0.1f * 2f), runningVariance[0], 1e-7f);
    }

    [Theory]
    [InlineData(1e30f, 1e-5f)]
    [InlineData(1e-30f, 1e-5f)]
    [InlineData(1e19f, 1e-5f)]
    [InlineData(3e37f, 1e-5f)]
    [InlineData(3e-21f, 1e-42f)]
    [InlineData(1e-15f, 1e-30f)]
    public void Norms_of_rows_of_any_magnitude_match_double_precision(float magnitude, float epsilon)
    {
        foreach (int columns in new[] { 1, 2, 7, 16, 33, 100, 1500 })
        {
            const int Rows = 3;
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(Rows * columns, columns, -magnitude, magnitude);
            FloatSpan y = memory.Zeros(Rows * columns);
            FloatSpan gradient = memory.Random(Rows * columns, 9), inputGradient = memory.Zeros(Rows * columns);
            FloatSpan weight = memory.Zeros(columns), statistics = memory.Zeros(2 * Rows);
            FloatSpan weightGradient = memory.Zeros(columns), scratch = memory.Zeros(RmsNorm.ScratchRows * columns);
            weight.AsSpan().Fill(1f);
            RmsNorm.Forward(x, weight, y, statistics, Rows, columns, epsilon, Epilogue.None);
            RmsNorm.Backward(
                x, weight, statistics, gradient, inputGradient, weightGradient, scratch, Rows, columns,
                accumulate: false,
                Epilogue.None);
            FloatSpan centered = memory.Zeros(Rows * columns);
            LayerNorm.Forward(x, weight, default, centered, default, Rows, columns, epsilon, Epilogue.None);
            for (int row = 0; row < Rows; row++)
            {
                double[] values = [.. Enumerable.Range(row * columns, columns).Select(i => (double)x[i])];
                double[] slopes = [.. Enumerable.Range(row * columns, columns).Select(i => (double)gradient[i])];
                double mean = values.Average();
                double scale = 1 / Math.Sqrt(values.Average(value => value * value) + epsilon);
                double spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)) + epsilon);
                double along = values.Zip(slopes, (value, slope) => value * scale * slope).Average();
                for (int i = 0; i < columns; i++)
                {
                    int place = (row * columns) + i;
                    Assert.Equal(1, y[place] / (values[i] * scale), 4e-6);
                    Assert.Equal((values[i] - mean) / spread, centered[place], 4e-6);
                    double expected = scale * (slopes[i] - (values[i] * scale * along));
                    Assert.Equal(expected / scale, inputGradient[place] / scale, 4e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(1e-30f)]
    [InlineData(3e19f)]
    public void Moments_of_columns_of_any_magnitude_match_double_precision(float magnitude)
    {
        foreach ((int rows, int columns) in new[] { (2, 1), (5, 19), (300, 33) })
        {
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(rows * columns, 1, -magnitude, magnitude);
            (FloatSpan mean, FloatSpan inverse, _) = Statistics(memory, x, rows, columns, out _, out _);
            FloatSpan groupMean = memory.Zeros(columns);
            FloatSpan groupInverse = memory.Zeros(columns), scale = memory.Zeros(columns);
            GroupNormalization.Statistics(
                x, memory.Zeros(columns), groupMean, groupInverse, scale, 1, rows, columns, columns, 1e-5f);
            for (int column = 0; column < columns; column++)
            {
                double[] values = [.. Enumerable.Range(0, rows).Select(row => (double)x[(row * columns) + column])];
                double average = values.Average();
                double expected = 1 / Math.Sqrt(values.Average(value => (value - average) * (value - average)) + 1e-5);
                Assert.Equal(average / magnitude, mean[column] / magnitude, 1e-6);
                Assert.Equal(average / magnitude, groupMean[column] / magnitude, 1e-6);
                Assert.Equal(1, inverse[column] / expected, 1e-6);
                Assert.Equal(1, groupInverse[column] / expected, 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void What_is_no_number_in_a_row_stays_in_the_row(float value)
    {
        for (int columns = 1; columns <= 40; columns++)
        {
            const int Rows = 3;
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(Rows * columns, 1);
            FloatSpan expected = memory.Zeros(Rows * columns), y = memory.Zeros(Rows * columns);
            FloatSpan weight = memory.Random(columns, 2);
            RmsNorm.Forward(x, weight, expected, default, Rows, columns, 1e-5f, Epilogue.None);
            int place = columns + (columns / 2);
            x[place] = value;
            RmsNorm.Forward(x, weight, y, default, Rows, columns, 1e-5f, Epilogue.None);
            Assert.True(float.IsNaN(y[place]));
            Assert.Equal(expected.AsSpan()[..columns].ToArray(), y.AsSpan()[..columns].ToArray());
            Assert.Equal(expected.AsSpan()[(2 * columns)..].ToArray(), y.AsSpan()[(2 * columns)..].ToArray());
        }
    }

    private static (FloatSpan Mean, FloatSpan Inverse, FloatSpan Scale) Statistics(
        KernelMemory memory, FloatSpan x, int rows, int columns, out FloatSpan runningMean, out FloatSpan runningVariance)
    {
        FloatSpan weight = memory.Zeros(columns), mean = memory.Zeros(columns), inverse = memory.Zeros(columns);
        FloatSpan scale = memory.Zeros(columns);
        (runningMean, runningVariance) = (memory.Zeros(columns), memory.Zeros(columns));
        weight.AsSpan().Fill(1f);
        runningVariance.AsSpan().Fill(1f);
        BatchNormalization.Statistics(
            x, weight, runningMean, runningVariance, mean, inverse, scale, rows, columns, momentum: 0.1f, epsilon: 1e-5f);
        return (mean, inverse, scale);
    }
}
