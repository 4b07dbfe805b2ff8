namespace ModelDsl.Runtime.Tests.Training;

/// <summary>The examples of scikit-learn's documentation, and of torchmetrics' for the calibration error.</summary>
public sealed class DocumentedMetricTests
{
    private static readonly int[] Actual = [0, 1, 2, 0, 1, 2];
    private static readonly int[] Predicted = [0, 2, 1, 0, 0, 1];

    [Fact]
    public void Accuracy_score() =>
        Assert.Equal(0.5, OfClasses(Metric.Accuracy(), 4, [0, 1, 2, 3], [0, 2, 1, 3]).Value);

    [Theory]
    [InlineData(Averaging.Macro, 2 / 9.0)]
    [InlineData(Averaging.Micro, 1 / 3.0)]
    [InlineData(Averaging.Weighted, 2 / 9.0)]
    [InlineData(null, 2 / 9.0)]
    public void Precision_score(Averaging? averaging, double expected)
    {
        MetricResult result = OfClasses(Metric.Precision(averaging), 3, Actual, Predicted);

        Assert.Equal(expected, result.Value, 1e-15);
        AssertParts([2 / 3.0, 0, 0], result);
    }

    [Theory]
    [InlineData(Averaging.Macro, 1 / 3.0)]
    [InlineData(Averaging.Micro, 1 / 3.0)]
    [InlineData(Averaging.Weighted, 1 / 3.0)]
    public void Recall_score(Averaging averaging, double expected)
    {
        MetricResult result = OfClasses(Metric.Recall(averaging), 3, Actual, Predicted);

        Assert.Equal(expected, result.Value, 1e-15);
        AssertParts([1, 0, 0], result);
    }

    [Theory]
    [InlineData(Averaging.Macro, 0.8 / 3)]
    [InlineData(Averaging.Micro, 1 / 3.0)]
    [InlineData(Averaging.Weighted, 0.8 / 3)]
    public void F1_score(Averaging averaging, double expected)
    {
        MetricResult result = OfClasses(Metric.F1(averaging), 3, Actual, Predicted);

        Assert.Equal(expected, result.Value, 1e-15);
        AssertParts([0.8, 0, 0], result);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(double.NaN, double.NaN)]
    public void Precision_score_of_what_is_never_predicted_is_what_zero_division_says(
        double zeroDivision, double expected)
    {
        MetricResult result = OfClasses(Metric.Precision(zeroDivision: zeroDivision), 3, Actual, [0, 0, 0, 0, 0, 0]);

        AssertParts([1 / 3.0, expected, expected], result);
        Assert.Equal(double.IsNaN(expected) ? 1 / 3.0 : ((1 / 3.0) + (2 * expected)) / 3, result.Value, 1e-15);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Recall_score_of_what_is_not_there_is_what_zero_division_says(double zeroDivision) =>
        AssertParts(
            [0.5, zeroDivision, zeroDivision],
            OfClasses(Metric.Recall(zeroDivision: zeroDivision), 3, [0, 0, 0, 0, 0, 0], Predicted));

    [Fact]
    public void Scores_of_several_labels_for_each_sample()
    {
        float[] actual = [0, 0, 0, /**/ 1, 1, 1, /**/ 0, 1, 1];
        float[] predicted = [-1, -1, -1, /**/ 1, 1, 1, /**/ 1, 1, -1];
        FixedOutputs model = FixedOutputs.Of(LossKind.BinaryCrossEntropy, 3);

        AssertParts([2 / 3.0, 1, 2 / 3.0], model.Measure(Metric.F1(), predicted, actual));
        AssertParts([0.5, 1, 1], model.Measure(Metric.Precision(), predicted, actual));
        AssertParts([1, 1, 0.5], model.Measure(Metric.Recall(), predicted, actual));
    }

    [Fact]
    public void Confusion_matrix()
    {
        ConfusionMatrix matrix = OfClasses(Metric.Confusion(), 3, [2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]).Confusion!;

        Assert.Equal(
            [2, 0, 0, 0, 0, 1, 1, 0, 2], Enumerable.Range(0, 9).Select(place => matrix[place / 3, place % 3]));
    }

    [Fact]
    public void Top_k_accuracy_score()
    {
        float[] scores = [0.5f, 0.2f, 0.2f, /**/ 0.3f, 0.4f, 0.2f, /**/ 0.2f, 0.4f, 0.3f, /**/ 0.7f, 0.2f, 0.1f];
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 3);

        Assert.Equal(0.75, model.Measure(Metric.TopKAccuracy(2), scores, (int[])[0, 1, 2, 2]).Value);
    }

    [Fact]
    public void Roc_auc_score_and_average_precision_score_of_two_classes()
    {
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f];
        float[] actual = [0, 0, 1, 1];
        FixedOutputs model = FixedOutputs.Of(LossKind.BinaryCrossEntropy, 1);

