namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Pooling by PyTorch's definitions of <c>ceil_mode</c> and <c>count_include_pad</c>.</summary>
public sealed class PoolingTests
{
    [Theory]
    [InlineData(5, 2, 2, 0, true, 3)]
    [InlineData(5, 2, 2, 0, false, 2)]
    [InlineData(4, 2, 2, 0, true, 2)] // divides evenly
    [InlineData(6, 3, 2, 1, true, 4)]
    [InlineData(4, 2, 3, 1, true, 2)] // a third window would start in the padding behind the image
    [InlineData(4, 1, 4, 0, true, 1)] // a second window would start behind the image
    [InlineData(2, 3, 2, 0, true, 1)] // larger than the image
    [InlineData(3, 2, 5, 1, true, 1)]
    public void The_number_of_windows_is_PyTorchs(int size, int kernel, int stride, int padding, bool roundsUp, int windows)
    {
        SlidingWindow window = Line(size, kernel, stride, padding, roundsUp);
        Assert.Equal(windows, window.OutputWidth);
        Assert.Equal(1, window.OutputHeight);
    }

    [Fact]
    public void A_window_that_starts_nowhere_is_refused()
    {
        using KernelMemory memory = new();
        FloatSpan operand = memory.Zeros(100);
        Assert.Throws<ArgumentException>(() =>
            MaxPooling.Forward(operand, operand, default, 1, Line(1, 3, 2, 0, roundsUp: true), channels: 1));
    }

    [Fact]
    public void A_last_window_takes_the_largest_of_what_is_left()
    {
        using KernelMemory memory = new();
        FloatSpan output = memory.Zeros(3);
        MaxPooling.Forward(memory.Of([1, 2, 4, 3, 5]), output, default, 1, Line(5, 2, 2, 0, roundsUp: true), channels: 1);
        Assert.Equal([2f, 4f, 5f], output.AsSpan().ToArray());
    }

    [Theory]
    [InlineData(false, new[] { 1.5f, 3f, 5f, 6f })]
    [InlineData(true, new[] { 1f, 3f, 5f, 3f })] // 0+1+2, 2+3+4, 4+5+6 over 3; 6+0 over 2: what lies beyond the padding does not count
    public void Means_count_the_padding_only_where_they_are_told_to(bool countPadding, float[] means)
    {
        using KernelMemory memory = new();
        FloatSpan output = memory.Zeros(4);
        AveragePooling.Forward(
            memory.Of([1, 2, 3, 4, 5, 6]), output, 1, Line(6, 3, 2, 1, roundsUp: true), channels: 1, countPadding, Epilogue.None);
        Assert.Equal(means, output.AsSpan().ToArray());
    }

    [Fact]
    public void Pooling_is_that_of_the_definition_for_any_geometry_and_its_gradient_the_transposed_map() =>
        Gen.Select(GenSide, GenSide, Gen.Int[1, 20], Gen.Bool, Gen.Bool).Sample(
            (vertical, horizontal, channels, roundsUp, counts) =>
        {
            SlidingWindow window = WindowSide.Window(vertical, horizontal) with { CeilMode = roundsUp };
            int inputs = window.Height * window.Width * channels;
            int outputs = window.OutputHeight * window.OutputWidth * channels;
            if (outputs == 0)
            {
                return;
            }

            using KernelMemory memory = new();
            FloatSpan input = memory.Random(inputs, 1), gradient = memory.Random(outputs, 2);
            FloatSpan means = memory.Zeros(outputs), maxima = memory.Zeros(outputs);
            FloatSpan origins = memory.Zeros(outputs);
            FloatSpan meanGradient = memory.Zeros(inputs), maximumGradient = memory.Zeros(inputs);
            AveragePooling.Forward(input, means, 1, window, channels, counts, Epilogue.None);
            AveragePooling.Backward(gradient, meanGradient, 1, window, channels, counts, Epilogue.None);
            MaxPooling.Forward(input, maxima, origins, 1, window, channels);
            MaxPooling.Backward(gradient, origins, maximumGradient, 1, window, channels, Epilogue.None);

            double[] expectedGradient = new double[inputs], expectedMaximumGradient = new double[inputs];
            for (int i = 0; i < outputs; i++)
            {
                int[] pixels = [.. PixelsOf(window, i / channels, out int withPadding).Select(pixel => (pixel * channels) + (i % channels))];
                int count = counts ? withPadding : pixels.Length;
                Assert.Equal(pixels.Sum(pixel => (double)input[pixel]) / count, means[i], 1e-5);
                int largest = pixels.MaxBy(pixel => input[pixel]);
                Assert.Equal(input[largest], maxima[i]);
                expectedMaximumGradient[largest] += gradient[i];
                foreach (int pixel in pixels)
                {
                    expectedGradient[pixel] += gradient[i] / (double)count;
                }
            }

            for (int i = 0; i < inputs; i++)
            {
                Assert.Equal(expectedGradient[i], meanGradient[i], 1e-5);
                Assert.Equal(expectedMaximumGradient[i], maximumGradient[i], 1e-5);
            }
        }, iter: 300);

