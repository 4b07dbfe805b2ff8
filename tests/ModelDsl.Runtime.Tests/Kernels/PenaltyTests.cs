namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class PenaltyTests
{
    [Theory]
    [InlineData(0.3f, 0f)]
    [InlineData(0f, 0.2f)]
    [InlineData(0.3f, 0.2f)]
    public void Weight_penalty_matches_its_formula_for_0_to_70_elements_and_for_several_chunks(float l1, float l2)
    {
        foreach (int length in Enumerable.Range(0, 71).Append(3000))
        {
            using var memory = new KernelMemory();
            FloatSpan weight = memory.Random(length, length);
            FloatSpan alone = memory.Zeros(length);
            FloatSpan added = memory.Of(Enumerable.Repeat(1f, length).ToArray());
            float penalty = WeightPenalty.EvaluateWithGradient(weight, alone, length, l1, l2);
            Assert.Equal(penalty, WeightPenalty.EvaluateWithGradient(weight, added, length, l1, l2, accumulate: true));
            double expected = 0;
            for (int i = 0; i < length; i++)
            {
                double w = weight[i];
                expected += (l1 * Math.Abs(w)) + (l2 * w * w);
                Assert.Equal((l1 * Math.Sign(w)) + (2 * l2 * w), alone[i], 1e-6);
                Assert.Equal(1 + (l1 * Math.Sign(w)) + (2 * l2 * w), added[i], 1e-6);
            }

            Assert.Equal(expected, penalty, 1e-6 * (1 + expected));
        }
    }

    [Fact]
    public void Weight_of_zero_has_no_penalty_and_no_gradient()
    {
        using var memory = new KernelMemory();
        FloatSpan gradient = memory.Of([5f, 5f]);
        Assert.Equal(0f, WeightPenalty.EvaluateWithGradient(memory.Of([0f, -0f]), gradient, 2, 1f, 1f));
        Assert.Equal([0f, 0f], gradient.AsSpan().ToArray());
    }

    [Fact]
    public void Activity_penalty_is_the_mean_over_the_batch_and_its_stage_adds_the_gradient()
    {
        const int Batch = 3;
        for (int columns = 0; columns <= 40; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan x = memory.Random(Batch * columns, columns);
            FloatSpan gradient = memory.Of(Enumerable.Repeat(1f, Batch * columns).ToArray());
            float penalty = ActivityPenalty.Evaluate(x, Batch, columns, 0.3f, 0.2f);
            Elementwise.Apply(gradient, gradient, Batch, columns, Epilogue.Of(new AddPenaltyGradient(x, columns, Batch, 0.3f, 0.2f)));
            double expected = 0;
            for (int i = 0; i < x.Length; i++)
            {
                expected += ((0.3f * Math.Abs(x[i])) + (0.2f * x[i] * x[i])) / Batch;
                Assert.Equal(1 + (((0.3f * Math.Sign(x[i])) + (0.4f * x[i])) / Batch), gradient[i], 1e-6);
            }

            Assert.Equal(expected, penalty, 1e-6 * (1 + expected));
        }
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan four = memory.Zeros(4);
        Assert.Throws<ArgumentException>(() => WeightPenalty.EvaluateWithGradient(four, four, 5, 1f, 1f));
        Assert.Throws<ArgumentException>(() => ActivityPenalty.Evaluate(four, 3, 2, 1f, 1f));
    }
}
