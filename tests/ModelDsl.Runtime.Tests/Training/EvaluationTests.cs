namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Measures models whose outputs are their inputs (W = 1, b = 0).</summary>
public sealed class EvaluationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Classes_are_counted_in_a_confusion_matrix(int batchSize)
    {
        float[] logits = [9, 0, 0, /**/ 0, 9, 0, /**/ 0, 9, 0, /**/ 0, 0, 9, /**/ 1, 0, 0];
        Dataset dataset = Dataset.FromLabels(new Shape(3), logits, [0, 1, 0, 2, 2], classCount: 3);
        Evaluation evaluation = Evaluate(LossKind.SoftmaxCrossEntropy, dataset, batchSize);
        Assert.Equal(5, evaluation.SampleCount);
        Assert.Equal(0.6, evaluation.Accuracy);
        Assert.Null(evaluation.MeanAbsoluteError);
        ConfusionMatrix confusion = evaluation.Confusion!;
        Assert.Equal([[1, 1, 0], [0, 1, 0], [1, 0, 1]], Rows(confusion));
        Assert.Equal(
            """
            actual \ predicted  0  1  2
            0                   1  1  0
            1                   0  1  0
            2                   1  0  1

            """.ReplaceLineEndings("\n"),
            confusion.ToString());
        Assert.Equal([2, 1, 2], Enumerable.Range(0, 3).Select(confusion.CountOf));
        Assert.Equal([0.5, 1.0, 0.5], Enumerable.Range(0, 3).Select(confusion.AccuracyOf));
        double expected = logits.Chunk(3).Zip([0, 1, 0, 2, 2]).Average(
            pair => Math.Log(pair.First.Sum(logit => Math.Exp(logit))) - pair.First[pair.Second]);
        Assert.Equal(expected, evaluation.Loss, 1e-5);
    }

    [Fact]
    public void A_class_without_samples_has_no_accuracy()
    {
        Dataset dataset = Dataset.FromLabels(new Shape(2), [1f, 0f], [0], classCount: 2);
        ConfusionMatrix confusion = Evaluate(LossKind.SoftmaxCrossEntropy, dataset).Confusion!;
        Assert.Equal(1.0, confusion.AccuracyOf(0));
        Assert.Null(confusion.AccuracyOf(1));
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => confusion[0, 2]);
        Assert.StartsWith("expected a class from 0 to 1, got 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_distribution_as_target_stands_for_its_most_likely_class()
    {
        Dataset dataset = Dataset.FromValues(new Shape(2), [3f, 0f, 3f, 0f], [0.7f, 0.3f, 0.4f, 0.6f]);
        Evaluation evaluation = Evaluate(LossKind.SoftmaxCrossEntropy, dataset);
        Assert.Equal(0.5, evaluation.Accuracy);
        Assert.Equal([[1, 0], [1, 0]], Rows(evaluation.Confusion!));
    }

    [Fact]
    public void A_regression_has_a_mean_absolute_error_and_no_accuracy()
    {
        Dataset dataset = Dataset.FromValues(new Shape(2), [1f, 2f, 3f, 4f], [1f, 1f, 5f, 4f]);
        Evaluation evaluation = Evaluate(LossKind.MeanSquaredError, dataset, batchSize: 1);
        Assert.Equal(0.75, evaluation.MeanAbsoluteError);
        Assert.Equal(1.25, evaluation.Loss, 1e-6);
        Assert.Null(evaluation.Accuracy);
        Assert.Null(evaluation.Confusion);
    }

    [Fact]
    public void One_sigmoid_output_tells_two_classes_apart_by_its_sign_from_labels_or_values()
    {
        float[] logits = [2f, -1f, 3f, -4f];
        Dataset labelled = Dataset.FromLabels(new Shape(1), logits, [1, 1, 0, 0]);
        Dataset valued = Dataset.FromValues(new Shape(1), logits, [1f, 1f, 0f, 0f]);
        foreach (Dataset dataset in new[] { labelled, valued })
        {
            Evaluation evaluation = Evaluate(LossKind.BinaryCrossEntropy, dataset);
            Assert.Equal(0.5, evaluation.Accuracy);
            Assert.Equal([[1, 1], [1, 1]], Rows(evaluation.Confusion!));
        }

        Assert.Equal(
            Evaluate(LossKind.BinaryCrossEntropy, valued).Loss, Evaluate(LossKind.BinaryCrossEntropy, labelled).Loss);
    }

    [Fact]
    public void Several_sigmoid_outputs_are_judged_one_by_one()
    {
        Dataset dataset = Dataset.FromValues(new Shape(2), [1f, -1f, 1f, 1f], [1f, 0f, 0f, 1f]);
        Evaluation evaluation = Evaluate(LossKind.BinaryCrossEntropy, dataset);
        Assert.Equal(0.75, evaluation.Accuracy);
        Assert.Null(evaluation.Confusion);
    }

    [Fact]
    public void Several_outputs_with_a_margin_each_are_judged_one_by_one()
    {
        Dataset dataset = Dataset.FromValues(new Shape(2), [1f, -1f, 1f, 1f], [1f, -1f, -1f, 1f]);
        Evaluation evaluation = Evaluate(LossKind.ElementwiseHinge, dataset);
        Assert.Equal(0.75, evaluation.Accuracy);
        Assert.Null(evaluation.Confusion);
    }

    [Fact]
    public void A_margin_is_judged_by_its_sign_from_labels_or_values_and_several_by_the_highest()
    {
        float[] outputs = [2f, -1f, 3f];
        Dataset labelled = Dataset.FromLabels(new Shape(1), outputs, [1, 1, 0], classCount: 2);
        Dataset valued = Dataset.FromValues(new Shape(1), outputs, [1f, 1f, -1f]);
        Assert.Equal(1 / 3.0, Evaluate(LossKind.Hinge, labelled).Accuracy);
        Assert.Equal(1 / 3.0, Evaluate(LossKind.Hinge, valued).Accuracy);
        Dataset several = Dataset.FromLabels(new Shape(3), [0f, 1f, 2f, 5f, 1f, 2f], [2, 1], classCount: 3);
        Assert.Equal(0.5, Evaluate(LossKind.Hinge, several).Accuracy);
    }

    [Fact]
    public void A_dataset_that_does_not_fit_the_model_is_refused_before_anything_runs()
    {
        Dataset odd = Dataset.FromLabels(new Shape(783), new float[783], new int[1]);
        AssertRefused(
            "Linear: expected 784 values per sample (28x28), got 783 (783)",
            new LinearModel(new Shape(28, 28), 10, LossKind.SoftmaxCrossEntropy),
            odd);
        Dataset eleven = Dataset.FromLabels(new Shape(1), [0f], [10]);
        AssertRefused(
            "Linear: expected labels of 10 classes, got 11 classes",
            new LinearModel(new Shape(1), 10, LossKind.SoftmaxCrossEntropy),
            eleven);
        AssertRefused(
            "Linear: expected 10 target values per sample for MeanSquaredError, got class labels",
            new LinearModel(new Shape(1), 10, LossKind.MeanSquaredError),
            eleven);
        Dataset values = Dataset.FromValues(new Shape(1), [0f], [1f, 2f]);
        AssertRefused(
            "Linear: expected 3 target values per sample, one for each output, got 2",
            new LinearModel(new Shape(1), 3, LossKind.MeanSquaredError),
            values);
        AssertRefused(
            "Linear: expected class labels for Hinge, got values",
            new LinearModel(new Shape(1), 2, LossKind.Hinge),
            values);
        AssertRefused(
            "Linear: expected 2 target values per sample for BinaryCrossEntropy, got class labels",
            new LinearModel(new Shape(1), 2, LossKind.BinaryCrossEntropy),
            eleven);
    }

    private static void AssertRefused(string message, LinearModel model, Dataset dataset)
    {
        var trainer = new Trainer<LinearModel>(model, new Sgd());
        foreach (Action action in new Action[] { () => trainer.Fit(dataset), () => trainer.Evaluate(dataset) })
        {
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, model.TrainingStep);
    }

    private static Evaluation Evaluate(LossKind loss, Dataset dataset, int batchSize = 256)
    {
        int width = dataset.SampleShape.Count;
        var model = new LinearModel(dataset.SampleShape, width, loss);
        model.Parameters.Clear();
        for (int i = 0; i < width; i++)
        {
            model.Parameters[(i * width) + i] = 1f;
        }

        return new Trainer<LinearModel>(model, new Sgd()).Evaluate(dataset, batchSize);
    }

    private static int[][] Rows(ConfusionMatrix confusion) =>
    [
        .. Enumerable.Range(0, confusion.ClassCount).Select(actual =>
            Enumerable.Range(0, confusion.ClassCount).Select(predicted => confusion[actual, predicted]).ToArray()),
    ];
}
