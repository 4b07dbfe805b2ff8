namespace ModelDsl.Runtime.Tests.Training;

/// <summary>Metrics against their definitions, written down naively.</summary>
public sealed class MetricPropertyTests
{
    // Few different outputs, so that many are equal.
    private static readonly Gen<(int Class, float[] Outputs)[]> Answers =
        Gen.Select(Gen.Int[0, 3], Gen.Int[-3, 3].Select(number => (float)number).Array[4]).Array[1, 40];

    private static readonly Gen<(int Class, float Output)[]> BinaryAnswers =
        Gen.Select(Gen.Int[0, 1], Gen.Int[-5, 5].Select(number => (float)number)).Array[1, 60];

    [Fact]
    public void The_area_under_the_roc_curve_is_the_share_of_pairs_in_the_right_order() =>
        BinaryAnswers.Sample(answers =>
        {
            (double pairs, double right) = (0, 0);
            foreach ((int _, float positive) in answers.Where(answer => answer.Class == 1))
            {
                foreach ((int _, float negative) in answers.Where(answer => answer.Class == 0))
                {
                    pairs++;
                    right += positive > negative ? 1 : positive == negative ? 0.5 : 0;
                }
            }

            Assert.Equal(right / pairs, MeasureBinary(Metric.RocAuc(), answers), 1e-12);
        });

    [Fact]
    public void The_average_precision_sums_precision_over_the_steps_of_recall() =>
        BinaryAnswers.Sample(answers =>
        {
            double positives = answers.Count(answer => answer.Class == 1);
            (double area, double recall) = (0, 0);
            foreach (float threshold in answers.Select(answer => answer.Output).Distinct().OrderDescending())
            {
                double hits = answers.Count(answer => answer.Class == 1 && answer.Output >= threshold);
                double precision = hits / answers.Count(answer => answer.Output >= threshold);
                area += ((hits / positives) - recall) * precision;
                recall = hits / positives;
            }

            Assert.Equal(positives == 0 ? double.NaN : area, MeasureBinary(Metric.AveragePrecision(), answers), 1e-12);
        });

    [Fact]
    public void Of_several_classes_the_roc_area_is_the_mean_of_each_against_the_rest() =>
        Answers.Sample(answers =>
        {
            var areas = new List<double>();
            for (int number = 0; number < 4; number++)
            {
                double[] inside = [.. answers.Where(answer => answer.Class == number).Select(Probability)];
                double[] outside = [.. answers.Where(answer => answer.Class != number).Select(Probability)];
                if (inside.Length > 0 && outside.Length > 0)
                {
                    areas.Add(inside.Average(a => outside.Average(b => Math.Abs(a - b) < 1e-9 ? 0.5 : a > b ? 1 : 0)));
                }

                double Probability((int Class, float[] Outputs) answer) =>
                    Math.Exp(answer.Outputs[number]) / answer.Outputs.Sum(output => Math.Exp(output));
            }

            double expected = areas.Count == 0 ? double.NaN : areas.Average();
            Assert.Equal(expected, Measure(Metric.RocAuc(), answers).Value, 1e-9);
        });

    [Fact]
    public void Precision_recall_and_f1_follow_from_the_confusion_matrix() =>
        Answers.Sample(answers =>
        {
            ConfusionMatrix matrix = Measure(Metric.Confusion(), answers).Confusion!;
            int[] classes = [.. Enumerable.Range(0, 4)];
            double[] precision = [.. classes.Select(i => Quotient(matrix[i, i], classes.Sum(j => matrix[j, i])))];
            double[] recall = [.. classes.Select(i => Quotient(matrix[i, i], matrix.CountOf(i)))];
            double[] f1 =
                [.. precision.Zip(recall, (p, r) => double.IsNaN(p + r) || p + r == 0 ? 0 : 2 * p * r / (p + r))];
            int[] present = [.. classes.Where(i => matrix.CountOf(i) + classes.Sum(j => matrix[j, i]) > 0)];
            double accuracy = classes.Sum(i => matrix[i, i]) / (double)answers.Length;

            Assert.Equal(present.Average(i => f1[i]), Measure(Metric.F1(), answers).Value, 1e-12);
            Assert.Equal(present.Average(i => OrZero(recall[i])), Measure(Metric.Recall(), answers).Value, 1e-12);
            Assert.Equal(present.Average(i => OrZero(precision[i])), Measure(Metric.Precision(), answers).Value, 1e-12);
            Assert.Equal(
                classes.Sum(i => f1[i] * matrix.CountOf(i)) / answers.Length,
                Measure(Metric.F1(Averaging.Weighted), answers).Value,
                1e-12);
            Assert.Equal(accuracy, Measure(Metric.F1(Averaging.Micro), answers).Value, 1e-12);
            Assert.Equal(accuracy, Measure(Metric.Accuracy(), answers).Value, 1e-12);

            static double Quotient(int numerator, int denominator) =>
                denominator == 0 ? double.NaN : numerator / (double)denominator;

            static double OrZero(double value) => double.IsNaN(value) ? 0 : value;
        });

