namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class OptimizerKernelTests
{
    private const float LearningRate = 0.01f;

    [Theory]
    [InlineData(0f, false)]
    [InlineData(0.1f, false)]
    [InlineData(0.1f, true)]
    public void Adam_follows_its_formula_for_0_to_70_parameters(float weightDecay, bool decoupled)
    {
        for (int count = 0; count <= 70; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan p = memory.Random(count, count);
            FloatSpan m = memory.Zeros(count);
            FloatSpan v = memory.Zeros(count);
            double[] expected = [.. p.AsSpan().ToArray().Select(value => (double)value)];
            double[] first = new double[count];
            double[] second = new double[count];
            for (int step = 1; step <= 5; step++)
            {
                FloatSpan g = memory.Random(count, step);
                AdamKernel.Step(
                    p, new(g, scale: 0.5f), m, v, step, LearningRate, weightDecay: weightDecay, decoupled: decoupled);
                for (int i = 0; i < count; i++)
                {
                    double gradient = (0.5 * g[i]) + (decoupled ? 0 : weightDecay * expected[i]);
                    expected[i] *= decoupled ? 1 - (LearningRate * weightDecay) : 1;
                    first[i] = (0.9f * first[i]) + ((1 - 0.9f) * gradient);
                    second[i] = (0.999f * second[i]) + ((1 - 0.999f) * gradient * gradient);
                    double mean = first[i] / (1 - Math.Pow(0.9f, step));
                    double root = Math.Sqrt(second[i] / (1 - Math.Pow(0.999f, step)));
                    expected[i] -= LearningRate * mean / (root + 1e-8f);
                }
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[i], p[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Adam_has_the_bits_of_many_parameters_where_they_come_in_parts()
    {
        const int Count = (2 * OptimizerRange.PerThread) + 77;
        using var memory = new KernelMemory();
        FloatSpan g = memory.Random(Count, 1);
        FloatSpan p = memory.Random(Count, 2), m = memory.Random(Count, 3), v = memory.Random(Count, 1);
        FloatSpan parts = memory.Random(Count, 2), ofParts = memory.Random(Count, 3), squares = memory.Random(Count, 1);
        for (int i = 0; i < Count; i++)
        {
            squares[i] = v[i] *= v[i];
        }

        AdamKernel.Step(p, g, m, v, 3, LearningRate);
        for (int start = 0; start < Count; start += 1000)
        {
            int length = Math.Min(1000, Count - start);
            AdamKernel.Step(
                parts.Slice(start, length), g.Slice(start, length), ofParts.Slice(start, length),
                squares.Slice(start, length), 3, LearningRate);
        }

        Bits.Equal(p, parts);
        Bits.Equal(m, ofParts);
        Bits.Equal(v, squares);
    }

    [Theory]
    [InlineData(0f, false, 0f)]
    [InlineData(0f, false, 0.1f)]
    [InlineData(0.9f, false, 0.1f)]
    [InlineData(0.9f, true, 0.1f)]
    public void Sgd_follows_its_formula_for_0_to_70_parameters(float momentum, bool nesterov, float weightDecay)
    {
        for (int count = 0; count <= 70; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan p = memory.Random(count, count);
            FloatSpan velocity = momentum > 0f ? memory.Zeros(count) : default;
            double[] expected = [.. p.AsSpan().ToArray().Select(value => (double)value)];
            double[] state = new double[count];
            for (int step = 1; step <= 5; step++)
            {
                FloatSpan g = memory.Random(count, step);
                SgdKernel.Step(p, new(g, scale: 2f), velocity, LearningRate, momentum, nesterov, weightDecay);
                for (int i = 0; i < count; i++)
                {
                    double gradient = (2.0 * g[i]) + (weightDecay * expected[i]);
                    state[i] = (momentum * state[i]) + gradient;
                    expected[i] -= LearningRate * (nesterov ? gradient + (momentum * state[i]) : state[i]);
                }
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[i], p[i], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Lion_follows_its_formula_for_0_to_70_parameters(float weightDecay)
    {
        for (int count = 0; count <= 70; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan p = memory.Random(count, count);
            FloatSpan m = memory.Zeros(count);
            double[] expected = [.. p.AsSpan().ToArray().Select(value => (double)value)];
            double[] momentum = new double[count];
            for (int step = 1; step <= 5; step++)
            {
                FloatSpan g = memory.Random(count, step);
                LionKernel.Step(p, new(g, scale: 0.5f), m, LearningRate, weightDecay: weightDecay);
                for (int i = 0; i < count; i++)
                {
                    double gradient = 0.5 * g[i];
                    int direction = Math.Sign((0.9f * momentum[i]) + ((1 - 0.9f) * gradient));
                    expected[i] -= LearningRate * (direction + (weightDecay * expected[i]));
                    momentum[i] = (0.99f * momentum[i]) + ((1 - 0.99f) * gradient);
                }
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[i], p[i], 1e-6);
                Assert.Equal(momentum[i], m[i], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void RmsProp_follows_its_formula_for_0_to_70_parameters(bool centered, bool withMomentum)
    {
        float momentum = withMomentum ? 0.5f : 0f;
        for (int count = 0; count <= 70; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan p = memory.Random(count, count);
            FloatSpan v = memory.Zeros(count);
            FloatSpan m = centered ? memory.Zeros(count) : default;
            FloatSpan b = withMomentum ? memory.Zeros(count) : default;
            double[] expected = [.. p.AsSpan().ToArray().Select(value => (double)value)];
            double[] square = new double[count], mean = new double[count], velocity = new double[count];
            for (int step = 1; step <= 5; step++)
            {
                FloatSpan g = memory.Random(count, step);
                RmsPropKernel.Step(p, new(g, limit: 0.5f), v, m, b, LearningRate, 0.9f, 1e-8f, momentum, weightDecay: 0.1f);
                for (int i = 0; i < count; i++)
                {
                    double gradient = Math.Clamp((double)g[i], -0.5, 0.5) + (0.1f * expected[i]);
                    square[i] = (0.9f * square[i]) + ((1 - 0.9f) * gradient * gradient);
                    mean[i] = (0.9f * mean[i]) + ((1 - 0.9f) * gradient);
                    double root = Math.Sqrt(square[i] - (centered ? mean[i] * mean[i] : 0)) + 1e-8f;
                    velocity[i] = (momentum * velocity[i]) + (gradient / root);
                    expected[i] -= LearningRate * velocity[i];
                }
            }

            for (int i = 0; i < count; i++)
            {
                Assert.Equal(expected[i], p[i], 1e-5);
            }
        }
    }

    [Fact]
    public void Centred_RmsProp_is_finite_where_rounding_makes_a_variance_negative()
    {
        using var memory = new KernelMemory();
        FloatSpan p = memory.Zeros(33), v = memory.Zeros(33), m = memory.Zeros(33), g = memory.Zeros(33);
        for (int i = 0; i < 33; i++)
        {
            g[i] = 0.1f * (i + 1);
        }

        for (int step = 0; step < 1000; step++)
        {
            RmsPropKernel.Step(p, g, v, m, default, LearningRate, 0.9f);
            Assert.All(p.AsSpan().ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Adagrad_NAdam_AmsGrad_and_averages_follow_their_formulas_for_0_to_70_parameters()
    {
        for (int count = 0; count <= 70; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan g = memory.Random(count, 1);
            FloatSpan p = memory.Random(count, count), q = memory.Of(p), r = memory.Of(p), a = memory.Random(count, 2);
            float[] before = p.AsSpan().ToArray(), average = a.AsSpan().ToArray();
            FloatSpan squares = memory.Of([.. Enumerable.Repeat(0.5f, count)]);
            FloatSpan largest = memory.Of([.. Enumerable.Repeat(0.25f, count)]);
            AdagradKernel.Step(p, g, squares, LearningRate);
            AdamKernel.NesterovStep(q, g, memory.Zeros(count), memory.Zeros(count), 1, LearningRate, 0.4, 0.7);
            AdamKernel.Step(r, g, memory.Zeros(count), memory.Zeros(count), 1, LearningRate, largest: largest);
            WeightAverageKernel.Update(a, g, 0.25f);
            for (int i = 0; i < count; i++)
            {
                double x = g[i];
                Assert.Equal(before[i] - (LearningRate * x / Math.Sqrt(0.5 + (x * x))), p[i], 1e-6);
                Assert.Equal(before[i] - (LearningRate * ((0.4 * 0.1 * x) + (0.7 * x)) / (Math.Abs(x) + 1e-8)), q[i], 1e-6);
                Assert.Equal(before[i] - (LearningRate * x / Math.Sqrt(0.25 / 0.001)), r[i], 1e-6);
                Assert.Equal(0.25f, largest[i]);
                Assert.Equal(average[i] + (0.25 * (x - average[i])), a[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Adafactor_and_Muon_stay_within_their_memory()
    {
        foreach ((int rows, int columns) in new[] { (1, 1), (3, 5), (5, 3), (17, 33), (33, 17), (2, 70) })
        {
            using var memory = new KernelMemory();
            int count = rows * columns;
            FloatSpan p = memory.Random(count, 1), g = memory.Random(count, 2);
            var step = new AdafactorStep(0.01f, 0.9f, 1e-7f, 1e-3f, 1f);
            AdafactorKernel.MatrixStep(p, g, memory.Zeros(rows), memory.Zeros(columns), rows, columns, 1f, step);
            AdafactorKernel.VectorStep(p, g, memory.Zeros(count), count, 1f, step);
            FloatSpan scratch = memory.Zeros(MuonKernel.ScratchLength(rows, columns));
            MuonKernel.Step(p, g, memory.Zeros(count), scratch, rows, columns, 0.9f, nesterov: true, 0.1f, 0.9f);
            Assert.All(p.AsSpan().ToArray(), value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void Lion_moves_nothing_by_0_passes_NaN_on_and_forgets_a_momentum_that_has_all_but_vanished()
    {
        using var memory = new KernelMemory();
        FloatSpan p = memory.Of([1f, 1f, 1f, 1f]);
        FloatSpan m = memory.Of([0f, 0f, 1e-38f, -1f]);
        LionKernel.Step(p, memory.Of([0f, float.NaN, 0f, 0f]), m, LearningRate);
        Assert.Equal([1f, float.NaN, 1f - LearningRate, 1f + LearningRate], p.AsSpan().ToArray());
        Assert.Equal([0f, float.NaN, 0f, -0.99f], m.AsSpan().ToArray());
    }

    [Fact]
    public void Padding_of_zeros_stays_zero()
    {
        using var memory = new KernelMemory();
        FloatSpan p = memory.Zeros(16);
        FloatSpan g = memory.Zeros(16);
        AdamKernel.Step(p, g, memory.Zeros(16), memory.Zeros(16), 1, LearningRate, weightDecay: 0.1f);
        LionKernel.Step(p, g, memory.Zeros(16), LearningRate, weightDecay: 0.1f);
        SgdKernel.Step(p, g, memory.Zeros(16), LearningRate, 0.9f, nesterov: true, weightDecay: 0.1f);
        Assert.All(p.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused_by_name()
    {
        using var memory = new KernelMemory();
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => SgdKernel.Step(memory.Zeros(4), memory.Zeros(5), default, LearningRate));
        Assert.Equal("gradients", error.ParamName);
    }
}
