namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Kernels that sum over the samples of a batch give the same bits where the batch comes in two parts.
/// </summary>
[Collection(nameof(ThreadSettings))]
public sealed class BatchSumTests : IDisposable
{
    private readonly KernelMemory _memory = new();

    public void Dispose()
    {
        BatchSum.Current = default;
        _memory.Dispose();
    }

    [Theory]
    [InlineData(40, 30, 1, 133, 32)]
    [InlineData(17, 35, 3, 133, 96)]
    [InlineData(1, 64, 1, 90, 32)]
    [InlineData(300, 200, 9, 133, 64)]
    [InlineData(40, 3, 3, 100, 32)]
    [InlineData(3, 40, 2, 100, 64)]
    [InlineData(33, 20, 1, 5001, 4608)]
    [InlineData(33, 20, 64, 133, 32)]
    [InlineData(20, 24, 197, 70, 32)]
    [InlineData(9, 7, 1031, 65, 32)]
    [InlineData(40, 2, 70, 100, 32)]
    [InlineData(40, 16, 1, 133, 32)]
    [InlineData(64, 8, 1, 100, 64)]
    [InlineData(64, 16, 1, 2100, 64)]
    [InlineData(40, 2, 1031, 65, 32)]
    public void Products_and_sums_of_rows_have_the_bits_of_the_whole_batch(
        int m, int n, int rowsPerSample, int samples, int firstPart)
    {
        int rows = samples * rowsPerSample;
        FloatSpan a = _memory.Random(rows * m, 1), b = _memory.Random(rows * n, 2);
        FloatSpan c = _memory.Random(m * n, 3), sums = _memory.Random(m, 4), columns = _memory.Random(n, 5);
        AssertSame(
            samples,
            firstPart,
            (first, count) =>
            {
                int start = first * rowsPerSample, k = count * rowsPerSample;
                FloatSpan left = a.Slice(start * m, k * m), right = b.Slice(start * n, k * n);
                MatrixMultiplication.TransposedTimes(left, right, c.AsGradient(), sums.AsGradient(), m, n, k);
                Columns.Sum(right, columns.AsGradient(), k, n);
            },
            c,
            sums,
            columns);
        AssertClose(c, (i, j) => Sum(rows, row => (double)a[(row * m) + i] * b[(row * n) + j]), m, n);
        AssertClose(sums, (i, _) => Sum(rows, row => a[(row * m) + i]), m, 1);
        AssertClose(columns, (i, _) => Sum(rows, row => b[(row * n) + i]), n, 1);
    }

    [Theory]
    [InlineData("narrow", 9, 10, 3, 4, 1, 1)]
    [InlineData("narrow with a stride", 8, 8, 3, 16, 1, 2)]
    [InlineData("of many channels", 9, 7, 20, 24, 1, 2)]
    [InlineData("in groups", 8, 8, 36, 6, 2, 1)]
    [InlineData("by Winograd's method", 12, 8, 16, 24, 1, 1)]
    [InlineData("depthwise", 9, 6, 18, 18, 18, 1)]
    public void Convolutions_have_the_bits_of_the_whole_batch(
        string name, int height, int width, int channels, int outputs, int groups, int stride)
    {
        Assert.NotEmpty(name);
        var window = new SlidingWindow(height, width, 3, 3)
        {
            PaddingTop = 1,
            PaddingBottom = 1,
            PaddingLeft = 1,
            PaddingRight = 1,
            StrideHeight = stride,
            StrideWidth = stride,
        };
        AssertSame(window, channels, outputs, groups, samples: 133, firstPart: 64);
    }

    [Theory]
    [InlineData(28, 5, 20, 24)]
    [InlineData(20, 3, 64, 64)]
    public void Convolutions_of_more_groups_than_are_summed_at_a_time_have_the_bits_of_the_whole_batch(
        int size, int kernel, int channels, int outputs) =>
        AssertSame(
            new SlidingWindow(size, size, kernel, kernel), channels, outputs, groups: 1, samples: 70, firstPart: 32);

    private void AssertSame(SlidingWindow window, int channels, int outputs, int groups, int samples, int firstPart)
    {
        int inputs = window.Pixels * channels, results = window.OutputPixels * outputs;
        FloatSpan input = _memory.Random(samples * inputs, 1), gradient = _memory.Random(samples * results, 2);
        int taps = window.KernelHeight * window.KernelWidth;
        FloatSpan weight = _memory.Random(outputs * taps * channels / groups, 3), bias = _memory.Random(outputs, 4);
        AssertSame(
            samples,
            firstPart,
            (first, count) => Convolution.WeightGradient(
                gradient.Slice(first * results, count * results),
                input.Slice(first * inputs, count * inputs),
                weight.AsGradient(),
                bias.AsGradient(),
                count,
                window,
                channels,
                outputs,
                groups),
            weight,
            bias);
    }

    private static double Sum(int rows, Func<int, double> term) => Enumerable.Range(0, rows).Sum(term);

    private static void AssertClose(FloatSpan actual, Func<int, int, double> expected, int rows, int columns)
    {
        for (int i = 0; i < rows; i += Math.Max(1, rows / 5))
        {
            for (int j = 0; j < columns; j += Math.Max(1, columns / 5))
            {
                Assert.Equal(expected(i, j), actual[(i * columns) + j], 1e-3);
            }
        }
    }

    // The first part replaces what is there, the second is added to it.
    private static void AssertSame(int samples, int firstPart, Action<int, int> compute, params FloatSpan[] gradients)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = 1;
            BatchSum.Current = new BatchSum(samples, samples, GoesOn: false, IsLast: true);
            compute(0, samples);
            float[][] whole = [.. gradients.Select(gradient => gradient.AsSpan().ToArray())];
            foreach (int threads in new[] { 1, 2 })
            {
                WorkerPool.ThreadCount = threads;
                BatchSum.Current = new BatchSum(firstPart, samples, GoesOn: false, IsLast: false);
                compute(0, firstPart);
                BatchSum.Current = new BatchSum(samples - firstPart, samples, GoesOn: true, IsLast: true);
                compute(firstPart, samples - firstPart);
                for (int i = 0; i < gradients.Length; i++)
                {
                    Assert.Equal(whole[i], gradients[i].AsSpan().ToArray());
                }
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}