    [Fact]
    public void The_first_of_the_highest_is_the_accuracy_and_all_classes_are_always_right() =>
        Answers.Sample(answers =>
        {
            Assert.Equal(Measure(Metric.Accuracy(), answers).Value, Measure(Metric.TopKAccuracy(1), answers).Value);
            Assert.Equal(1, Measure(Metric.TopKAccuracy(4), answers).Value);
            double best2 = Measure(Metric.TopKAccuracy(2), answers).Value;
            Assert.True(best2 <= Measure(Metric.TopKAccuracy(3), answers).Value);
        });

    [Fact]
    public void Perplexity_is_the_exponential_of_the_mean_cross_entropy() =>
        Answers.Sample(answers =>
        {
            double entropy = answers.Average(answer =>
                Math.Log(answer.Outputs.Sum(output => Math.Exp(output))) - answer.Outputs[answer.Class]);

            Assert.Equal(Math.Exp(entropy), Measure(Metric.Perplexity(), answers).Value, 1e-9 * Math.Exp(entropy));
        });

    [Fact]
    public void The_calibration_error_is_the_weighted_gap_between_accuracy_and_confidence_in_bins() =>
        Answers.Sample(answers =>
        {
            double expected = answers
                .Select(answer => (
                    Confidence: Math.Exp(answer.Outputs.Max()) / answer.Outputs.Sum(output => Math.Exp(output)),
                    IsRight: Array.IndexOf(answer.Outputs, answer.Outputs.Max()) == answer.Class))
                .GroupBy(answer => Math.Ceiling((answer.Confidence * 7) - 1e-12))
                .Sum(bin => Math.Abs(bin.Sum(a => (a.IsRight ? 1 : 0) - a.Confidence)));

            Assert.Equal(expected / answers.Length, Measure(Metric.CalibrationError(bins: 7), answers).Value, 1e-9);
        });

    [Fact]
    public void Squared_errors_and_r2_are_those_of_two_passes_also_far_from_zero() =>
        Gen.Select(Gen.Float[-1f, 1f], Gen.Float[-1f, 1f]).Array[2, 50].Sample(pairs =>
        {
            float[] targets = [.. pairs.Select(pair => 1000 + pair.Item1)];
            float[] outputs = [.. pairs.Select(pair => 1000 + pair.Item2)];
            double mean = targets.Average(target => (double)target);
            double errors = targets.Zip(outputs, (t, o) => Math.Pow((double)t - o, 2)).Sum();
            double deviations = targets.Sum(target => Math.Pow(target - mean, 2));
            FixedOutputs model = FixedOutputs.Of(LossKind.MeanSquaredError, 1);

            Assert.Equal(
                Math.Sqrt(errors / pairs.Length),
                model.Measure(Metric.RootMeanSquaredError(), outputs, targets).Value,
                1e-9);
            Assert.True(
                deviations < 1e-6
                || Math.Abs(1 - (errors / deviations) - model.Measure(Metric.R2(), outputs, targets).Value)
                    < 1e-7 * (1 + (errors / deviations)));
        });

    [Fact]
    public void Batches_do_not_matter() =>
        Gen.Select(Answers, Gen.Int[1, 40]).Sample((answers, size) =>
        {
            Metric[] all =
            [
                Metric.Accuracy(), Metric.F1(), Metric.RocAuc(), Metric.AveragePrecision(), Metric.Perplexity(),
                Metric.CalibrationError(), Metric.PositiveRate(2), Metric.FalsePositiveRate(),
            ];
            FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 4);
            var metrics = new MetricSet(model.Description, all);

            // What a pass before has left must not count either.
            model.AddTo(metrics, [1, 2, 3, 4], (int[])[2]);
            metrics.Reset();
            foreach ((int Class, float[] Outputs)[] batch in answers.Chunk(size))
            {
                model.AddTo(
                    metrics,
                    [.. batch.SelectMany(answer => answer.Outputs)],
                    batch.Select(answer => answer.Class).ToArray());
            }

            Assert.Equal(
                all.Select(metric => Measure(metric, answers).Value), metrics.Results.Select(result => result.Value));
        });

    private static MetricResult Measure(Metric metric, (int Class, float[] Outputs)[] answers) =>
        FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 4).Measure(
            metric,
            [.. answers.SelectMany(answer => answer.Outputs)],
            answers.Select(answer => answer.Class).ToArray());

    private static double MeasureBinary(Metric metric, (int Class, float Output)[] answers) =>
        FixedOutputs.Of(LossKind.BinaryCrossEntropy, 1).Measure(
            metric,
            [.. answers.Select(answer => answer.Output)],
            answers.Select(answer => (float)answer.Class).ToArray()).Value;
}
