namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class LossTests
{
    [Fact]
    public void Mean_squared_error_matches_its_formula_for_0_to_70_columns() =>
        LossCheck.Values(
            (y, t, batch, columns) => MeanSquaredErrorLoss.Evaluate(y, t, batch, columns),
            (y, t, g, batch, columns) => MeanSquaredErrorLoss.EvaluateWithGradient(y, t, g, batch, columns),
            (y, t) => y.Zip(t, (a, b) => (a - b) * (a - b)).Sum(),
            perElement: true);

    [Fact]
    public void Binary_cross_entropy_matches_its_formula_for_0_to_70_columns() =>
        LossCheck.Values(
            (y, t, batch, columns) => BinaryCrossEntropyLoss.Evaluate(y, t, batch, columns),
            (y, t, g, batch, columns) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, batch, columns),
            (y, t) => y.Zip(t, (a, b) => -(b * Math.Log(Sigma(a))) - ((1 - b) * Math.Log(1 - Sigma(a)))).Sum(),
            perElement: true);

    [Fact]
    public void Softmax_cross_entropy_with_distributions_matches_its_formula_for_1_to_70_columns() =>
        LossCheck.Values(
            (y, t, batch, columns) => SoftmaxCrossEntropyLoss.Evaluate(y, t, batch, columns),
            (y, t, g, batch, columns) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, batch, columns),
            (y, t) => y.Zip(t, (a, b) => -b * (a - Math.Log(y.Sum(Math.Exp)))).Sum(),
            perElement: false);

    [Fact]
    public void Softmax_cross_entropy_with_labels_matches_its_formula_for_1_to_70_columns() =>
        LossCheck.Labels(
            (y, t, batch, columns) => SoftmaxCrossEntropyLoss.Evaluate(y, t, batch, columns),
            (y, t, g, batch, columns) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, batch, columns),
            (y, label) => Math.Log(y.Sum(Math.Exp)) - y[label],
            1);

    [Fact]
    public void Hinge_with_several_outputs_matches_its_formula_for_2_to_70_columns() =>
        LossCheck.Labels(
            (y, t, batch, columns) => HingeLoss.Evaluate(y, t, batch, columns),
            (y, t, g, batch, columns) => HingeLoss.EvaluateWithGradient(y, t, g, batch, columns),
            (y, label) => y.Where((_, j) => j != label).Sum(value => Math.Max(0, 1 - y[label] + value)) / y.Length,
            2);

    [Fact]
    public void Hinge_with_one_output_takes_labels_or_signs()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([0.5f, -0.25f, 2f, 0.75f]);
        FloatSpan byLabel = memory.Zeros(4);
        FloatSpan bySign = memory.Zeros(4);
        float loss = HingeLoss.EvaluateWithGradient(y, new[] { 1, 0, 1, 0 }, byLabel, 4, 1);
        Assert.Equal((0.5f + 0.75f + 0f + 1.75f) / 4, loss, 1e-6f);
        Assert.Equal([-0.25f, 0.25f, 0f, 0.25f], byLabel.AsSpan().ToArray());
        Assert.Equal(loss, HingeLoss.EvaluateWithGradient(y, new[] { 1f, -1f, 1f, -1f }, bySign, 4, 1));
        Bits.Equal(byLabel, bySign);
    }

    [Fact]
    public void The_gradient_may_overwrite_the_outputs()
    {
        using var memory = new KernelMemory();
        FloatSpan apart = memory.Zeros(30);
        FloatSpan y = memory.Random(30, 1);
        SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, new[] { 1, 2, 3 }, apart, 3, 10);
        SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, new[] { 1, 2, 3 }, y, 3, 10);
        Bits.Equal(apart, y);
    }

    [Fact]
    public void Logits_of_a_thousand_neither_overflow_nor_lose_the_loss()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([1000f, -1000f]);
        Assert.Equal(2000f, SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 1 }, 1, 2));
        Assert.Equal(0f, SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0 }, 1, 2));
        Assert.Equal(1000f, BinaryCrossEntropyLoss.Evaluate(y, new[] { 0f, 1f }, 1, 2));
    }

    [Fact]
    public void A_batch_without_samples_has_no_loss()
    {
        Assert.Equal(0f, SoftmaxCrossEntropyLoss.Evaluate(default, default, 0, 10));
        Assert.Equal(0f, MeanSquaredErrorLoss.Evaluate(default, default, 0, 10));
        Assert.Equal(0f, BinaryCrossEntropyLoss.Evaluate(default, default, 0, 10));
        Assert.Equal(0f, HingeLoss.Evaluate(default, default, 0, 10));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_label_out_of_range_is_refused_wherever_it_stands(int label)
    {
        const int Rows = 21;
        using var memory = new KernelMemory();
        FloatSpan y = memory.Zeros(Rows * 4);
        for (int row = 0; row < Rows; row++)
        {
            int[] labels = new int[Rows];
            labels[row] = label;
            ArgumentException error = Assert.Throws<ArgumentException>(
                () => SoftmaxCrossEntropyLoss.Evaluate(y, labels, Rows, 4));
            string expected = FormattableString.Invariant($"expected labels from 0 to 3, got {label} for sample {row}");
            Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Targets_that_do_not_fit_are_refused_in_one_sentence()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Zeros(6);
        Refused("expected labels from 0 to 2, got 3 for sample 1", () =>
            SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 3 }, 2, 3));
        Refused("expected labels from 0 to 2, got -1 for sample 0", () => HingeLoss.Evaluate(y, new[] { -1, 0 }, 2, 3));
        Refused("expected 2 labels (one for each sample), got 3", () =>
            SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 1, 2 }, 2, 3));
        Refused("expected 6 target values (2 samples x 3 outputs), got 4", () =>
            MeanSquaredErrorLoss.Evaluate(y, new float[4], 2, 3));
        Refused("expected values of the output's shape as targets of the mean squared error, got class labels", () =>
            MeanSquaredErrorLoss.Evaluate(y, new[] { 0, 1 }, 2, 3));
        Refused("expected class labels as targets of the hinge loss, got values", () =>
            HingeLoss.Evaluate(y, new float[6], 2, 3));
        Refused("expected targets in [0, 1], got 1.5 for sample 1", () =>
            BinaryCrossEntropyLoss.Evaluate(y, new[] { 0f, 1f, 0f, 0f, 1.5f, 0f }, 2, 3));
        Refused("expected targets in [0, 1], got NaN for sample 0", () =>
            BinaryCrossEntropyLoss.Evaluate(y, new[] { float.NaN, 1f, 0f, 0f, 0f, 0f }, 2, 3));
        Refused("expected targets of -1 or 1, got 0 for sample 2", () =>
            HingeLoss.Evaluate(y, new[] { 1f, -1f, 0f }, 3, 1));

        static void Refused(string message, Func<float> evaluate)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => evaluate());
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
}
