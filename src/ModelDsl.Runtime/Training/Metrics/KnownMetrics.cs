namespace ModelDsl;

/// <content>The metrics that are known. Definitions are those of scikit-learn unless they say otherwise.</content>
public abstract partial class Metric
{
    /// <summary>
    /// The share of right answers: the highest output is the target's class or, for one output, it is positive where
    /// the target is 1. Of several sigmoid outputs each is an answer (scikit-learn takes all of a sample as one
    /// answer).
    /// </summary>
    public static Metric Accuracy() => new KnownMetric("accuracy", context =>
    {
        context.RequireDecisions();
        return new AccuracyState();
    });

    /// <summary>
    /// The share of answers whose class is among the <paramref name="k"/> with the highest outputs. Of equal outputs
    /// the first is the higher, so that k = 1 is the accuracy (in scikit-learn the last is).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">k is not positive.</exception>
    public static Metric TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return new KnownMetric($"top-{k} accuracy", context =>
            context.RequireClasses().Width >= Math.Max(2, k)
                ? new TopKAccuracyState(k)
                : throw context.Unfit($"at least {Math.Max(2, k)} outputs"));
    }

    /// <summary>Of what was taken for a class, the share that is: hits/predicted.</summary>
    /// <param name="averaging">How classes become one figure. Default: the figure of class 1 of two classes, otherwise
    /// the mean.</param>
    /// <param name="zeroDivision">
    /// The figure of a class that nothing was taken for: 0, 1, or not a number, which leaves it out of means. Default:
    /// 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The figure is none of the three.</exception>
    public static Metric Precision(Averaging? averaging = null, double zeroDivision = 0) =>
        OfClasses("precision", (hits, predicted, _) => (hits, predicted), averaging, zeroDivision);

    /// <summary>
    /// Of what is of a class, the share that was taken for it: hits/actual, also called true positive rate.
    /// </summary>
    /// <inheritdoc cref="Precision" path="/param|/exception"/>
    public static Metric Recall(Averaging? averaging = null, double zeroDivision = 0) =>
        OfClasses("recall", (hits, _, actual) => (hits, actual), averaging, zeroDivision);

    /// <summary>The harmonic mean of precision and recall, F₁ = 2·hits/(predicted + actual).</summary>
    /// <inheritdoc cref="Precision" path="/param|/exception"/>
    public static Metric F1(Averaging? averaging = null, double zeroDivision = 0) =>
        OfClasses("f1", (hits, predicted, actual) => (2 * hits, predicted + actual), averaging, zeroDivision);

    /// <summary>
    /// The area under the receiver operating characteristic. Of more than two classes the mean over the classes, each
    /// against the rest. A class without samples, or with all of them, is left out of the mean; without any other the
    /// figure is not a number, as it is where an output is. Keeps the scores of a pass: a float and a byte for each
    /// answer and class.
    /// </summary>
    public static Metric RocAuc() => new KnownMetric(
        "roc auc", context => new RocAucState(context.RequireDecisions(), context.SampleCount));

    /// <summary>
    /// The average precision, Σ (Rₙ − Rₙ₋₁) · Pₙ over all thresholds: the area under the curve of precision and recall.
    /// Of more than two classes the mean over the classes, each against the rest. A class without samples is left out
    /// of the mean (in scikit-learn it counts as 0). Keeps the scores of a pass, as <see cref="RocAuc"/> does.
    /// </summary>
    public static Metric AveragePrecision() => new KnownMetric(
        "average precision", context => new AveragePrecisionState(context.RequireDecisions(), context.SampleCount));

    /// <summary>
    /// How often each class was taken for each, in <see cref="MetricResult.Confusion"/>; its figure is the accuracy.
    /// For up to 1,000 classes.
    /// </summary>
    public static Metric Confusion() => new KnownMetric("confusion", context =>
        context.RequireClasses().ClassCount <= ConfusionState.MaxClasses
            ? new ConfusionState(context.Layout.ClassCount)
            : throw context.Unfit($"at most {ConfusionState.MaxClasses} classes"));

    /// <summary>
    /// exp of the mean cross-entropy, in nats, over all labels that take part: how many equally likely classes would be
    /// as hard to guess. Without the loss's class weights and label smoothing. For [SoftmaxCrossEntropy].
    /// </summary>
    public static Metric Perplexity() => new KnownMetric("perplexity", context =>
        context.Head.Loss == LossKind.SoftmaxCrossEntropy
            ? new PerplexityState()
            : throw context.Unfit("SoftmaxCrossEntropy"));

    /// <summary>
    /// The expected calibration error: the mean of |accuracy − mean confidence| over bins of confidence, weighted by
    /// their answers. 0 where an answer of confidence p is right with probability p. The bins' accuracies are in
    /// <see cref="MetricResult.Parts"/>. Guo et al. (2017). For [SoftmaxCrossEntropy] and [BinaryCrossEntropy].
    /// </summary>
    /// <param name="bins">The number of bins, of equal width; at least 1. Default: 15.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public static Metric CalibrationError(int bins = 15)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        return new KnownMetric("calibration error", context =>
        {
            context.RequireLogits();
            return new CalibrationErrorState(bins);
        });
    }

    /// <summary>
    /// The share of answers that are a class, whatever they should be: the selection rate, which demographic parity
    /// compares.
    /// </summary>
    /// <param name="positiveClass">The class. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The class is negative.</exception>
    public static Metric PositiveRate(int positiveClass = 1) =>
        Rate("positive rate", positiveClass, amongNegatives: false);

    /// <summary>
    /// Of what is not of a class, the share that was taken for it. Not a number where everything is of the class.
    /// </summary>
    /// <inheritdoc cref="PositiveRate" path="/param|/exception"/>
    public static Metric FalsePositiveRate(int positiveClass = 1) =>
        Rate("false positive rate", positiveClass, amongNegatives: true);

    /// <summary>The mean of |output − target| over all outputs of a regression.</summary>
    public static Metric MeanAbsoluteError() => new KnownMetric("mean absolute error", context =>
    {
        context.RequireValues();
        return new MeanAbsoluteErrorState();
    });

    /// <summary>√(mean of (output − target)²), the mean of it over the outputs of a regression.</summary>
    public static Metric RootMeanSquaredError() => new KnownMetric(
        "root mean squared error", context => new RootMeanSquaredErrorState(context.RequireValues().Outputs));

    /// <summary>
    /// The coefficient of determination, R² = 1 − Σ(target − output)² / Σ(target − mean target)², the mean of it over
    /// the outputs of a regression. Of targets that are all the same it is 1 where the outputs are too, otherwise 0.
    /// Not a number for fewer than two samples.
    /// </summary>
    public static Metric R2() => new KnownMetric("r2", context => new R2State(context.RequireValues().Outputs));

    /// <summary>
    /// Any metric for each group of samples, in <see cref="MetricResult.Parts"/>, so that results that are unfair to
    /// one are seen. Its figure is the largest difference between two groups; groups for which the metric is not
    /// defined do not count.
    /// </summary>
    /// <param name="metric">What to measure.</param>
    /// <param name="column">The name of a column that the data have by <see cref="DataGroups.WithGroups"/>.</param>
    public static Metric ByGroup(Metric metric, string column)
    {
        ArgumentNullException.ThrowIfNull(metric);
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        Metric result = new KnownMetric(
            $"{metric.Name} by {column}", context => GroupState.Start(metric, column, context));
        return metric.Head is null ? result : result.OfHead(metric.Head);
    }

    private static KnownMetric OfClasses(string name, ClassFigure figure, Averaging? averaging, double zeroDivision)
    {
        if (zeroDivision is not (0 or 1 or double.NaN))
        {
            throw new ArgumentOutOfRangeException(
                nameof(zeroDivision), FormattableString.Invariant($"expected 0, 1 or NaN, got {zeroDivision}"));
        }

        string suffix = averaging is null ? "" : $" ({averaging.ToString()!.ToLowerInvariant()})";
        return new KnownMetric(name + suffix, context =>
        {
            HeadLayout layout = context.RequireDecisions();
            bool isBinary = !layout.IsMultiLabel && layout.ClassCount == 2;
            if (averaging == Averaging.Binary && !isBinary)
            {
                throw context.Unfit("two classes");
            }

            return new ClassState(
                layout, figure, averaging ?? (isBinary ? Averaging.Binary : Averaging.Macro), zeroDivision);
        });
    }

    private static KnownMetric Rate(string name, int positiveClass, bool amongNegatives)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(positiveClass);
        string suffix = positiveClass == 1 ? "" : $" of class {positiveClass}";
        return new KnownMetric(name + suffix, context => positiveClass < context.RequireDecisions().ClassCount
            ? new PositiveRateState(positiveClass, amongNegatives)
            : throw context.Unfit($"a class {positiveClass}"));
    }

    private sealed class KnownMetric(string name, Func<MetricContext, MetricState> start) : Metric(name)
    {
        public override MetricState Start(MetricContext context)
        {
            ArgumentNullException.ThrowIfNull(context);
            return start(context);
        }
    }
}
