namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Softmaxes and cross-entropies of logits that are huge, far apart or not finite.</summary>
public sealed class SoftmaxExtremesTests
{
    public static TheoryData<int> Lengths => [.. Enumerable.Range(1, 40), 1000, 4097];

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e8f)]
    [InlineData(-1e8f)]
    [InlineData(1e30f)]
    public void LogSoftmax_of_two_equal_logits_is_minus_log_2_however_large_they_are(float logit)
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([logit, logit]);
        LogSoftmax.Forward(y, y, 1, 2);
        Assert.All(y.AsSpan().ToArray(), value => Assert.Equal(-Math.Log(2), value, 1e-7));
    }

    [Theory]
    [InlineData(1e4f)]
    [InlineData(1e8f)]
    [InlineData(1e30f)]
    public void Cross_entropy_of_two_equal_logits_is_log_2_in_every_form(float logit)
    {
        foreach (float loss in Losses([logit, logit], label: 0))
        {
            Assert.Equal(Math.Log(2), loss, 1e-6);
        }
    }

    [Theory]
    [InlineData(16f)]
    [InlineData(20f)]
    [InlineData(60f)]
    public void Cross_entropy_of_a_sure_prediction_keeps_its_digits_in_every_form(float logit)
    {
        double expected = Math.Exp(-logit);
        foreach (float loss in Losses([logit, 0f], label: 0))
        {
            Assert.Equal(1, loss / expected, 2e-6);
        }
    }

    [Fact]
    public void The_gradient_of_a_sure_prediction_keeps_its_digits()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([16f, 0f, -3f]);
        FloatSpan gradient = memory.Zeros(3);
        SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, new[] { 0 }, gradient, 1, 3);
        double others = Math.Exp(-16) + Math.Exp(-19);
        Assert.Equal(1, gradient[0] / (-others / (1 + others)), 2e-6);
        Assert.Equal(1, gradient[1] / (Math.Exp(-16) / (1 + others)), 2e-6);
        SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, new[] { 0 }, gradient, 1, 3, classWeights: [3f, 1f, 1f]);
        Assert.Equal(1, gradient[0] / (-others / (1 + others)), 2e-6);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public void LogSoftmax_matches_double_precision_wherever_the_largest_logit_stands(int columns)
    {
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(columns, columns, -2f, 2f);
        FloatSpan y = memory.Zeros(columns);
        for (int place = 0; place < columns; place += Math.Max(1, columns / 40))
        {
            float before = x[place];
            x[place] = 19f;
            LogSoftmax.Forward(x, y, 1, columns);
            double max = 19;
            double others = x.AsSpan().ToArray().Where((_, i) => i != place).Sum(value => Math.Exp(value - max));
            double log = ReferenceMath.LogOnePlus(others);
            for (int i = 0; i < columns; i++)
            {
                Assert.Equal(x[i] - max - log, y[i], 2e-6 * Math.Abs(x[i] - max - log));
            }

            x[place] = before;
        }
    }

    [Fact]
    public void A_label_without_weight_may_have_no_probability_at_all()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([float.NegativeInfinity, 1f, 2f, 0f, 1f, 2f]);
        float loss = SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 1 }, 2, 3, classWeights: [0f, 1f, 1f]);
        Assert.Equal(Math.Log(Math.Exp(-1) + 1 + Math.Exp(1)), loss, 1e-6);
    }

    [Theory]
    [InlineData(1e8f, 0f, 0.0)]
    [InlineData(1e8f, 1f, 0.0)]
    [InlineData(-1e8f, 0f, 0.0)]
    [InlineData(-1e8f, 1f, 1e8)]
    [InlineData(20f, 1f, 2.061153620e-9)]
    [InlineData(-20f, 0f, 2.061153620e-9)]
    [InlineData(1e-20f, 1f, 0.69314718)]
    public void Binary_cross_entropy_is_exact_for_huge_and_tiny_logits(float logit, float target, double expected)
    {
        expected = logit == 1e8f && target == 0f ? 1e8 : expected;
        using var memory = new KernelMemory();
        foreach (float[] weights in new[] { [], new[] { 1f } })
        {
            float loss = BinaryCrossEntropyLoss.Evaluate(memory.Of([logit]), new[] { target }, 1, 1, weights);
            Assert.Equal(expected, loss, 1e-6 * expected);
        }
    }

    private static IEnumerable<float> Losses(float[] logits, int label)
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of(logits);
        int[] labels = [label];
        float[] distribution = [.. logits.Select((_, i) => i == label ? 1f : 0f)];
        float[] ones = [.. logits.Select(_ => 1f)];
        yield return SoftmaxCrossEntropyLoss.Evaluate(y, labels, 1, logits.Length);
        yield return SoftmaxCrossEntropyLoss.Evaluate(y, distribution, 1, logits.Length);
        yield return SoftmaxCrossEntropyLoss.Evaluate(y, labels, 1, logits.Length, ones);
        yield return SoftmaxCrossEntropyLoss.Evaluate(y, distribution, 1, logits.Length, ones);
        yield return SoftmaxCrossEntropyLoss.Evaluate(y, labels, 1, logits.Length, ignoredLabel: -1);
        yield return SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, memory.Zeros(logits.Length), 1, logits.Length);
        yield return SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, memory.Zeros(logits.Length), 1, logits.Length, ones);
        yield return SoftmaxCrossEntropyLoss.EvaluateWithGradient(memory.Of(logits), labels, y, 1, logits.Length);
        LogSoftmax.Forward(memory.Of(logits), y, 1, logits.Length);
        yield return KullbackLeiblerLoss.Evaluate(y, distribution, 1, logits.Length, fromProbabilities: false);
    }
}
