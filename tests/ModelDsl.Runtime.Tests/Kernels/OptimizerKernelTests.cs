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
