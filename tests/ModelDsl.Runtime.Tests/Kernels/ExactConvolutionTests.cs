namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>
/// Convolutions of <see cref="ConvolutionMethod.Exact"/>, of shapes that Winograd's method would otherwise compute.
/// </summary>
public sealed class ExactConvolutionTests
{
    private const int Size = 12, Channels = 16, Outputs = 24;

    private static readonly SlidingWindow Window = new(Size, Size, 3, 3)
    {
        PaddingTop = 1,
        PaddingBottom = 1,
        PaddingLeft = 1,
        PaddingRight = 1,
        Method = ConvolutionMethod.Exact,
    };

    private static readonly Gen<ConvolutionCase> Cases = ConvolutionTests.WinogradCases.Select(
        static sample => sample with { Window = sample.Window with { Method = ConvolutionMethod.Exact } });

    /// <summary>The pixels whose windows read the pixel in row 4 and column 6, and it reads likewise.</summary>
    private static readonly int[] Neighbours =
        [.. Enumerable.Range(0, 9).Select(tap => ((3 + (tap / 3)) * Size) + 5 + (tap % 3))];

    private static int Pixel => Neighbours[4];

    [Fact]
    public void Passes_match_a_naive_loop() => ConvolutionTests.Check(Cases, iterations: 40, operands =>
    {
        operands.CheckAll();
        operands.CheckWeightGradient(accumulate: true);
    });

    [Fact]
    public void Stages_of_each_column_and_packed_filters_change_no_bit() =>
        ConvolutionTests.Check(Cases, iterations: 40, operands => operands.CheckStages());

    /// <summary>With one column more of padding the direct sum is taken, over the same numbers.</summary>
    [Fact]
    public void Errors_are_those_of_the_direct_sum()
    {
        var sample = new ConvolutionCase(Window with { Height = 16, Width = 16 }, 64, 64, Groups: 1, Batch: 1);
        using var exact = new ConvolutionOperands(sample);
        using var direct = new ConvolutionOperands(sample with
        {
            Window = sample.Window with { PaddingRight = 3, Method = ConvolutionMethod.Fastest },
        });
        using var fastest = new ConvolutionOperands(Fastest(sample));
        double[] errors = exact.MeasureErrors();
        foreach ((double error, double directError) in errors.Zip(direct.MeasureErrors()))
        {
            Assert.InRange(error, 0.8 * directError, 1.25 * directError);
        }

        Assert.All(errors.Zip(fastest.MeasureErrors()), pair => Assert.InRange(pair.First, 0, 0.8 * pair.Second));
    }

