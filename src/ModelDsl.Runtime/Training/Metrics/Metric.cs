namespace ModelDsl;

/// <summary>
/// A figure that says how well a model does on a pass over a data set, such as its accuracy. It is a description: each
/// pass counts in a <see cref="MetricState"/> of its own, so one metric serves training, validation and many models.
/// </summary>
/// <remarks>
/// The static methods make the known ones. For a metric of your own derive from this class, and from
/// <see cref="MetricState"/> for what it counts.
/// </remarks>
public abstract partial class Metric
{
    /// <summary>A metric of a name.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    protected Metric(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>What it is called in results, such as <c>f1 (macro)</c>.</summary>
    public string Name { get; }

    /// <summary>The head of the model that it measures; null where the model has one only.</summary>
    public string? Head { get; private set; }

    /// <summary>The same metric for one of several heads of a model.</summary>
    /// <param name="head">The head's name, as in <see cref="HeadDescription"/>.</param>
    public Metric OfHead(string head)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(head);
        var copy = (Metric)MemberwiseClone();
        copy.Head = head;
        return copy;
    }

    /// <summary>Checks that it can measure a head, and takes the memory for a pass.</summary>
    /// <exception cref="ArgumentException">The head is of another kind than the metric can measure.</exception>
    public abstract MetricState Start(MetricContext context);
}

/// <summary>What a metric counts in one pass. It should not allocate once the pass runs.</summary>
public abstract class MetricState
{
    /// <summary>The figure so far; not a number where it is not defined, such as a mean of nothing.</summary>
    public abstract double Value { get; }

    /// <summary>The figure of each class, group or the like; empty where it has no parts.</summary>
    public virtual ImmutableArray<MetricPart> Parts => [];

    /// <summary>How often each class was taken for each, for who counts that; the state's own, not a copy.</summary>
    public virtual ConfusionMatrix? Confusion => null;

    /// <summary>Starts over.</summary>
    public abstract void Reset();

    /// <summary>Adds one sample.</summary>
    public abstract void Add(in MetricSample sample);

    /// <summary>
    /// Names all that was counted, so that a training that goes on from a checkpoint within an epoch ends the epoch
    /// with the figure of one that was never stopped. Called after <see cref="Reset"/> where
    /// <see cref="MetricMemory.IsRestoring"/>. Default: nothing is kept, and such an epoch counts from the checkpoint
    /// on.
    /// </summary>
    /// <param name="memory">Takes each value, or replaces it.</param>
    public virtual void Remember(MetricMemory memory)
    {
    }
}

/// <summary>What a metric is to measure.</summary>
public sealed class MetricContext
{
    internal MetricContext(
        string metric, string model, HeadLayout layout, int sampleCount, ImmutableArray<GroupColumn> groups)
    {
        Metric = metric;
        Model = model;
        Layout = layout;
        SampleCount = sampleCount;
        Groups = groups;
    }

    /// <summary>The name of the metric.</summary>
    public string Metric { get; }

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>
    /// The head: its loss says what outputs and targets mean. A model of one head has the model's own name.
    /// </summary>
    public HeadDescription Head => Layout.Description;

    /// <summary>
    /// The number of samples of a pass, for who keeps something of each: a hint, which a pass may go beyond. 0 where it
    /// is not known.
    /// </summary>
    public int SampleCount { get; }

    /// <summary>The columns that divide the samples of the pass into groups.</summary>
    public ImmutableArray<GroupColumn> Groups { get; }

    internal HeadLayout Layout { get; }

    /// <summary>The exception that says what kind of head a metric needs, and what this one is.</summary>
    /// <param name="needed">What it needs, such as <c>classes</c>.</param>
    public ArgumentException Unfit(string needed)
    {
        string head = Head.Name == Model ? "" : $"'s head {Head.Name}";
        return new ArgumentException(
            $"{Model}{head}: the metric {Metric} needs {needed}, got {Head.Loss} with outputs of {Head.OutputShape}");
    }

    // The layout of a head that takes decisions: for a class, or for yes or no at each output.
    internal HeadLayout RequireDecisions() => Layout.HasClasses ? Layout : throw Unfit("classes");

    // The layout of a head that chooses one class for each of its rows.
    internal HeadLayout RequireClasses() =>
        Layout is { HasClasses: true, IsMultiLabel: false } ? Layout : throw Unfit("one class for each sample");

    // The layout of a head whose outputs are logits.
    internal HeadLayout RequireLogits() =>
        Head.Loss is LossKind.SoftmaxCrossEntropy or LossKind.BinaryCrossEntropy
            ? Layout
            : throw Unfit("logits of classes");

    // The layout of a head whose outputs should be near to values.
    internal HeadLayout RequireValues() =>
        Head.Loss.IsRegression() ? Layout : throw Unfit("the values of a regression");
}
