namespace ModelDsl.Runtime.Tests.Kernels;

/// <summary>Losses with weights of samples, and losses that are not normalised.</summary>
public sealed class WeightedLossTests
{
    private delegate float Evaluate(FloatSpan outputs, Targets targets, FloatSpan gradient, int samples);

    private const int Columns = 6;

    /// <summary>Each loss with targets for four samples of one or more rows.</summary>
    public static TheoryData<string> Losses => [.. Cases.Keys];

    private static Dictionary<string, (Evaluate Loss, int Rows, int[]? Labels, float[]? Values)> Cases => new()
    {
        ["mean squared error"] = ((y, t, g, n) =>
            MeanSquaredErrorLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, rowsPerSample: 2), 2, null, Values(8)),
        ["mean absolute error"] = ((y, t, g, n) =>
            MeanAbsoluteErrorLoss.EvaluateWithGradient(y, t, g, n, Columns), 1, null, Values(4)),
        ["Huber"] = ((y, t, g, n) => HuberLoss.EvaluateWithGradient(y, t, g, n, Columns, 0.5f), 1, null, Values(4)),
        ["binary cross-entropy"] = ((y, t, g, n) =>
            BinaryCrossEntropyLoss.EvaluateWithGradient(y, t, g, n, Columns), 1, null, Values(4)),
        ["binary cross-entropy with positive weights"] = ((y, t, g, n) =>
            BinaryCrossEntropyLoss.EvaluateWithGradient(
                y, t, g, 2 * n, Columns, [1f, 2f, 3f, 4f, 5f, 6f], rowsPerSample: 2), 2, null, Values(8)),
        ["Kullback-Leibler"] = ((y, t, g, n) =>
            KullbackLeiblerLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, false, rowsPerSample: 2), 2, null,
            Values(8)),
        ["softmax cross-entropy"] = ((y, t, g, n) =>
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, 2 * n, Columns, rowsPerSample: 2), 2, Labels(8),
            null),
        ["softmax cross-entropy of distributions"] = ((y, t, g, n) =>
            SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, t, g, n, Columns, labelSmoothing: 0.1f), 1, null,
            Values(4)),
        ["hinge"] = ((y, t, g, n) => HingeLoss.EvaluateWithGradient(y, t, g, n, Columns), 1, Labels(4), null),
        ["contrastive"] = ((y, t, g, n) =>
            ContrastiveLoss.EvaluateWithGradient(y, t, g, n, Columns / 2, 4f), 1, [1, 0, 1, 0], null),
        ["triplet"] = ((y, t, g, n) => TripletLoss.EvaluateWithGradient(y, t, g, n, Columns / 3, 4f), 1, null, null),
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_weighted_mean_divides_the_weighted_losses_by_the_sum_of_the_weights(string name)
    {
        (Evaluate evaluate, int rows, int[]? labels, float[]? values) = Cases[name];
        float[] weights = [0.5f, 2f, 0f, 3f];
        using var memory = new KernelMemory();
        int length = rows * Columns;
        FloatSpan y = memory.Random(4 * length, 3, -2f, 2f);
        FloatSpan gradient = memory.Zeros(4 * length);
        float loss = evaluate(y, Of(labels, values) with { SampleWeights = weights }, gradient, 4);
        double expected = 0;
        for (int i = 0; i < 4; i++)
        {
            FloatSpan own = memory.Zeros(length);
            Targets targets = Of(Part(labels, i), Part(values, i));
            expected += weights[i] / 5.5 * evaluate(y.Slice(i * length, length), targets, own, 1);
            for (int k = 0; k < length; k++)
            {
                Assert.Equal(weights[i] / 5.5 * own[k], gradient[(i * length) + k], 1e-6);
            }
        }

        Assert.Equal(expected, loss, 1e-5);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_total_weight_of_1_leaves_the_sum_and_its_gradient(string name)
    {
        (Evaluate evaluate, int rows, int[]? labels, float[]? values) = Cases[name];
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(4 * rows * Columns, 3, -2f, 2f);
        FloatSpan ofMean = memory.Zeros(y.Length);
        FloatSpan ofSum = memory.Zeros(y.Length);
        Targets targets = Of(labels, values);
        float mean = evaluate(y, targets, ofMean, 4);
        float sum = evaluate(y, targets with { TotalWeights = [1] }, ofSum, 4);
        double total = sum / mean;
        Assert.Equal(Math.Round(total), total, 1e-4 * total);
        Assert.True(total > 3.5);
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(ofMean[i] * Math.Round(total), ofSum[i], 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Weights_of_1_give_the_gradient_bits_of_no_weights(string name)
    {
        (Evaluate evaluate, int rows, int[]? labels, float[]? values) = Cases[name];
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(4 * rows * Columns, 3, -2f, 2f);
        FloatSpan without = memory.Zeros(y.Length);
        FloatSpan with = memory.Zeros(y.Length);
        Targets targets = Of(labels, values);
        Assert.Equal(
            evaluate(y, targets, without, 4),
            evaluate(y, targets with { SampleWeights = [1f, 1f, 1f, 1f] }, with, 4),
            1e-6f);
        Bits.Equal(without, with);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_sample_of_weight_0_adds_nothing_even_where_its_loss_is_no_number(string name)
    {
        (Evaluate evaluate, int rows, int[]? labels, float[]? values) = Cases[name];
        using var memory = new KernelMemory();
        int length = rows * Columns;
        FloatSpan y = memory.Random(4 * length, 3, -2f, 2f);
        FloatSpan expected = memory.Zeros(y.Length);
        FloatSpan gradient = memory.Random(y.Length, 4);
        Targets targets = Of(labels, values) with { SampleWeights = [1f, 2f, 0f, 1f] };
        float loss = evaluate(y, targets, expected, 4);
        y.Slice(2 * length, length).AsSpan().Fill(float.NaN);
        Assert.Equal(loss, evaluate(y, targets, gradient, 4));
        Bits.Equal(expected, gradient);
        Assert.All(gradient.Slice(2 * length, length).AsSpan().ToArray(), value => Assert.Equal(0f, value));

        FloatSpan none = memory.Random(y.Length, 5);
        Assert.Equal(0f, evaluate(y, targets with { SampleWeights = [0f, 0f, 0f, 0f] }, none, 4));
        Assert.All(none.AsSpan().ToArray(), value => Assert.Equal(0f, value));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Weights_that_do_not_fit_are_refused(string name)
    {
        (Evaluate evaluate, int rows, int[]? labels, float[]? values) = Cases[name];
        using var memory = new KernelMemory();
        FloatSpan y = memory.Random(4 * rows * Columns, 3, -2f, 2f);
        FloatSpan gradient = memory.Random(y.Length, 4);
        float[] before = gradient.AsSpan().ToArray();
        Refuses("expected finite sample weights of at least 0, got -1 for sample 2", [1f, 1f, -1f, 1f]);
        Refuses("expected finite sample weights of at least 0, got NaN for sample 3", [1f, 1f, 1f, float.NaN]);
        Refuses(
            "expected finite sample weights of at least 0, got Infinity for sample 0",
            [float.PositiveInfinity, 1f, 1f, 1f]);
        Refuses("expected 4 sample weights (one for each sample), got 3", [1f, 1f, 1f]);
        Refuses("expected 4 sample weights (one for each sample), got 8", new float[8]);
        Refuses("expected a finite total weight of at least 0, got -1", [], -1);
        Refuses("expected a finite total weight of at least 0, got NaN", [], double.NaN);
        Refuses("expected one total weight, for the one loss, got 2", [], 1, 1);
        Assert.Equal(before, gradient.AsSpan().ToArray());

        void Refuses(string message, float[] weights, params double[] totals)
        {
            ArgumentException exception = Assert.Throws<ArgumentException>(() => evaluate(
                y, Of(labels, values) with { SampleWeights = weights, TotalWeights = totals }, gradient, 4));
            Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cross_entropy_with_weights_matches_what_is_computed_by_hand()
    {
        // Both rows have the probabilities 1/4 and 3/4.
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([0f, MathF.Log(3), 0f, MathF.Log(3)]);
        FloatSpan gradient = memory.Zeros(4);
        Targets targets = new Targets([0, 1]) with { SampleWeights = [1f, 3f] };
        float loss = SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, targets, gradient, 2, 2);
        Assert.Equal((Math.Log(4) + (3 * Math.Log(4.0 / 3))) / 4, loss, 1e-6);
        Near([-3f / 16, 3f / 16, 3f / 16, -3f / 16], gradient);

        // Class weights and sample weights multiply: (2·ln 4 + 3·ln 4/3) / 5.
        loss = SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, targets, gradient, 2, 2, [2f, 1f]);
        Assert.Equal(((2 * Math.Log(4)) + (3 * Math.Log(4.0 / 3))) / 5, loss, 1e-6);
        Near([-3f / 10, 3f / 10, 3f / 20, -3f / 20], gradient);

        // Keras' sum_over_batch_size divides by the number of samples.
        loss = SoftmaxCrossEntropyLoss.EvaluateWithGradient(y, targets with { TotalWeights = [2] }, gradient, 2, 2);
        Assert.Equal((Math.Log(4) + (3 * Math.Log(4.0 / 3))) / 2, loss, 1e-6);
    }

    [Fact]
    public void Mean_squared_error_with_weights_matches_what_is_computed_by_hand()
    {
        // PyTorch's mse_loss(weight=): Σ w·(y - t)² / Σ w = (1·(1 + 4) + 3·(9 + 0)) / (1 + 1 + 3 + 3).
        using var memory = new KernelMemory();
        FloatSpan y = memory.Of([1f, 2f, 3f, 4f]);
        FloatSpan gradient = memory.Zeros(4);
        Targets targets = new Targets([0f, 0f, 0f, 4f]) with { SampleWeights = [1f, 3f] };
        Assert.Equal(4f, MeanSquaredErrorLoss.EvaluateWithGradient(y, targets, gradient, 2, 2));
        Near([0.25f, 0.5f, 2.25f, 0f], gradient);
    }

    private static void Near(float[] expected, FloatSpan actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-6f);
        }
    }

    private static Targets Of(int[]? labels, float[]? values) =>
        new((ReadOnlySpan<int>)labels, (ReadOnlySpan<float>)values);

    // What belongs to one of four samples.
    private static T[]? Part<T>(T[]? all, int sample) =>
        all?[(sample * all.Length / 4)..((sample + 1) * all.Length / 4)];

    private static int[] Labels(int rows) => [.. Enumerable.Range(0, rows).Select(row => row * 5 % Columns)];

    private static float[] Values(int rows)
    {
        float[] values = new float[rows * Columns];
        new Philox(8).FillUniform(values, 0f, 1f);
        return values;
    }
}
