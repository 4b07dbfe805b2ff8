namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Reductions, softmax and cumulative sums along dimensions, between guard pages.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class ReductionTests : IDisposable
{
    private readonly KernelMemory _memory = new();

    public static TheoryData<string> Kinds => [.. Forwards.Keys];

    private static readonly Dictionary<string, Forward> Forwards = new()
    {
        ["Sum"] = (x, y, o, c, i) => Reduction.Sum(x, y, o, c, i, 1f),
        ["Mean"] = (x, y, o, c, i) => Reduction.Sum(x, y, o, c, i, c),
        ["Max"] = Reduction.Max,
        ["Min"] = Reduction.Min,
        ["Variance"] = (x, y, o, c, i) => Reduction.Variance(x, y, o, c, i, c),
        ["Norm"] = Reduction.Norm,
        ["LogSumExp"] = Reduction.LogSumExp,
    };

    private static readonly Dictionary<string, Backward> Backwards = new()
    {
        ["Sum"] = (_, g, d, o, c, i) => Reduction.SumGradient(g, d, o, c, i, 1f),
        ["Mean"] = (_, g, d, o, c, i) => Reduction.SumGradient(g, d, o, c, i, c),
        ["Max"] = Reduction.MaxGradient,
        ["Min"] = Reduction.MinGradient,
        ["Variance"] = (x, g, d, o, c, i) => Reduction.VarianceGradient(x, g, d, o, c, i, c),
        ["Norm"] = Reduction.NormGradient,
        ["LogSumExp"] = Reduction.LogSumExpGradient,
    };

    private delegate void Forward(FloatSpan source, FloatSpan result, int outer, int count, int inner);

    private delegate void Backward(
        FloatSpan source, FloatSpan gradient, FloatSpan result, int outer, int count, int inner);

    public void Dispose() => _memory.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Reductions_and_gradients_match_a_naive_loop(string kind)
    {
        foreach (int count in (int[])[1, 2, 3, 15, 16, 17, 33, 70])
        {
            foreach (int inner in (int[])[1, 2, 7, 15, 16, 17, 40])
            {
                const int Outer = 3;
                FloatSpan x = _memory.Random(Outer * count * inner, count + inner, -2f, 2f);
                FloatSpan y = _memory.Zeros(Outer * inner), d = _memory.Zeros(Outer * count * inner);
                FloatSpan g = _memory.Random(Outer * inner, inner);
                Forwards[kind](x, y, Outer, count, inner);
                Backwards[kind](x, g, d, Outer, count, inner);
                for (int line = 0; line < Outer * inner; line++)
                {
                    double[] values = [.. Places(line, count, inner).Select(place => (double)x[place])];
                    Assert.Equal(Of(kind, values), y[line], 1e-5 * count);
                    Assert.All(
                        Places(line, count, inner).Zip(GradientOf(kind, values)),
                        pair => Assert.Equal(pair.Second * g[line], d[pair.First], 1e-5));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void NaN_reaches_the_result_of_its_line_alone(string kind)
    {
        foreach (int inner in (int[])[1, 3, 20])
        {
            for (int place = 0; place < 20; place += 3)
            {
                FloatSpan x = _memory.Random(2 * 20 * inner, 1), y = _memory.Zeros(2 * inner);
                x[(20 * inner) + (place * inner)] = float.NaN;
                Forwards[kind](x, y, 2, 20, inner);
                Assert.Equal(
                    Enumerable.Range(0, 2 * inner).Select(line => line == inner), y.AsSpan().ToArray().Select(float.IsNaN));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bits_are_the_same_for_every_number_of_threads(string kind)
    {
        foreach (int inner in (int[])[1, 50])
        {
            const int Outer = 40, Count = 60;
            FloatSpan x = _memory.Random(Outer * Count * inner, 1), g = _memory.Random(Outer * inner, 2);
            int threads = WorkerPool.ThreadCount;
            try
            {
                (float[] Result, float[] Gradient) one = Run(1);
                for (int count = 2; count <= 4; count++)
                {
                    (float[] result, float[] gradient) = Run(count);
                    Bits.Equal(one.Result, result);
                    Bits.Equal(one.Gradient, gradient);
                }
            }
            finally
            {
                WorkerPool.ThreadCount = threads;
            }

            (float[] Result, float[] Gradient) Run(int count)
            {
                WorkerPool.ThreadCount = count;
                FloatSpan y = _memory.Zeros(Outer * inner), d = _memory.Zeros(Outer * Count * inner);
                Forwards[kind](x, y, Outer, Count, inner);
                Backwards[kind](x, g, d, Outer, Count, inner);
                return (y.AsSpan().ToArray(), d.AsSpan().ToArray());
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Sums_of_a_million_equal_terms_are_exact_to_a_millionth_and_their_variance_is_zero(int inner)
    {
        const int Count = 1_000_000;
        FloatSpan x = _memory.Zeros(Count * inner), y = _memory.Zeros(inner);
        x.AsSpan().Fill(0.1f);
        Reduction.Sum(x, y, 1, Count, inner, 1f);
        Assert.All(y.AsSpan().ToArray(), sum => Assert.Equal(1, sum / (Count * (double)0.1f), 1e-6));
        Reduction.Variance(x, y, 1, Count, inner, Count);
        Assert.All(y.AsSpan().ToArray(), variance => Assert.Equal(0f, variance));
    }

    [Fact]
    public void Variance_far_from_zero_is_that_of_the_distances()
    {
        FloatSpan x = _memory.Of([10000f, 10001f, 10002f, 10003f]), y = _memory.Zeros(1);
        Reduction.Variance(x, y, 1, 4, 1, 3f);
        Assert.Equal(5f / 3, y[0], 1e-6f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Extreme_cases_have_the_values_of_their_limits(int inner)
    {
        float[] zeros = Column(Reduction.Norm, 0f, 0f);
        Assert.All(zeros, norm => Assert.Equal(0f, norm));
        Assert.All(Gradient(Reduction.NormGradient, 0f, 0f), slope => Assert.Equal(0f, slope));
        Assert.All(Column(Reduction.Norm, 3e30f, 4e30f), norm => Assert.Equal(5e30f, norm, 1e24f));
        Assert.All(Column(Reduction.Norm, 3e-30f, 4e-30f), norm => Assert.Equal(5e-30f, norm, 1e-35f));
        Assert.All(Column(Reduction.LogSumExp, 1e4f, 1e4f), sum => Assert.Equal(1e4f + MathF.Log(2), sum, 1e-3f));
        Assert.All(Column(Reduction.LogSumExp, float.NegativeInfinity, float.NegativeInfinity), sum => Assert.Equal(float.NegativeInfinity, sum));
        Assert.All(Column(Reduction.LogSumExp, 1f, float.PositiveInfinity), sum => Assert.Equal(float.PositiveInfinity, sum));
        Assert.All(Gradient(Reduction.LogSumExpGradient, float.NegativeInfinity, float.NegativeInfinity), slope => Assert.Equal(0f, slope));

        // The first of those that are equal.
        float[] first = Gradient(Reduction.MaxGradient, 2f, 2f);
        Assert.Equal(Enumerable.Range(0, 2 * inner).Select(i => i < inner ? 1f : 0f), first);
        Assert.Equal(first, Gradient(Reduction.MinGradient, 2f, 2f));
        Assert.Equal(first, Gradient(Reduction.MaxGradient, -0f, 0f));

        float[] Column(Forward forward, float a, float b)
        {
            FloatSpan y = _memory.Zeros(inner);
            forward(Lines(a, b), y, 1, 2, inner);
            return y.AsSpan().ToArray();
        }

        float[] Gradient(Backward backward, float a, float b)
        {
            FloatSpan d = _memory.Zeros(2 * inner), g = _memory.Zeros(inner);
            g.AsSpan().Fill(1f);
            backward(Lines(a, b), g, d, 1, 2, inner);
            return d.AsSpan().ToArray();
        }

        FloatSpan Lines(float a, float b) =>
            _memory.Of([.. Enumerable.Repeat(a, inner), .. Enumerable.Repeat(b, inner)]);
    }

    [Fact]
    public void Softmax_along_a_dimension_has_the_bits_of_that_of_the_same_rows()
    {
        foreach ((int count, int inner) in ((int, int)[])[(1, 1), (5, 3), (17, 16), (3, 40), (33, 1)])
        {
            const int Outer = 3;
            FloatSpan x = _memory.Random(Outer * count * inner, count), g = _memory.Random(Outer * count * inner, inner);
            FloatSpan y = _memory.Zeros(x.Length), d = _memory.Zeros(x.Length);
            FloatSpan rowY = _memory.Zeros(count), rowD = _memory.Zeros(count);
            foreach (bool isLog in (bool[])[false, true])
            {
                if (isLog)
                {
                    LogSoftmax.ForwardOver(x, y, Outer, count, inner);
                    LogSoftmax.BackwardOver(y, g, d, Outer, count, inner);
                }
                else
                {
                    Softmax.ForwardOver(x, y, Outer, count, inner);
                    Softmax.BackwardOver(y, g, d, Outer, count, inner);
                }

                for (int line = 0; line < Outer * inner; line++)
                {
                    FloatSpan row = Row(x, line), slopes = Row(g, line);
                    if (isLog)
                    {
                        LogSoftmax.Forward(row, rowY, 1, count);
                        LogSoftmax.Backward(rowY, slopes, rowD, 1, count);
                    }
                    else
                    {
                        Softmax.Forward(row, rowY, 1, count);
                        Softmax.Backward(rowY, slopes, rowD, 1, count);
                    }

                    Bits.Equal(rowY, Row(y, line));
                    Bits.Equal(rowD, Row(d, line));
                }
            }

            FloatSpan Row(FloatSpan values, int line) =>
                _memory.Of([.. Places(line, count, inner).Select(place => values[place])]);
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Cumulative_sums_match_a_naive_loop(bool exclusive, bool reverse)
    {
        foreach ((int count, int inner) in ((int, int)[])[(1, 1), (5, 3), (17, 16), (3, 40), (33, 1)])
        {
            const int Outer = 2;
            FloatSpan x = _memory.Random(Outer * count * inner, count), y = _memory.Zeros(x.Length);
            CumulativeSum.Compute(x, y, Outer, count, inner, exclusive, reverse);
            for (int line = 0; line < Outer * inner; line++)
            {
                int[] places = [.. Places(line, count, inner)];
                for (int i = 0; i < count; i++)
                {
                    double sum = places.Where((_, j) => reverse ? j >= i : j <= i).Sum(place => (double)x[place]);
                    Assert.Equal(sum - (exclusive ? x[places[i]] : 0), y[places[i]], 1e-5);
                }
            }
        }
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        FloatSpan six = _memory.Zeros(6), two = _memory.Zeros(2), one = _memory.Zeros(1);
        Assert.Throws<ArgumentException>(() => Reduction.Sum(six, two, 1, 4, 2, 1f));
        Assert.Throws<ArgumentException>(() => Reduction.Sum(six, one, 1, 3, 2, 1f));
        Assert.Throws<ArgumentException>(() => Reduction.NormGradient(six, one, six, 1, 3, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Reduction.Max(six, two, 1, 0, 2));
        Assert.Throws<ArgumentException>(() => CumulativeSum.Compute(six, two, 1, 3, 2));
    }

    private static IEnumerable<int> Places(int line, int count, int inner) =>
        Enumerable.Range(0, count).Select(i => (line / inner * inner * count) + (line % inner) + (i * inner));

    private static double Of(string kind, double[] x) => kind switch
    {
        "Sum" => x.Sum(),
        "Mean" => x.Average(),
        "Max" => x.Max(),
        "Min" => x.Min(),
        "Variance" => x.Average(value => Math.Pow(value - x.Average(), 2)),
        "Norm" => Math.Sqrt(x.Sum(value => value * value)),
        _ => Math.Log(x.Sum(Math.Exp)),
    };

    private static IEnumerable<double> GradientOf(string kind, double[] x) => x.Select((value, i) => kind switch
    {
        "Sum" => 1.0,
        "Mean" => 1.0 / x.Length,
        "Max" => i == Array.IndexOf(x, x.Max()) ? 1 : 0,
        "Min" => i == Array.IndexOf(x, x.Min()) ? 1 : 0,
        "Variance" => 2 * (value - x.Average()) / x.Length,
        "Norm" => value / Of(kind, x),
        _ => Math.Exp(value - Of(kind, x)),
    });
}