    [Fact]
    public void Integers_are_added_exactly_so_that_what_cancels_is_0()
    {
        using var exact = new Passes(ConvolutionMethod.Exact);
        using var fastest = new Passes(ConvolutionMethod.Fastest);
        for (int pass = 0; pass < exact.Results.Length; pass++)
        {
            float[] sums = exact.Results[pass], approximate = fastest.Results[pass];
            Assert.Contains(0f, sums);
            Assert.Equal(approximate.Select(value => MathF.Round(value)), sums);
            Assert.NotEqual(approximate, sums);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Pixel_that_is_not_finite_reaches_the_results_whose_windows_read_it_and_no_others(float value)
    {
        using var finite = new Passes(ConvolutionMethod.Exact);
        using var spoiled = new Passes(ConvolutionMethod.Exact, (Pixel * Channels) + 5, value);
        ReadOnlySpan<float> weight = finite.Weight;
        for (int i = 0; i < finite.Output.Length; i++)
        {
            (int pixel, int output) = Math.DivRem(i, Outputs);
            int tap = Array.IndexOf(Neighbours, pixel);
            Assert.Equal(
                tap < 0 ? finite.Output[i] : value * weight[(((output * 9) + 8 - tap) * Channels) + 5],
                spoiled.Output[i]);
        }

        // Of the gradients of weights, those of the pixel's channel.
        for (int i = 0; i < weight.Length; i++)
        {
            (int tap, int channel) = Math.DivRem(i % (9 * Channels), Channels);
            float gradient = finite.Gradient[(Neighbours[8 - tap] * Outputs) + (i / (9 * Channels))];
            Assert.Equal(channel == 5 ? value * gradient : finite.WeightGradient[i], spoiled.WeightGradient[i]);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Gradient_that_is_not_finite_reaches_the_pixels_of_its_window_and_the_filters_of_its_output(float value)
    {
        using var finite = new Passes(ConvolutionMethod.Exact);
        using var spoiled = new Passes(ConvolutionMethod.Exact, gradientPlace: (Pixel * Outputs) + 7, value: value);
        for (int i = 0; i < finite.InputGradient.Length; i++)
        {
            (int pixel, int channel) = Math.DivRem(i, Channels);
            int tap = Array.IndexOf(Neighbours, pixel);
            Assert.Equal(
                tap < 0 ? finite.InputGradient[i] : value * finite.Weight[(((7 * 9) + tap) * Channels) + channel],
                spoiled.InputGradient[i]);
        }

        for (int i = 0; i < finite.WeightGradient.Length; i++)
        {
            (int tap, int channel) = Math.DivRem(i % (9 * Channels), Channels);
            float pixel = finite.Input[(Neighbours[tap] * Channels) + channel];
            Assert.Equal(
                i / (9 * Channels) == 7 ? value * pixel : finite.WeightGradient[i], spoiled.WeightGradient[i]);
        }
    }

    [Fact]
    public void Results_are_the_same_to_the_last_bit_for_every_number_of_threads()
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            foreach (int batch in (int[])[1, 30])
            {
                using var operands = new ConvolutionOperands(new ConvolutionCase(
                    Window with { Height = 14, Width = 13 }, Channels: 40, Outputs: 70, Groups: 1, batch));
                WorkerPool.ThreadCount = 1;
                float[] expected = operands.ComputeAll();
                foreach (int threads in (int[])[2, 3, 7])
                {
                    WorkerPool.ThreadCount = threads;
                    Bits.Equal(expected, operands.ComputeAll());
                }
            }
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Theory]
    [InlineData(3, 1, 12, 12, 3)]
    [InlineData(3, 2, 12, 12, 1)]
    [InlineData(5, 1, 12, 12, 1)]
    [InlineData(3, 1, 12, 12, 12)]
    [InlineData(1, 1, 12, 12, 1)]
    [InlineData(3, 1, 3, 12, 1)]
    public void Shapes_that_are_summed_directly_anyway_have_the_same_bits(
        int kernel, int stride, int channels, int outputs, int groups)
    {
        SlidingWindow window = Window with
        {
            KernelHeight = kernel,
            KernelWidth = kernel,
            StrideHeight = stride,
            StrideWidth = stride,
        };
        var sample = new ConvolutionCase(window, channels, outputs, groups, Batch: 2);
        using var exact = new ConvolutionOperands(sample);
        using var fastest = new ConvolutionOperands(Fastest(sample));
        Bits.Equal(fastest.ComputeAll(), exact.ComputeAll());
    }

    [Theory]
    [InlineData(ConvolutionMethod.Exact, ConvolutionMethod.Fastest)]
    [InlineData(ConvolutionMethod.Fastest, ConvolutionMethod.Exact)]
    public void Filters_that_were_packed_for_the_other_method_are_left_aside(
        ConvolutionMethod method, ConvolutionMethod other)
    {
        using var passes = new Passes(method);
        var packed = new PackedFilters(passes.Weight, Window with { Method = other }, Channels, Outputs, 1);
        FloatSpan output = passes.Memory.Zeros(passes.Output.Length);
        Convolution.Forward(
            passes.Input, passes.Weight, packed, output, 1, Window with { Method = method }, Channels, Outputs, 1,
            Epilogue.None);
        Bits.Equal(passes.Output, output);
    }

    [Fact]
    public void Filters_that_were_packed_before_are_read_in_place_of_the_weight()
    {
        using var passes = new Passes(ConvolutionMethod.Exact);
        var packed = new PackedFilters(passes.Weight, Window, Channels, Outputs, 1);
        passes.Weight.AsSpan().Clear();
        FloatSpan output = passes.Memory.Zeros(passes.Output.Length);
        Convolution.Forward(
            passes.Input, passes.Weight, packed, output, 1, Window, Channels, Outputs, 1, Epilogue.None);
        Bits.Equal(passes.Output, output);
    }

    private static ConvolutionCase Fastest(ConvolutionCase sample) =>
        sample with { Window = sample.Window with { Method = ConvolutionMethod.Fastest } };

    /// <summary>
    /// The results of all three passes over small integers, none of which is 0, and maybe one number that is not
    /// finite.
    /// </summary>
    private sealed class Passes : IDisposable
    {
        public Passes(ConvolutionMethod method, int pixelPlace = -1, float value = 0f, int gradientPlace = -1)
        {
            Input = Integers(Size * Size * Channels, 1);
            Weight = Integers(Outputs * 9 * Channels, 2);
            Gradient = Integers(Size * Size * Outputs, 3);
            if (pixelPlace >= 0)
            {
                Input[pixelPlace] = value;
            }

            if (gradientPlace >= 0)
            {
                Gradient[gradientPlace] = value;
            }

            FloatSpan output = Memory.Zeros(Gradient.Length), inputGradient = Memory.Zeros(Input.Length);
            FloatSpan weightGradient = Memory.Zeros(Weight.Length);
            SlidingWindow window = Window with { Method = method };
            Convolution.Forward(Input, Weight, output, 1, window, Channels, Outputs, 1, Epilogue.None);
            Convolution.InputGradient(Gradient, Weight, inputGradient, 1, window, Channels, Outputs, 1, Epilogue.None);
            Convolution.WeightGradient(Gradient, Input, weightGradient, default, 1, window, Channels, Outputs, 1);
            Results = [output.AsSpan().ToArray(), inputGradient.AsSpan().ToArray(), weightGradient.AsSpan().ToArray()];
        }

        public KernelMemory Memory { get; } = new();

        public FloatSpan Input { get; }

        public FloatSpan Weight { get; }

        public FloatSpan Gradient { get; }

        public float[][] Results { get; }

        public float[] Output => Results[0];

        public float[] InputGradient => Results[1];

        public float[] WeightGradient => Results[2];

        public void Dispose() => Memory.Dispose();

        private FloatSpan Integers(int length, int seed)
        {
            FloatSpan span = Memory.Random(length, seed, low: -4f, high: 4f);
            for (int i = 0; i < length; i++)
            {
                span[i] = MathF.CopySign(MathF.Ceiling(MathF.Abs(span[i])), span[i]);
            }

            return span;
        }
    }
}
