namespace ModelDsl.Runtime.Tests.Training;

public sealed class MetricSetTests
{
    [Fact]
    public void Without_samples_nothing_is_defined()
    {
        ModelDescription classes = FixedOutputs.Describe(LossKind.SoftmaxCrossEntropy, new Shape(3));
        ModelDescription values = FixedOutputs.Describe(LossKind.MeanSquaredError, new Shape(3));
        Metric[] ofClasses =
        [
            Metric.Accuracy(), Metric.TopKAccuracy(2), Metric.RocAuc(), Metric.AveragePrecision(), Metric.Perplexity(),
            Metric.CalibrationError(), Metric.Confusion(), Metric.PositiveRate(), Metric.FalsePositiveRate(),
            Metric.F1(zeroDivision: double.NaN),
        ];
        Metric[] ofValues = [Metric.MeanAbsoluteError(), Metric.RootMeanSquaredError(), Metric.R2()];

        Assert.All(new MetricSet(classes, ofClasses).Results, result => Assert.Equal(double.NaN, result.Value));
        Assert.All(new MetricSet(values, ofValues).Results, result => Assert.Equal(double.NaN, result.Value));
        Assert.Equal(0, new MetricSet(classes, [Metric.F1()]).Results.Single().Value);
        Assert.Empty(new MetricSet(classes, []).Results);
    }

