namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class ConvolutionTests
{
    private static readonly Gen<ConvolutionCase> Cases =
        from window in Windows(height: 9, width: 9, kernel: 4, dilation: 2, padding: 3)
        from groups in Gen.Int[1, 3]
        from channels in Gen.Int[1, 6]
        from outputs in Gen.Int[1, 18]
        from batch in Gen.Int[1, 4]
        select new ConvolutionCase(window, channels * groups, outputs * groups, groups, batch);

    private static readonly Gen<ConvolutionCase> WideCases =
        from size in Gen.Select(Gen.Int[3, 9], Gen.Int[3, 9])
        from kernel in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from stride in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3])
        from padding in Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3])
        from channels in Gen.Int[14, 40]
        from outputs in Gen.Int[14, 40]
        from batch in Gen.Int[1, 3]
        let window = new SlidingWindow(size.Item1, size.Item2, kernel.Item1, kernel.Item2)
        {
            StrideHeight = stride.Item1,
            StrideWidth = stride.Item2,
            PaddingTop = padding.Item1,
            PaddingRight = padding.Item2,
        }
        select new ConvolutionCase(window, channels, outputs, Groups: 1, batch);

    /// <summary>Shapes that Winograd's method computes.</summary>
    internal static readonly Gen<ConvolutionCase> WinogradCases =
        from height in Gen.Int[3, 14]
        from width in Gen.Int[3, 14]
        from padding in Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 2])
        from channels in Gen.Int[8, 40]
        from outputs in Gen.Int[8, 70]
        from batch in Gen.Int[1, 3]
        let window = new SlidingWindow(height, width, 3, 3)
        {
            PaddingTop = padding.Item1,
            PaddingBottom = padding.Item2,
            PaddingLeft = padding.Item3,
            PaddingRight = padding.Item4,
        }
        select new ConvolutionCase(window, channels, outputs, Groups: 1, batch);

    private static readonly Gen<ConvolutionCase> DepthwiseCases =
        from window in Windows(height: 11, width: 23, kernel: 7, dilation: 3, padding: 4)
        from channels in Gen.Int[1, 35]
        from batch in Gen.Int[1, 3]
        select new ConvolutionCase(window, channels, channels, Groups: channels, batch);

    /// <summary>Windows of three columns next to each other, which are summed in strips down several lines.</summary>
    private static readonly Gen<ConvolutionCase> StripCases =
        from size in Gen.Select(Gen.Int[1, 13], Gen.Int[1, 20])
        from rows in Gen.Select(Gen.Int[1, 4], Gen.Int[1, 2], Gen.Int[1, 3])
        from columns in Gen.Int[1, 3]
        from padding in Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 3])
        from channels in Gen.Int[1, 70]
        from batch in Gen.Int[1, 3]
        let window = new SlidingWindow(size.Item1, size.Item2, rows.Item1, 3)
        {
            DilationHeight = rows.Item2,
            StrideHeight = rows.Item3,
            StrideWidth = columns,
            PaddingTop = padding.Item1,
            PaddingBottom = padding.Item2,
            PaddingLeft = padding.Item3,
            PaddingRight = padding.Item4,
        }
        where window.OutputHeight > 0 && window.OutputWidth > 0
        select new ConvolutionCase(window, channels, channels, Groups: channels, batch);

    [Fact]
    public void Forward_pass_of_any_geometry_matches_a_naive_loop() =>
        Check(Cases, iterations: 120, operands => operands.CheckForward());

    [Fact]
    public void Stages_of_each_column_and_packed_filters_change_no_bit() =>
        Check(Cases, iterations: 120, operands => operands.CheckStages());

    [Fact]
    public void Stages_of_each_column_and_packed_filters_change_no_bit_of_a_depthwise_convolution() =>
        Check(DepthwiseCases, iterations: 60, operands => operands.CheckStages());

    [Theory]
    [InlineData(12, 12, 64, 64, 2)]
    [InlineData(5, 7, 40, 33, 1)]
    [InlineData(8, 8, 16, 300, 9)]
    public void Stages_of_each_column_and_packed_filters_change_no_bit_of_Winograd_s_method(
        int height, int width, int channels, int outputs, int batch)
    {
        using var operands = new ConvolutionOperands(WinogradCase(height, width, channels, outputs, batch));
        operands.CheckStages();
    }

    [Theory]
    [InlineData(32, 32)]
    [InlineData(64, 24)]
    [InlineData(3, 16)]
    [InlineData(12, 5)]
    public void Stages_of_each_column_and_packed_filters_change_no_bit_of_a_product_of_pixels(int channels, int outputs)
    {
        foreach (int pixels in (int[])[1, 5, 31])
        {
            using var operands = new ConvolutionOperands(
                new ConvolutionCase(new SlidingWindow(3, pixels, 1, 1), channels, outputs, Groups: 1, Batch: 2));
            operands.CheckStages();
        }
    }

    [Fact]
    public void Packed_filters_of_another_geometry_are_left_aside()
    {
        using var memory = new KernelMemory();
        var window = new SlidingWindow(6, 6, 3, 3);
        FloatSpan input = memory.Random(6 * 6 * 8, 1), weight = memory.Random(8 * 9 * 8, 2);
        var packed = new PackedFilters(weight, window with { PaddingTop = 1 }, 8, 8, 1);
        float[] Compute(PackedFilters? filters)
        {
            FloatSpan output = memory.Zeros(4 * 4 * 8);
            Convolution.Forward(input, weight, filters, output, 1, window, 8, 8, 1, Epilogue.None);
            return output.AsSpan().ToArray();
        }

        Bits.Equal(Compute(null), Compute(packed));
    }

    [Fact]
    public void Operand_of_a_stage_that_is_shorter_than_the_outputs_is_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan input = memory.Random(4 * 4 * 8, 1), weight = memory.Random(16 * 8, 2);
        FloatSpan output = memory.Zeros(4 * 4 * 16), bias = memory.Random(15, 3);
        Assert.Throws<ArgumentOutOfRangeException>(() => Convolution.Forward(
            input, weight, output, 1, new SlidingWindow(4, 4, 1, 1), 8, 16, 1, Epilogue.Of(new AddBias(bias))));
    }

    [Fact]
    public void Input_gradient_of_any_geometry_matches_a_naive_loop() =>
        Check(Cases, iterations: 120, operands => operands.CheckInputGradient());

    [Fact]
    public void Weight_gradient_of_any_geometry_matches_a_naive_loop() =>
        Check(Cases, iterations: 120, operands => operands.CheckWeightGradient(accumulate: false));

    [Fact]
    public void Weight_gradient_can_be_added_to_another() =>
        Check(Cases, iterations: 40, operands => operands.CheckWeightGradient(accumulate: true));

    [Fact]
    public void Convolutions_larger_than_one_chunk_of_work_match_a_naive_loop()
    {
        var window = new SlidingWindow(29, 31, 3, 3) { PaddingTop = 1, PaddingBottom = 1, PaddingLeft = 1, PaddingRight = 1 };
        foreach (int groups in (int[])[1, 2, 12])
        {
            using var operands = new ConvolutionOperands(new ConvolutionCase(window, 12, 12, groups, Batch: 3));
            operands.CheckAll();
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public void Weight_gradient_of_several_bands_of_lines_matches_a_naive_loop(int stride, int dilation)
    {
        var window = new SlidingWindow(19, 17, 3, 5)
        {
            StrideHeight = stride,
            StrideWidth = stride,
            DilationHeight = 1,
            DilationWidth = dilation,
            PaddingTop = 1,
            PaddingLeft = 2,
        };
        using var operands = new ConvolutionOperands(new ConvolutionCase(window, 18, 20, Groups: 1, Batch: 30));
        operands.CheckWeightGradient(accumulate: false);
        operands.CheckWeightGradient(accumulate: true);
    }

    /// <summary>More channels than the kernels for few of them take.</summary>
    [Fact]
    public void Direct_sum_over_many_channels_matches_a_naive_loop() =>
        Check(WideCases, iterations: 40, operands => operands.CheckAll());

    /// <summary>Images of which some rows at a time are copied, with results of one vector, and of pixels as lanes.</summary>
    [Theory]
    [InlineData(200, 37, 3, 12)]
    [InlineData(90, 130, 2, 5)]
    [InlineData(40, 70, 20, 1)]
    [InlineData(33, 600, 1, 16)]
    public void Convolution_of_few_channels_in_more_than_one_block_of_rows_matches_a_naive_loop(
        int height, int width, int channels, int outputs)
    {
        var window = new SlidingWindow(height, width, 5, 3) { PaddingTop = 2, PaddingBottom = 1, PaddingLeft = 1, PaddingRight = 2 };
        using var operands = new ConvolutionOperands(new ConvolutionCase(window, channels, outputs, Groups: 1, Batch: 2));
        operands.CheckAll();
    }

    [Fact]
    public void Depthwise_convolution_of_any_geometry_matches_a_naive_loop() =>
        Check(DepthwiseCases, iterations: 300, operands => operands.CheckAll());

    [Fact]
    public void Depthwise_convolution_in_strips_matches_a_naive_loop() =>
        Check(StripCases, iterations: 200, operands => operands.CheckAll());

    [Fact]
    public void Stages_of_each_column_and_packed_filters_change_no_bit_of_strips() =>
        Check(StripCases, iterations: 60, operands => operands.CheckStages());

    [Fact]
    public void Strip_of_a_large_image_is_divided_into_lines_and_matches_a_naive_loop()
    {
        var window = new SlidingWindow(37, 61, 3, 3)
        {
            PaddingTop = 1,
            PaddingBottom = 1,
            PaddingLeft = 1,
            PaddingRight = 1,
        };
        foreach (int stride in (int[])[1, 2])
        {
            SlidingWindow strided = window with { StrideHeight = stride, StrideWidth = stride };
            using var operands = new ConvolutionOperands(new ConvolutionCase(strided, 24, 24, Groups: 24, Batch: 2));
            operands.CheckAll();
            operands.CheckStages();
        }
    }

    /// <summary>Padding so wide that windows lie in it as a whole, and in all rows or columns.</summary>
    [Theory]
    [InlineData(1, 3, 15)]
    [InlineData(1, 3, 1)]
    [InlineData(3, 3, 15)]
    [InlineData(20, 20, 20)]
    [InlineData(1, 8, 8)]
    public void Windows_beyond_the_image_match_a_naive_loop(int groups, int channels, int outputs)
    {
        foreach (int size in (int[])[1, 2, 5])
        {
            foreach (int stride in (int[])[1, 3])
            {
                var window = new SlidingWindow(2, size, 2, 2)
                {
                    StrideHeight = stride,
                    StrideWidth = stride,
                    PaddingTop = 3,
                    PaddingBottom = 2,
                    PaddingLeft = 3,
                };
                SlidingWindow right = window with { PaddingLeft = 0, PaddingRight = 4 };
                foreach (SlidingWindow sample in (SlidingWindow[])[window, right])
                {
                    using var operands = new ConvolutionOperands(
                        new ConvolutionCase(sample, channels, outputs, groups, Batch: 2));
                    operands.CheckAll();
                    operands.CheckStages();
                }
            }
        }
    }

    /// <summary>
    /// Three taps next to each other, of which neighbouring pixels share columns, in rows of every length.
    /// </summary>
    [Fact]
    public void Depthwise_convolution_of_three_columns_matches_a_naive_loop_for_every_width_and_padding()
    {
        for (int width = 1; width <= 20; width++)
        {
            for (int padding = 0; padding < 9; padding++)
            {
                foreach ((int step, int dilation) in ((int, int)[])[(1, 1), (2, 1), (2, 2)])
                {
                    var window = new SlidingWindow(4, width, 3, 3)
                    {
                        StrideWidth = step,
                        DilationWidth = dilation,
                        PaddingTop = 1,
                        PaddingLeft = padding / 3,
                        PaddingRight = padding % 3,
                    };
                    if (window.OutputWidth > 0)
                    {
                        int channels = 1 + ((width + padding) % 20);
                        using var operands = new ConvolutionOperands(
                            new ConvolutionCase(window, channels, channels, Groups: channels, Batch: 2));
                        operands.CheckForward();
                        operands.CheckInputGradient();
                    }
                }
            }
        }
    }

    [Fact]
    public void A_tap_beyond_the_border_of_a_depthwise_convolution_is_not_computed_even_if_it_is_NaN()
    {
        const int Width = 5;
        var window = new SlidingWindow(1, Width, 1, 3) { PaddingLeft = 1, PaddingRight = 1 };
        using var memory = new KernelMemory();
        FloatSpan input = memory.Random(Width, 1);
        FloatSpan output = memory.Zeros(Width);
        Convolution.Forward(
            input, memory.Of([float.NaN, 1f, 2f]), output, batch: 1, window, channels: 1, outputs: 1, groups: 1,
            Epilogue.None);
        Assert.Equal(float.FusedMultiplyAdd(2f, input[1], input[0]), output[0]);
        Assert.All(output.AsSpan()[1..].ToArray(), value => Assert.Equal(float.NaN, value));

        Convolution.Forward(
            input, memory.Of([2f, 1f, float.NaN]), output, batch: 1, window, channels: 1, outputs: 1, groups: 1,
            Epilogue.None);
        Assert.Equal(float.FusedMultiplyAdd(1f, input[Width - 1], 2f * input[Width - 2]), output[Width - 1]);
        Assert.All(output.AsSpan()[..^1].ToArray(), value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void Winograd_s_method_matches_a_naive_loop() =>
        Check(WinogradCases, iterations: 60, operands => operands.CheckAll());

    [Fact]
    public void Weight_gradient_by_Winograd_s_method_can_be_added_to_another() =>
        Check(WinogradCases, iterations: 20, operands => operands.CheckWeightGradient(accumulate: true));

    /// <summary>Many tiles: shared filters, several blocks of tiles, several groups. Deep: several blocks of the depth.</summary>
    [Theory]
    [InlineData(41, 39, 9, 8, 5)]
    [InlineData(6, 9, 150, 131, 1)]
    [InlineData(33, 29, 130, 8, 1)]
    public void Winograd_s_method_in_more_than_one_block_matches_a_naive_loop(
        int height, int width, int channels, int outputs, int batch)
    {
        using var operands = new ConvolutionOperands(WinogradCase(height, width, channels, outputs, batch));
        operands.CheckAll();
        operands.CheckWeightGradient(accumulate: true);
    }

    /// <summary>With one column more of padding the direct sum is taken, over the same numbers.</summary>
    [Fact]
    public void Winograd_s_method_errs_at_most_three_times_as_much_as_the_direct_sum()
    {
        ConvolutionCase sample = WinogradCase(16, 16, 64, 64, batch: 1);
        using var winograd = new ConvolutionOperands(sample);
        using var direct = new ConvolutionOperands(sample with { Window = sample.Window with { PaddingRight = 3 } });
        foreach ((double error, double directError) in winograd.MeasureErrors().Zip(direct.MeasureErrors()))
        {
            Assert.InRange(error, 0.1 * directError, 3 * directError);
        }
    }

    /// <summary>Pixels and filters of magnitude 1, which is where a bound by magnitudes is nearest.</summary>
    [Theory]
    [InlineData(8, 1f)]
    [InlineData(64, 1f)]
    [InlineData(300, 1f)]
    [InlineData(64, 1e15f)]
    [InlineData(64, 1e-15f)]
    public void Winograd_s_method_errs_less_than_its_bound(int channels, float magnitude)
    {
        const int Size = 12, Outputs = 8;
        SlidingWindow window = WinogradCase(Size, Size, channels, Outputs, batch: 1).Window;
        Assert.True(Winograd.Suits(new ConvolutionShape(window, channels, Outputs, Groups: 1)));
        using var memory = new KernelMemory();
        FloatSpan source = memory.Random(window.Pixels * channels, 1);
        FloatSpan filters = memory.Random(Outputs * 9 * channels, 2);
        FloatSpan result = memory.Zeros(window.OutputPixels * Outputs);
        for (int i = 0; i < source.Length; i++)
        {
            source[i] = MathF.CopySign(magnitude, source[i]);
        }

        for (int i = 0; i < filters.Length; i++)
        {
            filters[i] = MathF.CopySign(1f, filters[i]);
        }

        Convolution.Forward(source, filters, result, 1, window, channels, Outputs, 1, Epilogue.None);
        double roundings = channels + WinogradAxis.TransformRoundings;
        double unit = Math.Pow(WinogradAxis.Amplification, 2) * magnitude / (1 << 24);
        double largest = 0;
        for (int i = 0; i < result.Length; i++)
        {
            (int pixel, int output) = Math.DivRem(i, Outputs);
            double sum = 0;
            for (int tap = 0; tap < 9; tap++)
            {
                int y = (pixel / window.OutputWidth) + (tap / 3) - window.PaddingTop;
                int x = (pixel % window.OutputWidth) + (tap % 3) - window.PaddingLeft;
                for (int c = 0; c < channels && y >= 0 && y < Size && x >= 0 && x < Size; c++)
                {
                    double weight = filters[(((output * 9) + tap) * channels) + c];
                    sum += weight * source[(((y * Size) + x) * channels) + c];
                }
            }

            largest = Math.Max(largest, Math.Abs(sum - result[i]));
        }

        Assert.InRange(largest, 0, roundings * channels * unit);

        // Roundings that do not all point one way.
        Assert.InRange(largest, 0, Math.Sqrt(roundings * channels) * unit);
    }

    [Theory]
    [InlineData(8, 8, 3, 3, true)]
    [InlineData(7, 64, 8, 8, false)]
    [InlineData(64, 7, 8, 8, false)]
    [InlineData(64, 64, 2, 2, false)]
    [InlineData(64, 64, 5, 5, true)]
    public void Winograd_s_method_is_chosen_by_channels_and_size(int channels, int outputs, int height, int width, bool suits)
    {
        SlidingWindow window = WinogradCase(height, width, channels, outputs, batch: 1).Window;
        Assert.Equal(suits, Winograd.Suits(new ConvolutionShape(window, channels, outputs, Groups: 1)));
        Assert.False(Winograd.Suits(new ConvolutionShape(window with { StrideWidth = 2 }, channels, outputs, Groups: 1)));
        Assert.False(Winograd.Suits(new ConvolutionShape(window with { DilationHeight = 2 }, channels, outputs, Groups: 1)));
        Assert.False(Winograd.Suits(new ConvolutionShape(window with { PaddingRight = 3 }, channels, outputs, Groups: 1)));
        Assert.False(Winograd.Suits(new ConvolutionShape(window, channels, outputs, Groups: 2)));
        SlidingWindow exact = window with { Method = ConvolutionMethod.Exact };
        Assert.False(Winograd.Suits(new ConvolutionShape(exact, channels, outputs, Groups: 1)));
    }

    [Fact]
    public void Results_are_the_same_to_the_last_bit_for_every_number_of_threads()
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int groups in (int[])[1, 2, 24])
            {
                foreach (int stride in (int[])[1, 2])
                {
                    var window = new SlidingWindow(23, 21, 3, 3) { StrideHeight = stride, StrideWidth = stride, PaddingTop = 1 };
                    CheckThreads(new ConvolutionCase(window, 24, 24, groups, Batch: 11));
                }
            }

            foreach (int outputs in (int[])[1, 5, 13])
            {
                CheckThreads(new ConvolutionCase(new SlidingWindow(40, 45, 5, 5) { PaddingLeft = 2 }, 3, outputs, Groups: 1, Batch: 12));
            }

            foreach (int batch in (int[])[1, 30])
            {
                CheckThreads(WinogradCase(14, 13, 40, 70, batch));
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Fact]
    public void Window_that_does_not_fit_is_refused()
    {
        FloatSpan memory = new AlignedMemory(100).FloatSpan;
        ArgumentException error = Assert.Throws<ArgumentException>(() => Convolution.Forward(
            memory, memory, memory, 1, new SlidingWindow(3, 3, 4, 4), channels: 1, outputs: 1, groups: 1, Epilogue.None));
        Assert.StartsWith("expected a window that fits its image, got SlidingWindow { Height = 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Operand_that_is_too_short_is_refused()
    {
        FloatSpan memory = new AlignedMemory(100).FloatSpan;
        ArgumentException error = Assert.Throws<ArgumentException>(() => Convolution.Forward(
            memory, memory, memory.Slice(0, 15), 1, new SlidingWindow(4, 4, 1, 1), channels: 2, outputs: 1, groups: 1, Epilogue.None));
        Assert.StartsWith("expected at least 1x16x1 values, got 15", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Windows of any geometry up to some sizes that fit their image.</summary>
    private static Gen<SlidingWindow> Windows(int height, int width, int kernel, int dilation, int padding) =>
        from vertical in Sides(height, kernel, dilation, padding)
        from horizontal in Sides(width, kernel, dilation, padding)
        let window = WindowSide.Window(vertical, horizontal)
        where window.OutputHeight > 0 && window.OutputWidth > 0
        select window;

    private static Gen<WindowSide> Sides(int size, int kernel, int dilation, int padding) =>
        Gen.Select(
            Gen.Int[1, size], Gen.Int[1, kernel], Gen.Int[1, 3], Gen.Int[1, dilation], Gen.Int[0, padding], Gen.Int[0, padding],
            (pixels, taps, stride, distance, before, after) =>
                new WindowSide(pixels, taps, stride, distance, before, after));

    internal static void Check(Gen<ConvolutionCase> cases, int iterations, Action<ConvolutionOperands> check) =>
        Gen.Select(cases, Gen.Bool).Sample(
            (sample, atEnd) =>
            {
                using var operands = new ConvolutionOperands(sample, atEnd);
                check(operands);
            },
            iter: iterations);

    private static void CheckThreads(ConvolutionCase sample)
    {
        using var operands = new ConvolutionOperands(sample);
        WorkerPool.ThreadCount = 1;
        float[] expected = operands.ComputeAll();
        foreach (int threads in (int[])[2, 3, 7])
        {
            WorkerPool.ThreadCount = threads;
            Assert.Equal(expected, operands.ComputeAll());
        }
    }

    private static ConvolutionCase WinogradCase(int height, int width, int channels, int outputs, int batch) =>
        new(
            new SlidingWindow(height, width, 3, 3) { PaddingTop = 1, PaddingBottom = 1, PaddingLeft = 1, PaddingRight = 1 },
            channels, outputs, Groups: 1, batch);
}