    /// <summary>Each gradient goes to the first of its window's largest pixels, and all other pixels get 0.</summary>
    [Fact]
    public void Gradient_of_windows_side_by_side_goes_to_the_largest_pixel_of_each() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 40], Gen.Bool).Sample(
            (height, width, rows, columns, channels, roundsUp) =>
            {
                const int Images = 2;
                var window = new SlidingWindow(height, width, rows, columns)
                {
                    StrideHeight = rows,
                    StrideWidth = columns,
                    CeilMode = roundsUp,
                };
                int outputs = window.OutputPixels * channels;
                if (outputs == 0)
                {
                    return;
                }

                using KernelMemory memory = new();
                int inputs = window.Pixels * channels;
                FloatSpan input = memory.Random(Images * inputs, 1), gradient = memory.Random(Images * outputs, 2);
                FloatSpan maxima = memory.Zeros(Images * outputs), origins = memory.Zeros(Images * outputs);
                FloatSpan result = memory.Random(Images * inputs, 3);
                MaxPooling.Forward(input, maxima, origins, Images, window, channels);
                MaxPooling.Backward(gradient, origins, result, Images, window, channels, Epilogue.None);
                float[] expected = new float[Images * inputs];
                for (int i = 0; i < Images * outputs; i++)
                {
                    (int image, int value) = Math.DivRem(i, outputs);
                    int largest = PixelsOf(window, value / channels, out _)
                        .Select(pixel => (image * inputs) + (pixel * channels) + (value % channels))
                        .MaxBy(pixel => input[pixel]);
                    Assert.Equal(input[largest], maxima[i]);
                    expected[largest] = gradient[i];
                }

                Assert.Equal(expected, result.AsSpan().ToArray());
            },
            iter: 200);

    [Fact]
    public void Maxima_without_origins_are_those_with_them_for_any_geometry_and_number_of_channels() =>
        Gen.Select(GenSide, GenSide, Gen.Int[1, 40], Gen.Bool, Gen.Int[1, 3]).Sample(
            (vertical, horizontal, channels, roundsUp, images) =>
            {
                SlidingWindow window = WindowSide.Window(vertical, horizontal) with { CeilMode = roundsUp };
                int outputs = images * window.OutputPixels * channels;
                if (outputs == 0)
                {
                    return;
                }

                using KernelMemory memory = new();
                FloatSpan input = memory.Random(images * window.Pixels * channels, 1);
                FloatSpan alone = memory.Zeros(outputs), noted = memory.Zeros(outputs), origins = memory.Zeros(outputs);
                MaxPooling.Forward(input, alone, default, images, window, channels);
                MaxPooling.Forward(input, noted, origins, images, window, channels);
                Assert.Equal(noted.AsSpan().ToArray(), alone.AsSpan().ToArray());
            },
            iter: 300);

    [Fact]
    public void Pooling_of_windows_whose_pixels_lie_apart_is_that_of_the_definition() =>
        Gen.Select(GenDilated, GenDilated, Gen.Int[1, 40], Gen.Bool, Gen.Bool)
            .Sample((vertical, horizontal, channels, roundsUp, counts) =>
        {
            SlidingWindow window = WindowSide.Window(vertical, horizontal) with { CeilMode = roundsUp };
            int outputs = window.OutputPixels * channels, inputs = window.Pixels * channels;
            if (outputs == 0)
            {
                return;
            }

            using KernelMemory memory = new();
            FloatSpan input = memory.Random(inputs, 1), gradient = memory.Random(outputs, 2);
            FloatSpan alone = memory.Zeros(outputs), maxima = memory.Zeros(outputs), origins = memory.Zeros(outputs);
            FloatSpan inputGradient = memory.Zeros(inputs);
            FloatSpan means = memory.Zeros(outputs), meanGradient = memory.Zeros(inputs);
            if (window.HasEmptyWindow)
            {
                Assert.Throws<ArgumentException>(() => MaxPooling.Forward(input, maxima, origins, 1, window, channels));
                Assert.Throws<ArgumentException>(() =>
                    AveragePooling.Forward(input, means, 1, window, channels, counts, Epilogue.None));
                return;
            }

            MaxPooling.Forward(input, alone, default, 1, window, channels);
            MaxPooling.Forward(input, maxima, origins, 1, window, channels);
            MaxPooling.Backward(gradient, origins, inputGradient, 1, window, channels, Epilogue.None);
            AveragePooling.Forward(input, means, 1, window, channels, counts, Epilogue.None);
            AveragePooling.Backward(gradient, meanGradient, 1, window, channels, counts, Epilogue.None);
            float[] expected = new float[inputs];
            double[] expectedMeanGradient = new double[inputs];
            for (int i = 0; i < outputs; i++)
            {
                (int row, int column) = Math.DivRem(i / channels, window.OutputWidth);
                (int Row, int Column)[] places =
                [
                    .. from y in Enumerable.Range(0, window.KernelHeight)
                       from x in Enumerable.Range(0, window.KernelWidth)
                       let h = (row * window.StrideHeight) - window.PaddingTop + (y * window.DilationHeight)
                       let w = (column * window.StrideWidth) - window.PaddingLeft + (x * window.DilationWidth)
                       where h < window.Height + window.PaddingBottom && w < window.Width + window.PaddingRight
                       select (h, w),
                ];
                int[] inside =
                [
                    .. from place in places
                       where place.Row >= 0 && place.Row < window.Height
                           && place.Column >= 0 && place.Column < window.Width
                       select (((place.Row * window.Width) + place.Column) * channels) + (i % channels),
                ];
                int largest = inside.MaxBy(place => input[place]);
                Assert.Equal(input[largest], maxima[i]);
                Assert.Equal(input[largest], alone[i]);
                expected[largest] += gradient[i];
                int count = counts ? places.Length : inside.Length;
                Assert.Equal(inside.Sum(place => (double)input[place]) / count, means[i], 1e-5);
                foreach (int place in inside)
                {
                    expectedMeanGradient[place] += gradient[i] / (double)count;
                }
            }

            Assert.Equal(expected, inputGradient.AsSpan().ToArray());
            for (int i = 0; i < inputs; i++)
            {
                Assert.Equal(expectedMeanGradient[i], meanGradient[i], 1e-5);
            }
        });

    private static readonly Gen<WindowSide> GenDilated =
        from size in Gen.Int[1, 9]
        from kernel in Gen.Int[1, 3]
        from stride in Gen.Int[1, 3]
        from dilation in Gen.Int[1, 3]
        from before in Gen.Int[0, dilation * (kernel - 1)]
        from after in Gen.Int[0, dilation * (kernel - 1)]
        select new WindowSide(size, kernel, stride, dilation, before, after);

    private static readonly Gen<WindowSide> GenSide =
        from size in Gen.Int[1, 7]
        from kernel in Gen.Int[1, 4]
        from stride in Gen.Int[1, 4]
        from before in Gen.Int[0, kernel - 1]
        from after in Gen.Int[0, kernel - 1]
        select new WindowSide(size, kernel, stride, Dilation: 1, before, after);

    // As PyTorch's loops go: from the window's start to its end, cut off at the padding, then at the image.
    private static List<int> PixelsOf(SlidingWindow window, int output, out int withPadding)
    {
        (int row, int column) = Math.DivRem(output, window.OutputWidth);
        int top = (row * window.StrideHeight) - window.PaddingTop, left = (column * window.StrideWidth) - window.PaddingLeft;
        int bottom = Math.Min(top + window.KernelHeight, window.Height + window.PaddingBottom);
        int right = Math.Min(left + window.KernelWidth, window.Width + window.PaddingRight);
        withPadding = (bottom - top) * (right - left);
        var pixels = new List<int>();
        for (int y = Math.Max(top, 0); y < Math.Min(bottom, window.Height); y++)
        {
            for (int x = Math.Max(left, 0); x < Math.Min(right, window.Width); x++)
            {
                pixels.Add((y * window.Width) + x);
            }
        }

        return pixels;
    }

    private static SlidingWindow Line(int size, int kernel, int stride, int padding, bool roundsUp) =>
        new(1, size, 1, kernel) { StrideWidth = stride, PaddingLeft = padding, PaddingRight = padding, CeilMode = roundsUp };
}
