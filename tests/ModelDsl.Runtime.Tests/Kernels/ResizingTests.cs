namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Images of another size, beside the shares of all pixels in double precision.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class ResizingTests
{
    [Fact]
    public void New_pixels_are_sums_by_shares_and_gradients_the_transposed_map()
    {
        foreach (Interpolation interpolation in Enum.GetValues<Interpolation>())
        {
            foreach (bool alignCorners in (bool[])(interpolation == Interpolation.Nearest ? [false] : [false, true]))
            {
                Check(3, 5, 7, 4, 2, 3, interpolation, alignCorners);
                Check(1, 1, 3, 2, 1, 1, interpolation, alignCorners);
                Check(4, 6, 1, 1, 3, 2, interpolation, alignCorners);
                Check(9, 8, 2, 3, 17, 1, interpolation, alignCorners);
                Check(2, 3, 11, 13, 5, 2, interpolation, alignCorners);
                Check(40, 37, 33, 50, 9, 4, interpolation, alignCorners);
            }
        }
    }

    [Theory]
    [InlineData(Interpolation.Nearest, false)]
    [InlineData(Interpolation.Bilinear, false)]
    [InlineData(Interpolation.Bilinear, true)]
    [InlineData(Interpolation.Bicubic, false)]
    [InlineData(Interpolation.Bicubic, true)]
    public void The_same_size_changes_no_bit(Interpolation interpolation, bool alignCorners)
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(5 * 4 * 3, 1), y = memory.Zeros(5 * 4 * 3);
        Resizing.Forward(x, y, 1, 5, 4, 3, 5, 4, interpolation, alignCorners, Epilogue.None);
        Assert.Equal(x.AsSpan().ToArray(), y.AsSpan().ToArray());
        Resizing.Backward(x, y, 1, 5, 4, 3, 5, 4, interpolation, alignCorners, Epilogue.None);
        Assert.Equal(x.AsSpan().ToArray(), y.AsSpan().ToArray());
    }

    [Fact]
    public void Cubic_values_are_those_of_Keys_function()
    {
        // The first lies at 1/6: its shares are -0.0868056 and 0.943287 of 0, 0.160880 of 1, -0.0173611 of 2.
        using var memory = new KernelMemory();
        FloatSpan y = memory.Zeros(3);
        Resizing.Forward(memory.Of([0, 1, 2, 3]), y, 1, 1, 4, 1, 1, 3, Interpolation.Bicubic, false, Epilogue.None);
        Assert.Equal(0.1261574, y[0], 1e-5);
        Assert.Equal(1.5, y[1], 1e-6);
        Assert.Equal(2.8738426, y[2], 1e-5);
    }

    [Fact]
    public void What_has_no_share_is_not_read()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Of([1f, float.NaN, 2f, 3f, 4f]), y = memory.Zeros(9);
        Resizing.Forward(x, y, 1, 1, 5, 1, 1, 9, Interpolation.Bilinear, true, Epilogue.None);
        Assert.Equal(
            [true, false, false, false, true, true, true, true, true], y.AsSpan().ToArray().Select(float.IsFinite));
        Resizing.Forward(x, y, 1, 1, 5, 1, 1, 9, Interpolation.Bicubic, true, Epilogue.None);
        Assert.Equal(
            [true, false, false, false, true, false, true, true, true], y.AsSpan().ToArray().Select(float.IsFinite));
    }

    [Fact]
    public void Sizes_that_are_none_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Zeros(4);
        Assert.ThrowsAny<ArgumentException>(() =>
            Resizing.Forward(x, x, 1, 2, 2, 1, 0, 2, Interpolation.Nearest, false, Epilogue.None));
        Assert.ThrowsAny<ArgumentException>(() =>
            Resizing.Forward(x, x, 1, 2, 2, 1, 3, 2, Interpolation.Nearest, false, Epilogue.None));
        Assert.ThrowsAny<ArgumentException>(() =>
            Resizing.Backward(x, x, 1, 2, 3, 1, 2, 2, Interpolation.Nearest, false, Epilogue.None));
    }

    private static void Check(
        int height, int width, int newHeight, int newWidth, int channels, int batch, Interpolation interpolation,
        bool alignCorners)
    {
        using var memory = new KernelMemory();
        int inputs = batch * height * width * channels, outputs = batch * newHeight * newWidth * channels;
        FloatSpan input = memory.Random(inputs, 1), gradient = memory.Random(outputs, 2);
        FloatSpan output = memory.Zeros(outputs), inputGradient = memory.Zeros(inputs);
        double[] expected = new double[outputs], expectedGradient = new double[inputs];
        double[,] rows = Shares(height, newHeight, interpolation, alignCorners);
        double[,] columns = Shares(width, newWidth, interpolation, alignCorners);
        for (int i = 0; i < outputs; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, channels);
            (int line, int column) = Math.DivRem(pixel, newWidth);
            (int image, int row) = Math.DivRem(line, newHeight);
            for (int place = 0; place < height * width; place++)
            {
                double share = rows[row, place / width] * columns[column, place % width];
                int source = (((image * height * width) + place) * channels) + channel;
                expected[i] += share * input[source];
                expectedGradient[source] += share * gradient[i];
            }
        }

        ThreadSettings.ForEachCount([1, 2, 3], _ =>
        {
            Resizing.Forward(
                input, output, batch, height, width, channels, newHeight, newWidth, interpolation, alignCorners,
                Epilogue.None);
            Resizing.Backward(
                gradient, inputGradient, batch, height, width, channels, newHeight, newWidth, interpolation,
                alignCorners,
                Epilogue.None);
            Close(expected, output);
            Close(expectedGradient, inputGradient);
        });
    }

    private static double[,] Shares(int from, int to, Interpolation interpolation, bool alignCorners)
    {
        double[,] shares = new double[to, from];
        for (int place = 0; place < to; place++)
        {
            double source = interpolation == Interpolation.Nearest ? place * from / to
                : alignCorners ? place * (from - 1) / Math.Max(1.0, to - 1)
                : ((place + 0.5) * from / to) - 0.5;
            source = interpolation == Interpolation.Bilinear ? Math.Max(0, source) : source;
            for (int near = -3; near < from + 3; near++)
            {
                shares[place, Math.Clamp(near, 0, from - 1)] += Share(Math.Abs(near - source), interpolation);
            }
        }

        return shares;
    }

    private static double Share(double distance, Interpolation interpolation)
    {
        const double A = -0.75;
        double cube = distance * distance * distance, square = distance * distance;
        return interpolation switch
        {
            Interpolation.Nearest => distance == 0 ? 1 : 0,
            Interpolation.Bilinear => Math.Max(0, 1 - distance),
            _ => distance < 1 ? ((A + 2) * cube) - ((A + 3) * square) + 1
                : distance < 2 ? (A * cube) - (5 * A * square) + (8 * A * distance) - (4 * A)
                : 0,
        };
    }

    private static void Close(double[] expected, FloatSpan actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= 1e-5 * Math.Max(1, Math.Abs(expected[i])),
                $"element {i}: expected {expected[i]}, got {actual[i]}");
        }
    }
}
