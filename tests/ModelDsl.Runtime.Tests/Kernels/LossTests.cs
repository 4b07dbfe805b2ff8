using ModelDsl.Kernels;

namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class LossTests
{
    private delegate float Gradient(FloatSpan outputs, Targets targets, FloatSpan gradient, int batch, int columns);

    private delegate float Value(FloatSpan outputs, Targets targets, int batch, int columns);

    [Fact]
    public void Mean_squared_error_matches_its_formula_for_0_to_70_columns() =>
        CheckValues(
            MeanSquaredErrorLoss.Evaluate,
            MeanSquaredErrorLoss.EvaluateWithGradient,
            (y, t) => y.Zip(t, (a, b) => (a - b) * (a - b)).Sum(),
            perElement: true);

    [Fact]
    public void Binary_cross_entropy_matches_its_formula_for_0_to_70_columns() =>
        CheckValues(
            BinaryCrossEntropyLoss.Evaluate,
            BinaryCrossEntropyLoss.EvaluateWithGradient,
            (y, t) => y.Zip(t, (a, b) => -(b * Math.Log(Sigma(a))) - ((1 - b) * Math.Log(1 - Sigma(a)))).Sum(),
            perElement: true);

    [Fact]
    public void Softmax_cross_entropy_with_distributions_matches_its_formula_for_1_to_70_columns() =>
        CheckValues(
            SoftmaxCrossEntropyLoss.Evaluate,
            SoftmaxCrossEntropyLoss.EvaluateWithGradient,
            (y, t) => y.Zip(t, (a, b) => -b * (a - Math.Log(y.Sum(Math.Exp)))).Sum(),
            perElement: false);

    [Fact]
    public void Softmax_cross_entropy_with_labels_matches_its_formula_for_1_to_70_columns() =>
        CheckLabels(
            SoftmaxCrossEntropyLoss.Evaluate,
            SoftmaxCrossEntropyLoss.EvaluateWithGradient,
            (y, label) => Math.Log(y.Sum(Math.Exp)) - y[label],
            1);

    [Fact]
    public void Hinge_with_several_outputs_matches_its_formula_for_2_to_70_columns() =>
        CheckLabels(
            HingeLoss.Evaluate,
            HingeLoss.EvaluateWithGradient,
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

    private static void CheckValues(
        Value evaluate, Gradient withGradient, Func<double[], double[], double> formula, bool perElement)
    {
        const int Batch = 3;
        for (int columns = perElement ? 0 : 1; columns <= 70; columns++)
        {
            float[] targets = new float[Batch * columns];
            new Philox(5).FillUniform(targets, 0f, 1f);
            double[] targetValues = [.. targets.Select(value => (double)value)];
            double scale = perElement ? Batch * Math.Max(columns, 1) : Batch;
            Check(
                y => evaluate(y, targets, Batch, columns),
                (y, g) => withGradient(y, targets, g, Batch, columns),
                y => Enumerable.Range(0, Batch).Sum(row =>
                    formula(Row(y, row, columns), Row(targetValues, row, columns))) / scale,
                Batch * columns);
        }
    }

    private static void CheckLabels(
        Value evaluate, Gradient withGradient, Func<double[], int, double> formula, int fewest)
    {
        const int Batch = 4;
        for (int columns = fewest; columns <= 70; columns++)
        {
            int[] labels = [.. Enumerable.Range(0, Batch).Select(i => i * 7 % columns)];
            Check(
                y => evaluate(y, labels, Batch, columns),
                (y, g) => withGradient(y, labels, g, Batch, columns),
                y => Enumerable.Range(0, Batch).Average(row => formula(Row(y, row, columns), labels[row])),
                Batch * columns);
        }
    }

    private static void Check(
        Func<FloatSpan, float> evaluate,
        Func<FloatSpan, FloatSpan, float> withGradient,
        Func<double[], double> formula,
        int count)
    {
        const double Step = 1e-5;
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(count, count, -3f, 3f);
        FloatSpan gradient = memory.Zeros(count);
        double[] values = [.. y.AsSpan().ToArray().Select(value => (double)value)];
        double expected = formula(values);
        Assert.Equal(expected, evaluate(y), 1e-6 * Math.Max(10, Math.Abs(expected)));
        Assert.Equal(evaluate(y), withGradient(y, gradient));
        for (int i = 0; i < count; i += 1 + (count / 40))
        {
            double value = values[i];
            values[i] = value + Step;
            double above = formula(values);
            values[i] = value - Step;
            double below = formula(values);
            values[i] = value;
            Assert.Equal((above - below) / (2 * Step), gradient[i], 1e-5);
        }
    }

    private static double[] Row(double[] matrix, int row, int columns) => matrix[(row * columns)..((row + 1) * columns)];
}
