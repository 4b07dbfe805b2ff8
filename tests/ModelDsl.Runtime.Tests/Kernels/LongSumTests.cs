namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Sums over long rows and large batches, of equal terms: rounding then errs in one direction.</summary>
public sealed class LongSumTests
{
    private const int Million = 1_000_000;

    [Fact]
    public void GlobalAveragePool_of_a_million_pixels_is_exact_to_a_millionth()
    {
        using var memory = new KernelMemory();
        FloatSpan input = memory.Zeros(Million);
        FloatSpan output = memory.Zeros(1);
        input.AsSpan().Fill(0.1f);
        GlobalAveragePooling.Forward(input, output, 1, Million, 1, Epilogue.None);
        Assert.Equal(0.1, output[0], 1e-7);
    }

    [Fact]
    public void AvgPool2D_of_2048_x_2048_pixels_is_exact_to_a_millionth()
    {
        const int Size = 2048;
        using var memory = new KernelMemory();
        FloatSpan input = memory.Zeros(Size * Size);
        FloatSpan output = memory.Zeros(1);
        input.AsSpan().Fill(0.1f);
        var window = new SlidingWindow(Size, Size, Size, Size) { StrideHeight = Size, StrideWidth = Size };
        AveragePooling.Forward(input, output, 1, window, 1, Epilogue.None);
        Assert.Equal(0.1, output[0], 1e-7);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(5, 3)]
    public void Dense_over_a_million_inputs_is_exact_to_a_millionth(int m, int n)
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Zeros(m * Million);
        FloatSpan b = memory.Zeros(n * Million);
        FloatSpan c = memory.Zeros(m * n);
        a.AsSpan().Fill(0.1f);
        b.AsSpan().Fill(1f);
        MatrixMultiplication.TimesTransposed(a, b, c, m, n, Million, Epilogue.None);
        Assert.All(c.AsSpan().ToArray(), value => Assert.Equal(1e5, value, 0.1));
        MatrixMultiplication.TimesTransposed(
            a, b, c, m, n, Million, Epilogue.None, accumulate: true);
        Assert.All(c.AsSpan().ToArray(), value => Assert.Equal(2e5, value, 0.2));
    }

    [Theory]
    [InlineData(65536, 1)]
    [InlineData(10000, 6)]
    [InlineData(1025, 63)]
    public void A_small_dense_layer_with_long_rows_is_exact_to_a_millionth(int inputs, int outputs)
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(inputs);
        FloatSpan weight = memory.Zeros(inputs * outputs);
        FloatSpan bias = memory.Zeros(outputs);
        FloatSpan y = memory.Zeros(outputs);
        x.AsSpan().Fill(0.1f);
        weight.AsSpan().Fill(1f);
        bias.AsSpan().Fill(-1f);
        SmallDense.Forward(x, weight, bias, y, inputs, outputs, default(Relu));
        Assert.All(y.AsSpan().ToArray(), value => Assert.Equal((inputs * (double)0.1f) - 1, value, 1e-6 * inputs * 0.1));
    }

    [Theory]
    [InlineData(3, 5)]
    [InlineData(40, 3)]
    [InlineData(20, 40)]
    public void The_gradients_of_weight_and_bias_over_a_long_batch_are_exact_to_a_millionth(int m, int n)
    {
        const int Batch = 200_000;
        using var memory = new KernelMemory();
        FloatSpan a = memory.Zeros(m * Batch);
        FloatSpan b = memory.Zeros(n * Batch);
        FloatSpan c = memory.Zeros(m * n);
        FloatSpan sums = memory.Zeros(m);
        a.AsSpan().Fill(0.1f);
        b.AsSpan().Fill(0.7f);
        MatrixMultiplication.TransposedTimes(a, b, c, sums, m, n, Batch);
        double product = (double)0.1f * 0.7f * Batch, sum = (double)0.1f * Batch;
        Assert.All(c.AsSpan().ToArray(), value => Assert.Equal(product, value, 1.5e-6 * product));
        Assert.All(sums.AsSpan().ToArray(), value => Assert.Equal(sum, value, 1.5e-6 * sum));
        MatrixMultiplication.TransposedTimes(
            a, b, c, sums, m, n, Batch, accumulate: true);
        Assert.All(c.AsSpan().ToArray(), value => Assert.Equal(2 * product, value, 3e-6 * product));
        Assert.All(sums.AsSpan().ToArray(), value => Assert.Equal(2 * sum, value, 3e-6 * sum));
    }

    [Theory]
    [InlineData(30, 40, 5000)]
    [InlineData(200, 30, 9000)]
    [InlineData(30, 300, 4097)]
    public void A_long_product_in_every_form_matches_double_precision_for_every_thread_count(int m, int n, int k)
    {
        using var memory = new KernelMemory();
        FloatSpan a = memory.Random(m * k, 1), b = memory.Random(n * k, 2), c = memory.Zeros(m * n), bias = memory.Random(n, 3);
        FloatSpan at = memory.Zeros(m * k), bt = memory.Zeros(n * k);
        for (int i = 0; i < k; i++)
        {
            for (int row = 0; row < m; row++)
            {
                at[(i * m) + row] = a[(row * k) + i];
            }

            for (int row = 0; row < n; row++)
            {
                bt[(i * n) + row] = b[(row * k) + i];
            }
        }

        int threads = WorkerPool.ThreadCount;
        try
        {
            float[][] first = [];
            foreach (int count in new[] { 1, 2, 3 })
            {
                WorkerPool.ThreadCount = count;
                float[][] results =
                [
                    Run(() => MatrixMultiplication.TimesTransposed(a, b, c, m, n, k, Epilogue.Of(new AddBias(bias)))),
                    Run(() => MatrixMultiplication.TimesTransposed(
                        a, b, new PackedMatrix(b, n, k), c, m, n, k, Epilogue.Of(new AddBias(bias)))),
                    Run(() => MatrixMultiplication.Times(a, bt, c, m, n, k, Epilogue.Of(new AddBias(bias)))),
                    Run(() => MatrixMultiplication.TransposedTimes(at, bt, c, default, m, n, k)),
                ];
                first = first.Length == 0 ? results : first;
                for (int form = 0; form < results.Length; form++)
                {
                    Bits.Equal(first[form], results[form]);
                }
            }

            for (int i = 0; i < m * n; i++)
            {
                double sum = 0;
                for (int p = 0; p < k; p++)
                {
                    sum += (double)a[(i / n * k) + p] * b[(i % n * k) + p];
                }

                Assert.Equal(sum + bias[i % n], first[0][i], 1e-4);
                Assert.Equal(sum + bias[i % n], first[1][i], 1e-4);
                Assert.Equal(sum + bias[i % n], first[2][i], 1e-4);
                Assert.Equal(sum, first[3][i], 1e-4);
            }
        }
        finally
        {
            WorkerPool.ThreadCount = threads;
        }

        float[] Run(Action product)
        {
            product();
            return c.AsSpan().ToArray();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    public void Sums_of_columns_over_many_rows_are_exact_to_a_millionth(int columns)
    {
        const int Rows = 300_000;
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(Rows * columns);
        FloatSpan sums = memory.Zeros(columns);
        values.AsSpan().Fill(0.1f);
        double expected = (double)0.1f * Rows;
        Columns.Sum(values, sums, Rows, columns);
        Assert.All(sums.AsSpan().ToArray(), value => Assert.Equal(expected, value, 1e-6 * expected));
        ColumnSums.Compute(values, sums, Rows, columns);
        Assert.All(sums.AsSpan().ToArray(), value => Assert.Equal(expected, value, 1e-6 * expected));
        FloatSpan inputs = memory.Zeros(Rows * columns);
        inputs.AsSpan().Fill(-1f);
        PreluSlopes.Gradient(values, inputs, sums, Rows, columns);
        Assert.All(
            sums.AsSpan().ToArray(), value => Assert.Equal(-expected * (sums.Length == 1 ? columns : 1), value, 1e-6 * expected));
    }

    [Fact]
    public void A_softmax_over_a_million_classes_sums_to_1()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(Million);
        x.AsSpan().Fill(0.1f);
        FloatSpan y = memory.Zeros(Million);
        Softmax.Forward(x, y, 1, Million);
        Assert.Equal(1e-6, y[17], 1e-12);
        LogSoftmax.Forward(x, y, 1, Million);
        Assert.Equal(-Math.Log(Million), y[17], 2e-6);
    }

    [Fact]
    public void MaskedAverage_over_a_million_steps_is_exact_to_a_millionth()
    {
        using var memory = new KernelMemory();
        FloatSpan input = memory.Zeros(Million);
        FloatSpan mask = memory.Zeros(Million);
        FloatSpan output = memory.Zeros(1);
        input.AsSpan().Fill(0.1f);
        MaskedAverage.Forward(input, mask, output, 1, Million, 1, Epilogue.None);
        Assert.Equal(0.1, output[0], 1e-7);
    }

    [Fact]
    public void Infinities_come_through_a_long_mean()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(100), y = memory.Zeros(1);
        x[40] = float.PositiveInfinity;
        GlobalAveragePooling.Forward(x, y, 1, 100, 1, Epilogue.None);
        Assert.Equal(float.PositiveInfinity, y[0]);
        x[90] = float.NegativeInfinity;
        GlobalAveragePooling.Forward(x, y, 1, 100, 1, Epilogue.None);
        Assert.True(float.IsNaN(y[0]));
    }

    [Fact]
    public void The_gradients_of_a_row_normalization_over_many_rows_are_exact_to_a_millionth()
    {
        const int Rows = 300_000, Columns = 2;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(Rows * Columns);
        FloatSpan gradient = memory.Zeros(Rows * Columns);
        FloatSpan y = memory.Zeros(Rows * Columns);
        FloatSpan weight = memory.Zeros(Columns);
        FloatSpan statistics = memory.Zeros(2 * Rows);
        FloatSpan sums = memory.Zeros(2 * Columns);
        FloatSpan scratch = memory.Zeros(LayerNorm.ScratchRows * Columns);
        for (int i = 0; i < Rows * Columns; i++)
        {
            x[i] = i % 2;
        }

        gradient.AsSpan().Fill(0.1f);
        weight.AsSpan().Fill(1f);
        LayerNorm.Forward(
            x, weight, default, y, statistics, Rows, Columns, 1e-5f, Epilogue.None);
        LayerNorm.Backward(
            x, weight, statistics, gradient, default, sums.Slice(0, Columns),
            sums.Slice(Columns, Columns), scratch, Rows, Columns, accumulate: false, Epilogue.None);
        double bias = (double)0.1f * Rows;
        double slope = bias * 0.5 / Math.Sqrt(0.25 + 1e-5);
        Assert.Equal(-slope, sums[0], 1e-6 * slope);
        Assert.Equal(slope, sums[1], 1e-6 * slope);
        Assert.Equal(bias, sums[2], 1e-6 * bias);
    }

    /// <summary>
    /// Each of the kernels that sum the gradient of a convolution's weight, over hundreds of thousands of windows.
    /// </summary>
    [Theory]
    [InlineData(700, 500, 5, 1, 17, 1)]
    [InlineData(20_000, 6, 3, 6, 20, 2)]
    [InlineData(700, 500, 3, 1, 2, 1)]
    [InlineData(1, 400_000, 1, 2, 2, 2)]
    [InlineData(60_000, 7, 3, 2, 3, 1)]
    [InlineData(700, 500, 3, 8, 8, 1)]
    [InlineData(700, 500, 3, 3, 3, 3)]
    [InlineData(60_000, 7, 3, 2, 2, 2)]
    public void The_gradient_of_filters_over_many_windows_is_exact_to_a_few_millionths(
        int height, int width, int kernel, int channels, int outputs, int groups)
    {
        int kernelHeight = Math.Min(kernel, height);
        var window = new SlidingWindow(height + kernelHeight - 1, width + kernel - 1, kernelHeight, kernel);
        using var memory = new KernelMemory();
        FloatSpan source = memory.Zeros(window.Pixels * channels);
        FloatSpan gradient = memory.Zeros(window.OutputPixels * outputs);
        FloatSpan filters = memory.Zeros(outputs * window.Taps * (channels / groups)), bias = memory.Zeros(outputs);
        source.AsSpan().Fill(0.1f);
        gradient.AsSpan().Fill(0.7f);
        double sum = (double)0.7f * height * width, product = sum * 0.1f;
        Convolution.WeightGradient(gradient, source, filters, bias, 1, window, channels, outputs, groups);
        Assert.All(filters.AsSpan().ToArray(), value => Assert.Equal(1, value / product, 3e-6));
        Assert.All(bias.AsSpan().ToArray(), value => Assert.Equal(1, value / sum, 1e-6));
        Convolution.WeightGradient(gradient, source, filters, bias, 1, window, channels, outputs, groups,
            accumulate: true);
        Assert.All(filters.AsSpan().ToArray(), value => Assert.Equal(2, value / product, 6e-6));
        Assert.All(bias.AsSpan().ToArray(), value => Assert.Equal(2, value / sum, 2e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(33)]
    public void The_gradient_of_a_frequent_token_is_exact_to_a_millionth(int columns)
    {
        using var memory = new KernelMemory();
        FloatSpan tokens = memory.Zeros(Million);
        FloatSpan gradient = memory.Zeros(Million * columns), weight = memory.Zeros(5 * columns);
        tokens.AsSpan().Fill(3f);
        tokens[7] = 1f;
        gradient.AsSpan().Fill(0.1f);
        Embedding.Backward(tokens, gradient, weight, Million, 5, columns);
        double expected = (double)0.1f * (Million - 1);
        for (int column = 0; column < columns; column++)
        {
            Assert.Equal(1, weight[(3 * columns) + column] / expected, 1e-6);
            Assert.Equal(0.1f, weight[columns + column]);
            Assert.Equal(0f, weight[(4 * columns) + column]);
        }

        Embedding.Backward(tokens, gradient, weight, Million, 5, columns, accumulate: true);
        Assert.Equal(2, weight[3 * columns] / expected, 2e-6);
    }

    [Fact]
    public void Losses_of_a_million_outputs_are_exact_to_a_millionth()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(2 * Million);
        float[] targets = new float[Million];
        FloatSpan row = x.Slice(0, Million);
        row.AsSpan().Fill(0.1f);
        float[] weights = [.. Enumerable.Repeat(3f, Million)];
        double expected = Math.Log(1 + Math.Exp(0.1f));
        Assert.Equal(1, BinaryCrossEntropyLoss.Evaluate(row, targets, 1, Million) / expected, 1e-6);
        Assert.Equal(1, BinaryCrossEntropyLoss.Evaluate(row, targets, 1, Million, weights) / expected, 1e-6);
        Assert.Equal(1, BinaryCrossEntropyLoss.Evaluate(row, targets, 1, Million, [3f]) / expected, 1e-6);

        double square = (double)0.1f * 0.1f * Million;
        Assert.Equal(1, ContrastiveLoss.Evaluate(x, new[] { 1 }, 1, Million, 1f) / (square / 2), 1e-6);

        // The likelier first class takes part in the sum of all others' distances to it.
        Array.Fill(targets, 1f / Million);
        x[0] = 1.1f;
        double share = (double)(1f / Million), distance = (double)1.1f - 0.1f;
        double log = Math.Log(((Million - 1) * Math.Exp(-distance)) + 1);
        double loss = (share * Million * log) + (share * (Million - 1) * distance);
        Assert.Equal(1, SoftmaxCrossEntropyLoss.Evaluate(row, targets, 1, Million) / loss, 1e-6);
    }
}
