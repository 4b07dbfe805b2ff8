namespace ModelDsl.Runtime.Tests.Training;

/// <summary>A model whose outputs are given: what metrics see of one.</summary>
internal sealed class FixedOutputs(ModelDescription description) : IModel
{
    private float[] _outputs = [];

    public ModelDescription Description { get; } = description;

    public ReadOnlySpan<float> Outputs => _outputs;

    public Span<float> Parameters => throw new NotSupportedException();

    public Span<float> Gradients => throw new NotSupportedException();

    public long TrainingStep { get; set; }

    public static FixedOutputs Of(LossKind loss, params int[] outputShape) =>
        new(Describe(loss, new Shape(outputShape)));

    public static ModelDescription Describe(LossKind loss, Shape outputs) =>
        new("Fixed", outputs, outputs, loss, [], [], 0, 0, 0);

    /// <summary>Adds a batch of these outputs to metrics.</summary>
    public void AddTo(MetricSet metrics, float[] outputs, Targets targets, int firstIndex = 0)
    {
        _outputs = outputs;
        int count = outputs.Length / Description.OutputShape.Count;
        metrics.Add(this, targets, [.. Enumerable.Range(firstIndex, count)]);
    }

    /// <summary>What one metric finds for one batch of these outputs.</summary>
    public MetricResult Measure(Metric metric, float[] outputs, Targets targets)
    {
        var metrics = new MetricSet(Description, [metric]);
        AddTo(metrics, outputs, targets);
        return metrics.Results.Single();
    }

    public Span<float> GetInputBuffer(int count) => throw new NotSupportedException();

    public float ComputeGradients(ReadOnlySpan<float> samples, Targets targets) => throw new NotSupportedException();

    public float ComputeLoss(ReadOnlySpan<float> samples, Targets targets) => throw new NotSupportedException();

    public ReadOnlySpan<float> Predict(ReadOnlySpan<float> samples) => throw new NotSupportedException();
}
