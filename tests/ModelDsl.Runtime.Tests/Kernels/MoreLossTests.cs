namespace ModelDsl.Runtime.Tests.Kernels;

public sealed class MoreLossTests
{
    private const int Batch = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Hinge_of_elements_matches_its_formula_and_its_differences(bool squared)
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            using var memory = new KernelMemory();
            FloatSpan y = memory.Random(3 * columns, columns, -3f, 3f), gradient = memory.Zeros(3 * columns);
            float[] signs = [.. Enumerable.Range(0, 3 * columns).Select(i => i * 7 % 3 == 0 ? 1f : -1f)];
            double[] margins = [.. signs.Select((t, i) => Math.Max(0, 1 - (t * (double)y[i])))];
            double expected = margins.Average(margin => squared ? margin * margin : margin);
            Assert.Equal(expected, ElementwiseHingeLoss.Evaluate(y, signs, 3, columns, squared), 1e-5);
            Assert.Equal(
                expected, ElementwiseHingeLoss.EvaluateWithGradient(y, signs, gradient, 3, columns, squared, 2f), 1e-5);
            for (int i = 0; i < signs.Length; i++)
            {
                double slope = margins[i] == 0 ? 0 : squared ? -2 * signs[i] * margins[i] : -signs[i];
                Assert.Equal(2 * slope / signs.Length, gradient[i], 1e-6);
            }
        }
    }

    [Fact]
    public void Hinge_of_elements_keeps_NaN_and_refuses_targets_other_than_signs()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([float.NaN, 1f, float.NegativeInfinity, 2f]), gradient = memory.Zeros(4);
        float loss =
            ElementwiseHingeLoss.EvaluateWithGradient(y, new[] { 1f, 1f, 1f, 1f }, gradient, 2, 2, squared: false);
        Assert.True(float.IsNaN(loss));
        Assert.Equal([float.NaN, 0f, -0.25f, 0f], gradient.AsSpan().ToArray());
        var refused = Assert.Throws<ArgumentException>(() =>
            ElementwiseHingeLoss.Evaluate(y, new[] { 1f, -1f, 1f, 0f }, 2, 2, squared: true));
        Assert.StartsWith("expected targets of -1 or 1, got 0 for sample 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Huber_matches_its_formula_for_0_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => HuberLoss.Evaluate(y, t, batch, columns, 0.8f),
        (y, t, g, batch, columns) => HuberLoss.EvaluateWithGradient(y, t, g, batch, columns, 0.8f),
        (y, t) => y.Zip(t, (a, b) => Math.Abs(a - b) <= 0.8f ? (a - b) * (a - b) / 2 : 0.8f * (Math.Abs(a - b) - 0.4)).Sum(),
        perElement: true);

    [Fact]
    public void Mean_absolute_error_matches_its_formula_for_0_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => MeanAbsoluteErrorLoss.Evaluate(y, t, batch, columns),
        (y, t, g, batch, columns) => MeanAbsoluteErrorLoss.EvaluateWithGradient(y, t, g, batch, columns),
        (y, t) => y.Zip(t, (a, b) => Math.Abs(a - b)).Sum(),
        perElement: true);

    [Fact]
    public void Divergence_of_logarithms_matches_its_formula_for_1_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => KullbackLeiblerLoss.Evaluate(y, t, batch, columns, fromProbabilities: false),
        (y, t, g, batch, columns) => KullbackLeiblerLoss.EvaluateWithGradient(y, t, g, batch, columns, fromProbabilities: false),
        (y, t) => y.Zip(t, (a, b) => b == 0 ? 0 : b * (Math.Log(b) - a)).Sum(),
        perElement: false);

    [Fact]
    public void Binary_cross_entropy_with_one_positive_weight_matches_its_formula_for_0_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => BinaryCrossEntropyLoss.Evaluate(y, t, batch, columns, [2.5f]),
        (y, t, g, batch, columns) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, batch, columns, [2.5f]),
        (y, t) => y.Zip(t, (a, b) => (2.5 * b * Softplus(-a)) + ((1 - b) * Softplus(a))).Sum(),
        perElement: true);

    [Fact]
    public void Binary_cross_entropy_with_a_positive_weight_for_each_output_matches_its_formula_for_0_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => BinaryCrossEntropyLoss.Evaluate(y, t, batch, columns, Factors(columns)),
        (y, t, g, batch, columns) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, batch, columns, Factors(columns)),
        (y, t) => y.Select((a, i) => (Factors(y.Length)[i] * t[i] * Softplus(-a)) + ((1 - t[i]) * Softplus(a))).Sum(),
        perElement: true);

    [Theory]
    [InlineData(false, 0f, null)]
    [InlineData(false, 0.3f, null)]
    [InlineData(true, 0f, null)]
    [InlineData(true, 0.3f, null)]
    [InlineData(false, 0f, 1)]
    [InlineData(true, 0.3f, 1)]
    [InlineData(true, 0.3f, -7)]
    public void Softmax_cross_entropy_of_labels_with_all_options_matches_its_formula_for_1_to_70_columns(
        bool weighted, float smoothing, int? ignored)
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            float[] weights = weighted ? Factors(columns) : [];
            int[] labels = [.. Enumerable.Range(0, Batch).Select(i => ignored == -7 && i == 2 ? -7 : i * 7 % columns)];
            CheckCrossEntropy(columns, weights, smoothing, ignored, labels, []);
        }
    }

    [Theory]
    [InlineData(false, 0.3f)]
    [InlineData(true, 0f)]
    [InlineData(true, 0.3f)]
    public void Softmax_cross_entropy_of_distributions_with_all_options_matches_its_formula_for_1_to_70_columns(
        bool weighted, float smoothing)
    {
        for (int columns = 1; columns <= 70; columns++)
        {
            float[] targets = new float[Batch * columns];
            new Philox(5).FillUniform(targets, 0f, 1f);
            CheckCrossEntropy(columns, weighted ? Factors(columns) : [], smoothing, ignored: null, [], targets);
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void Batch_whose_every_row_is_ignored_has_no_loss_and_no_gradient(float smoothing)
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(21, 1);
        FloatSpan gradient = memory.Of(Enumerable.Repeat(float.NaN, 21).ToArray());
        int[] labels = [-1, -1, -1];
        Assert.Equal(0f, SoftmaxCrossEntropyLoss.Evaluate(y, labels, 3, 7, [], smoothing, ignoredLabel: -1));
        Assert.Equal(0f, SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, gradient, 3, 7, [], smoothing, ignoredLabel: -1));
        Assert.Equal(new float[21], gradient.AsSpan().ToArray());
    }

    [Fact]
    public void Batch_of_classes_without_weight_has_no_loss()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(6, 1);
        Assert.Equal(0f, SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 0 }, 2, 3, [0f, 1f, 1f]));
    }

    [Fact]
    public void Options_that_change_nothing_give_the_loss_without_them()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(3 * 19, 1, -3f, 3f);
        FloatSpan plain = memory.Zeros(3 * 19);
        FloatSpan optioned = memory.Zeros(3 * 19);
        int[] labels = [4, 18, 0];
        float expected = SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, plain, 3, 19);
        Assert.Equal(expected, SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, optioned, 3, 19, [], 0f, ignoredLabel: -1), 1e-6f);
        for (int i = 0; i < plain.Length; i++)
        {
            Assert.Equal(plain[i], optioned[i], 1e-7f);
        }
    }

    [Fact]
    public void Contrastive_matches_its_formula_for_widths_of_1_to_40()
    {
        int[] labels = [1, 0, 0, 1, 0];
        for (int width = 1; width <= 40; width++)
        {
            LossCheck.Check(
                y => ContrastiveLoss.Evaluate(y, labels, Batch, width, 4f),
                (y, g) => ContrastiveLoss.EvaluateWithGradient(y, labels, g, Batch, width, 4f),
                y => Enumerable.Range(0, Batch).Average(pair =>
                {
                    double distance = Distance(y, pair * 2 * width, ((pair * 2) + 1) * width, width, 0);
                    double apart = labels[pair] == 1 ? distance : Math.Max(0, 4 - distance);
                    return apart * apart / 2;
                }),
                Batch * 2 * width);
        }
    }

    [Fact]
    public void Contrastive_of_equal_embeddings_that_should_differ_has_no_direction()
    {
        using var memory = new KernelMemory();
        FloatSpan gradient = memory.Zeros(4);
        Assert.Equal(0.5f, ContrastiveLoss.EvaluateWithGradient(memory.Of([1f, 2f, 1f, 2f]), new[] { 0 }, gradient, 1, 2, 1f));
        Assert.Equal(new float[4], gradient.AsSpan().ToArray());
    }

    [Fact]
    public void Triplet_matches_its_formula_for_widths_of_1_to_40()
    {
        for (int width = 1; width <= 40; width++)
        {
            LossCheck.Check(
                y => TripletLoss.Evaluate(y, default, Batch, width, 0.5f),
                (y, g) => TripletLoss.EvaluateWithGradient(y, default, g, Batch, width, 0.5f),
                y => Enumerable.Range(0, Batch).Average(triplet => Math.Max(
                    0,
                    Distance(y, triplet * 3 * width, ((triplet * 3) + 1) * width, width, 1e-6)
                        - Distance(y, triplet * 3 * width, ((triplet * 3) + 2) * width, width, 1e-6) + 0.5)),
                Batch * 3 * width);
        }
    }

    [Fact]
    public void Custom_loss_is_the_mean_of_the_function_for_0_to_70_columns() => LossCheck.Values(
        (y, t, batch, columns) => CustomLoss.Evaluate<Quartic>(y, t, batch, columns),
        (y, t, g, batch, columns) => CustomLoss.EvaluateWithGradient<Quartic>(y, t, g, batch, columns),
        (y, t) => y.Zip(t, (a, b) => Math.Pow(a - b, 4) + 1).Sum(),
        perElement: true);

    [Fact]
    public void Gradient_scale_multiplies_the_gradient_alone()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(12, 1, 0.1f, 0.9f);
        float[] t = [.. Enumerable.Range(0, 12).Select(i => i % 2 == 0 ? 0.25f : 0.75f)];
        int[] labels = [0, 2];
        Check((g, scale) => MeanSquaredErrorLoss.EvaluateWithGradient(y, t, g, 2, 6, scale));
        Check((g, scale) => MeanAbsoluteErrorLoss.EvaluateWithGradient(y, t, g, 2, 6, scale));
        Check((g, scale) => HuberLoss.EvaluateWithGradient(y, t, g, 2, 6, 1f, scale));
        Check((g, scale) => KullbackLeiblerLoss.EvaluateWithGradient(y, t, g, 2, 6, false, scale));
        Check((g, scale) => KullbackLeiblerLoss.EvaluateWithGradient(y, t, g, 2, 6, true, scale));
        Check((g, scale) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2, 6, [], scale));
        Check((g, scale) => BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2, 6, [2f], scale));
        Check((g, scale) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, g, 2, 6, gradientScale: scale));
        Check((g, scale) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, labels, g, 2, 6, [], 0.5f, null, scale));
        Check((g, scale) => HingeLoss.EvaluateWithGradient(y, labels, g, 2, 6, scale));
        Check((g, scale) => ContrastiveLoss.EvaluateWithGradient(y, new[] { 0, 1 }, g, 2, 3, 9f, scale));
        Check((g, scale) => TripletLoss.EvaluateWithGradient(y, default, g, 2, 2, 9f, scale));
        Check((g, scale) => CustomLoss.EvaluateWithGradient<Quartic>(y, t, g, 2, 6, scale));

        void Check(Func<FloatSpan, float, float> evaluate)
        {
            FloatSpan whole = memory.Zeros(12);
            FloatSpan quarter = memory.Zeros(12);
            Assert.Equal(evaluate(whole, 1f), evaluate(quarter, 0.25f));
            Assert.Contains(whole.AsSpan().ToArray(), value => value != 0f);
            for (int i = 0; i < whole.Length; i++)
            {
                Assert.Equal(0.25f * whole[i], quarter[i], 1e-8f);
            }
        }
    }

    [Fact]
    public void Arguments_that_do_not_fit_are_refused_in_one_sentence()
    {
        using var memory = new KernelMemory();
        FloatSpan y = memory.Zeros(6);
        Refused("expected 3 weights (one for each class), got 2", () =>
            SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 1 }, 2, 3, [1f, 2f]));
        Refused("expected finite weights of at least 0, got -1", () =>
            SoftmaxCrossEntropyLoss.Evaluate(y, new[] { 0, 1 }, 2, 3, [1f, 2f, -1f]));
        Refused("expected 3 weights (one for each output), got 2", () =>
            BinaryCrossEntropyLoss.Evaluate(y, new float[6], 2, 3, [1f, 2f]));
        Refused("expected labels from 0 to 2 (or -1, which is ignored), got 3 for sample 1", () =>
            SoftmaxCrossEntropyLoss.Evaluate(y, new[] { -1, 3 }, 2, 3, ignoredLabel: -1));
        Refused("expected labels from 0 to 1, got 2 for sample 0", () => ContrastiveLoss.Evaluate(y, new[] { 2 }, 1, 3, 1f));
        Refused("expected no targets for the triplet loss, got 1 labels", () => TripletLoss.Evaluate(y, new[] { 2 }, 1, 2, 1f));
        Refused("expected targets in [0, 1], got 2 for sample 0", () =>
            KullbackLeiblerLoss.Evaluate(y, new[] { 2f, 0f, 0f }, 1, 3, false));
        Refused("expected at least 2x2x3 values, got 6", () => ContrastiveLoss.Evaluate(y, new[] { 1, 0 }, 2, 3, 1f));

        static void Refused(string message, Func<float> evaluate)
        {
            ArgumentException error = Assert.Throws<ArgumentException>(() => evaluate());
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    private static void CheckCrossEntropy(
        int columns, float[] weights, float smoothing, int? ignored, int[] labels, float[] targets) =>
        LossCheck.Check(
            y => SoftmaxCrossEntropyLoss.Evaluate(y, Targets(labels, targets), Batch, columns, weights, smoothing, ignored),
            (y, g) => SoftmaxCrossEntropyLoss.EvaluateWithGradient(
                y, Targets(labels, targets), g, Batch, columns, weights, smoothing, ignored),
            y => CrossEntropy(y, columns, weights, smoothing, ignored, labels, targets),
            Batch * columns);

    private static Targets Targets(int[] labels, float[] targets) => labels.Length > 0 ? labels : targets;

    private static double CrossEntropy(
        double[] outputs, int columns, float[] weights, float smoothing, int? ignored, int[] labels, float[] targets)
    {
        double sum = 0, divisor = 0;
        for (int row = 0; row < Batch; row++)
        {
            if (labels.Length > 0 && labels[row] == ignored)
            {
                continue;
            }

            double[] y = LossCheck.Row(outputs, row, columns);
            double logSum = Math.Log(y.Sum(Math.Exp));
            for (int c = 0; c < columns; c++)
            {
                double target = labels.Length > 0 ? (labels[row] == c ? 1 : 0) : targets[(row * columns) + c];
                double share = ((1 - (double)smoothing) * target) + ((double)smoothing / columns);
                sum += (weights.Length == 0 ? 1 : weights[c]) * share * (logSum - y[c]);
            }

            divisor += labels.Length > 0 && weights.Length > 0 ? weights[labels[row]] : 1;
        }

        return divisor == 0 ? 0 : sum / divisor;
    }

    private static float[] Factors(int count) => [.. Enumerable.Range(0, count).Select(i => 0.25f * ((i * 5 % 7) + 1))];

    private static double Softplus(double x) => Math.Log(1 + Math.Exp(x));

    private static double Distance(double[] y, int a, int b, int width, double offset) =>
        Math.Sqrt(Enumerable.Range(0, width).Sum(i => Math.Pow(y[a + i] - y[b + i] + offset, 2)));

    private readonly struct Quartic : ILoss
    {
        public static TVector Evaluate<TVector>(TVector output, TVector target, out TVector derivative)
            where TVector : struct, ISimdVector<TVector>
        {
            TVector difference = output - target;
            TVector square = difference * difference;
            derivative = TVector.Broadcast(4f) * square * difference;

            // Not 0 where both are: the empty lanes of a partial vector must not count.
            return TVector.MultiplyAdd(square, square, TVector.Broadcast(1f));
        }
    }

    [Theory]
    [InlineData(1e19f)]
    [InlineData(1e25f)]
    [InlineData(1e-25f)]
    [InlineData(1e-32f)]
    public void Distances_of_any_magnitude_have_losses_and_gradients(float unit)
    {
        using var memory = new KernelMemory();
        FloatSpan gradient = memory.Zeros(6);

        // With a huge unit the offset of 1e-6 does not count; with a tiny one it is all there is.
        if (unit > 1f)
        {
            FloatSpan triplet = memory.Of([0f, 0f, 3f * unit, 4f * unit, 0f, unit]);
            Assert.Equal(4f, TripletLoss.EvaluateWithGradient(triplet, default, gradient, 1, 2, 1f) / unit, 1e-5f);
            float[] expected = [-0.6f, 0.2f, 0.6f, 0.8f, 0f, -1f];
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], gradient[i], 1e-6f);
            }
        }

        FloatSpan pair = memory.Of([3f * unit, 0f, 0f, 4f * unit]);
        float margin = 10f * unit;
        float loss = ContrastiveLoss.EvaluateWithGradient(pair, new[] { 0 }, gradient, 1, 2, margin);
        Assert.Equal((float)(12.5 * unit * unit), loss);
        float[] slopes = [-3f, 4f, 3f, -4f];
        for (int i = 0; i < slopes.Length; i++)
        {
            Assert.Equal(slopes[i], gradient[i] / unit, 1e-5f);
        }
    }
}