        Assert.Equal(0.75, model.Measure(Metric.RocAuc(), scores, actual).Value);
        Assert.Equal(0.5 + (0.5 * 2 / 3), model.Measure(Metric.AveragePrecision(), scores, actual).Value, 1e-15);
    }

    [Fact]
    public void Average_precision_score_of_three_classes()
    {
        float[] scores =
        [
            0.7f, 0.2f, 0.1f, /**/ 0.4f, 0.3f, 0.3f, /**/ 0.1f, 0.8f, 0.1f,
            0.2f, 0.3f, 0.5f, /**/ 0.4f, 0.4f, 0.2f, /**/ 0.1f, 0.2f, 0.7f,
        ];

        // A margin's outputs are scores as they are.
        MetricResult result = FixedOutputs.Of(LossKind.Hinge, 3)
            .Measure(Metric.AveragePrecision(), scores, (int[])[0, 0, 1, 1, 2, 2]);

        Assert.Equal(7 / 9.0, result.Value, 1e-12);
    }

    [Fact]
    public void Errors_of_one_output()
    {
        float[] actual = [3, -0.5f, 2, 7];
        float[] predicted = [2.5f, 0, 2, 8];
        FixedOutputs model = FixedOutputs.Of(LossKind.MeanSquaredError, 1);

        Assert.Equal(0.5, model.Measure(Metric.MeanAbsoluteError(), predicted, actual).Value);
        Assert.Equal(Math.Sqrt(0.375), model.Measure(Metric.RootMeanSquaredError(), predicted, actual).Value, 1e-15);
        Assert.Equal(1 - (1.5 / 29.1875), model.Measure(Metric.R2(), predicted, actual).Value, 1e-12);
    }

    [Fact]
    public void Errors_of_two_outputs_are_the_mean_over_the_outputs()
    {
        float[] actual = [0.5f, 1, /**/ -1, 1, /**/ 7, -6];
        float[] predicted = [0, 2, /**/ -1, 2, /**/ 8, -5];
        FixedOutputs model = FixedOutputs.Of(LossKind.MeanAbsoluteError, 2);

        Assert.Equal(0.75, model.Measure(Metric.MeanAbsoluteError(), predicted, actual).Value);
        Assert.Equal(
            (Math.Sqrt(1.25 / 3) + 1) / 2,
            model.Measure(Metric.RootMeanSquaredError(), predicted, actual).Value,
            1e-12);
        MetricResult r2 = model.Measure(Metric.R2(), predicted, actual);
        Assert.Equal(1 - (1.25 / (217 / 6.0)), r2.Parts[0].Value, 1e-12);
        Assert.Equal(1 - (3 / (98 / 3.0)), r2.Parts[1].Value, 1e-12);
        Assert.Equal((r2.Parts[0].Value + r2.Parts[1].Value) / 2, r2.Value, 1e-15);
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 1, 2, 3 }, 1)]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 2, 2, 2 }, 0)]
    [InlineData(new float[] { 1, 2, 3 }, new float[] { 3, 2, 1 }, -3)]
    [InlineData(new float[] { -2, -2, -2 }, new float[] { -2, -2, -2 }, 1)]
    [InlineData(new float[] { -2, -2, -2 }, new float[] { -2, -2, -2.0001f }, 0)]
    public void R2_score_is_finite_for_targets_that_are_all_the_same(
        float[] actual, float[] predicted, double expected) =>
        Assert.Equal(
            expected,
            FixedOutputs.Of(LossKind.Huber, 1).Measure(Metric.R2(), predicted, actual).Value,
            1e-12);

    [Fact]
    public void Multiclass_calibration_error_of_torchmetrics()
    {
        float[] probabilities =
            [0.25f, 0.20f, 0.55f, /**/ 0.55f, 0.05f, 0.40f, /**/ 0.10f, 0.30f, 0.60f, /**/ 0.90f, 0.05f, 0.05f];
        MetricResult result = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 3).Measure(
            Metric.CalibrationError(bins: 3),
            [.. probabilities.Select(probability => MathF.Log(probability))],
            (int[])[0, 1, 2, 0]);

        Assert.Equal(0.2, result.Value, 1e-6);
        Assert.Equal([0L, 3, 1], result.Parts.Select(part => part.Count));
        AssertParts([double.NaN, 1 / 3.0, 1], result);
    }

    // Outputs that are highest at the predicted class.
    private static MetricResult OfClasses(Metric metric, int classes, int[] actual, int[] predicted)
    {
        float[] outputs = new float[actual.Length * classes];
        for (int i = 0; i < predicted.Length; i++)
        {
            outputs[(i * classes) + predicted[i]] = 1f;
        }

        return FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, classes).Measure(metric, outputs, actual);
    }

    private static void AssertParts(double[] expected, MetricResult result) =>
        Assert.Equal(expected, result.Parts.Select(part => part.Value));
}