    [Fact]
    public void A_single_class_has_no_area_under_its_curve_and_no_false_positives()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.BinaryCrossEntropy, 1);
        float[] outputs = [1, -2, 3];

        Assert.Equal(double.NaN, model.Measure(Metric.RocAuc(), outputs, (float[])[1, 1, 1]).Value);
        Assert.Equal(double.NaN, model.Measure(Metric.RocAuc(), outputs, (float[])[0, 0, 0]).Value);
        Assert.Equal(1, model.Measure(Metric.AveragePrecision(), outputs, (float[])[1, 1, 1]).Value);
        Assert.Equal(double.NaN, model.Measure(Metric.AveragePrecision(), outputs, (float[])[0, 0, 0]).Value);
        Assert.Equal(double.NaN, model.Measure(Metric.FalsePositiveRate(), outputs, (float[])[1, 1, 1]).Value);
        Assert.Equal(2 / 3.0, model.Measure(Metric.PositiveRate(), outputs, (float[])[1, 1, 1]).Value);
    }

    [Fact]
    public void Outputs_that_are_not_numbers_are_wrong_or_make_the_figure_undefined()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 3);
        float[] outputs = [0, 1, float.NaN, /**/ 1, 0, 0, /**/ 0, 2, 0];
        int[] labels = [2, 0, 1];

        Assert.Equal(2 / 3.0, model.Measure(Metric.Accuracy(), outputs, labels).Value);
        Assert.Equal(2 / 3.0, model.Measure(Metric.TopKAccuracy(3), outputs, labels).Value);
        Assert.All(
            new[] { Metric.RocAuc(), Metric.AveragePrecision(), Metric.Perplexity(), Metric.CalibrationError() },
            metric => Assert.Equal(double.NaN, model.Measure(metric, outputs, labels).Value));
        Assert.All(
            new[] { Metric.MeanAbsoluteError(), Metric.RootMeanSquaredError(), Metric.R2() },
            metric => Assert.Equal(
                double.NaN,
                FixedOutputs.Of(LossKind.MeanSquaredError, 1)
                    .Measure(metric, [float.NaN, 1, 2], (float[])[1, 2, 3]).Value));
    }

    [Fact]
    public void Large_logits_neither_overflow_nor_tie()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 3);
        float[] outputs = [900, 0, 0, /**/ 800, 0, 0, /**/ 700, 0, 0];

        Assert.Equal(1, model.Measure(Metric.RocAuc(), outputs, (int[])[0, 0, 1]).Parts[0].Value);
        Assert.Equal(0, model.Measure(Metric.CalibrationError(), outputs, (int[])[0, 0, 0]).Value, 1e-12);
        Assert.Equal(1, model.Measure(Metric.Perplexity(), outputs, (int[])[0, 0, 0]).Value, 1e-12);
        Assert.Equal(double.PositiveInfinity, model.Measure(Metric.Perplexity(), outputs, (int[])[1, 1, 1]).Value);
    }

    [Fact]
    public void Steps_of_a_sequence_count_one_by_one_without_those_that_are_ignored()
    {
        var model = new FixedOutputs(
            FixedOutputs.Describe(LossKind.SoftmaxCrossEntropy, new Shape(3, 2)) with { IgnoredLabel = -1 });
        float[] outputs = [1, 0, 0, 1, 5, 5, /**/ 0, 1, 1, 0, 0, 1];
        int[] labels = [0, 1, -1, /**/ 0, -1, 1];

        Assert.Equal(0.75, model.Measure(Metric.Accuracy(), outputs, labels).Value);
        Assert.Equal(0.75, model.Measure(Metric.TopKAccuracy(1), outputs, labels).Value);
        Assert.Equal(0.8, model.Measure(Metric.F1(), outputs, labels).Value, 1e-15);
        Assert.Equal(4L, model.Measure(Metric.CalibrationError(), outputs, labels).Parts.Sum(part => part.Count));
        double right = Math.Log(1 + Math.Exp(-1));
        Assert.Equal(
            Math.Exp(((3 * right) + right + 1) / 4),
            model.Measure(Metric.Perplexity(), outputs, labels).Value,
            1e-12);
        Assert.Equal(0.75, model.Measure(Metric.RocAuc(), outputs, labels).Value);
    }

    [Fact]
    public void Distributions_as_targets_stand_for_their_most_likely_class_and_for_themselves_in_perplexity()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 2);
        float[] outputs = [0, 0, /**/ 3, 1];
        float[] targets = [0.5f, 0.5f, /**/ 0.25f, 0.75f];

        Assert.Equal(0.5, model.Measure(Metric.Accuracy(), outputs, targets).Value);
        double odds = Math.Log(1 + Math.Exp(-2));
        double entropy = (Math.Log(2) + (0.25 * odds) + (0.75 * (2 + odds))) / 2;
        Assert.Equal(Math.Exp(entropy), model.Measure(Metric.Perplexity(), outputs, targets).Value, 1e-12);
    }

    [Fact]
    public void Each_head_has_its_own_metrics()
    {
        HeadDescription[] heads =
        [
            new("size", new Shape(1), LossKind.MeanSquaredError),
            new("kind", new Shape(3), LossKind.SoftmaxCrossEntropy),
            new("flags", new Shape(2), LossKind.BinaryCrossEntropy),
        ];
        var model = new FixedOutputs(
            FixedOutputs.Describe(LossKind.WeightedSum, new Shape(6)) with { Heads = [.. heads] });
        var metrics = new MetricSet(
            model.Description,
            [
                Metric.MeanAbsoluteError().OfHead("size"), Metric.Accuracy().OfHead("kind"),
                Metric.Accuracy().OfHead("flags"),
                Metric.Recall().OfHead("flags"),
            ]);

        // A sample's outputs are size, kind and flags; its values are size and flags.
        float[] outputs = [1, /**/ 0, 9, 0, /**/ 1, -1, /* */ 5, /**/ 9, 0, 0, /**/ 1, 1];
        model.AddTo(metrics, outputs, new Targets([1, 2], [2, /**/ 1, 0, /* */ 5.5f, /**/ 0, 1]));

        Assert.Equal([0.75, 0.5, 0.75, 1], metrics.Results.Select(result => result.Value));
        Assert.Equal(["size", "kind", "flags", "flags"], metrics.Results.Select(result => result.Head));
    }

    [Fact]
    public void A_metric_that_does_not_fit_is_refused_before_anything_runs()
    {
        Refused(
            "Fixed: the metric f1 needs classes, got MeanSquaredError with outputs of 2",
            LossKind.MeanSquaredError, Metric.F1());
        Refused(
            "Fixed: the metric r2 needs the values of a regression, got SoftmaxCrossEntropy with outputs of 2",
            LossKind.SoftmaxCrossEntropy, Metric.R2());
        Refused(
            "Fixed: the metric top-3 accuracy needs at least 3 outputs, got SoftmaxCrossEntropy with outputs of 2",
            LossKind.SoftmaxCrossEntropy, Metric.TopKAccuracy(3));
        Refused(
            "Fixed: the metric perplexity needs SoftmaxCrossEntropy, got Hinge with outputs of 2",
            LossKind.Hinge, Metric.Perplexity());
        Refused(
            "Fixed: the metric calibration error needs logits of classes, got Hinge with outputs of 2",
            LossKind.Hinge, Metric.CalibrationError());
        Refused(
            "Fixed: the metric confusion needs one class for each sample, got BinaryCrossEntropy with outputs of 2",
            LossKind.BinaryCrossEntropy, Metric.Confusion());
        Refused(
            "Fixed: the metric precision (binary) needs two classes, got BinaryCrossEntropy with outputs of 2",
            LossKind.BinaryCrossEntropy, Metric.Precision(Averaging.Binary));
        Refused(
            "Fixed: the metric positive rate of class 2 needs a class 2, got SoftmaxCrossEntropy with outputs of 2",
            LossKind.SoftmaxCrossEntropy, Metric.PositiveRate(2));
        Refused(
            "Fixed: the metric accuracy needs classes, got Triplet with outputs of 2",
            LossKind.Triplet, Metric.Accuracy());
        Refused(
            "Fixed: expected each metric once, got accuracy twice",
            LossKind.SoftmaxCrossEntropy, Metric.Accuracy(), Metric.Accuracy());
        Refused(
            "Fixed: expected a metric of the model, which has no heads, got accuracy of head kind",
            LossKind.SoftmaxCrossEntropy, Metric.Accuracy().OfHead("kind"));
        Refused(
            "Fixed: the metric accuracy by sex needs data with the groups sex (WithGroups), got none",
            LossKind.SoftmaxCrossEntropy, Metric.ByGroup(Metric.Accuracy(), "sex"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.F1(zeroDivision: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.TopKAccuracy(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.CalibrationError(bins: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Metric.PositiveRate(-1));
    }

    [Fact]
    public void A_metric_of_a_model_with_heads_names_one_of_them()
    {
        ModelDescription description = FixedOutputs.Describe(LossKind.WeightedSum, new Shape(4)) with
        {
            Heads =
            [
                new HeadDescription("size", new Shape(1), LossKind.MeanSquaredError),
                new HeadDescription("kind", new Shape(3), LossKind.SoftmaxCrossEntropy),
            ],
        };

        Assert.Equal(
            "Fixed: expected the metric accuracy to be of one of the heads size, kind (OfHead), got none",
            Assert.Throws<ArgumentException>(() => new MetricSet(description, [Metric.Accuracy()])).Message);
        Assert.Equal(
            "Fixed: expected the metric accuracy to be of one of the heads size, kind (OfHead), got other",
            Assert.Throws<ArgumentException>(
                () => new MetricSet(description, [Metric.Accuracy().OfHead("other")])).Message);
        Assert.Equal(
            "Fixed's head size: the metric accuracy needs classes, got MeanSquaredError with outputs of 1",
            Assert.Throws<ArgumentException>(
                () => new MetricSet(description, [Metric.Accuracy().OfHead("size")])).Message);
    }

    [Fact]
    public void A_metric_of_ones_own_counts_what_it_likes()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.MeanSquaredError, 2);
        var metrics = new MetricSet(model.Description, [new LargestError()]);
        model.AddTo(metrics, [1, 2, 3, 4], (float[])[1, 0, 3, 9]);

        Assert.Equal(5, metrics.Results.Single().Value);
        metrics.Reset();
        Assert.Equal(0, metrics.Results.Single().Value);
    }

    [Fact]
    public void Two_passes_do_not_share_what_they_count()
    {
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 2);
        Metric[] shared = [Metric.Accuracy(), Metric.Confusion()];
        var training = new MetricSet(model.Description, shared);
        var validation = new MetricSet(model.Description, shared);
        model.AddTo(training, [1, 0], (int[])[0]);
        model.AddTo(validation, [1, 0], (int[])[1]);

        Assert.Equal(1, training.Results[0].Value);
        Assert.Equal(0, validation.Results[0].Value);

        // What was returned stays as it was.
        ConfusionMatrix matrix = training.Results[1].Confusion!;
        training.Reset();
        Assert.Equal(1, matrix[0, 0]);
    }

    [Fact]
    public void A_batch_does_not_allocate()
    {
        IDataSource data = Dataset.FromLabels(new Shape(3), new float[3 * 64], new int[64], classCount: 3)
            .WithGroups("half", [.. Enumerable.Range(0, 64).Select(i => i < 32 ? "first" : "second")]);
        FixedOutputs model = FixedOutputs.Of(LossKind.SoftmaxCrossEntropy, 3);
        var metrics = new MetricSet(
            model.Description,
            [
                Metric.Accuracy(), Metric.TopKAccuracy(2), Metric.F1(), Metric.RocAuc(), Metric.AveragePrecision(),
                Metric.Perplexity(), Metric.CalibrationError(), Metric.Confusion(),
                Metric.ByGroup(Metric.PositiveRate(), "half"), Metric.ByGroup(Metric.RocAuc(), "half"),
            ],
            data);
        model.AddTo(metrics, new float[3 * 32], new int[32]);
        int[] labels = new int[32];
        int[] indices = [.. Enumerable.Range(32, 32)];
        long before = GC.GetAllocatedBytesForCurrentThread();
        metrics.Add(model, labels, indices);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Refused(string message, LossKind loss, params Metric[] metrics) =>
        Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(
                () => new MetricSet(FixedOutputs.Describe(loss, new Shape(2)), metrics)).Message,
            StringComparison.Ordinal);

    private sealed class LargestError() : Metric("largest error")
    {
        public override MetricState Start(MetricContext context) => new State();

        private sealed class State : MetricState
        {
            private double _largest;

            public override double Value => _largest;

            public override void Reset() => _largest = 0;

            public override void Add(in MetricSample sample)
            {
                for (int i = 0; i < sample.Outputs.Length; i++)
                {
                    _largest = Math.Max(_largest, Math.Abs(sample.Outputs[i] - sample.Values[i]));
                }
            }
        }
    }
}
