using static TorchSharp.torch;

namespace Benchmarks.CompositionBench;

/// <summary>A batch with its targets, as each side takes it.</summary>
internal sealed class StepInput
{
    private readonly int[]? _labels;
    private readonly float[]? _values;

    private StepInput(ModelDescription description, int batch, float[] samples, int[]? labels, float[]? values)
    {
        Samples = samples;
        (_labels, _values) = (labels, values);
        TorchSamples = tensor(samples, [batch, .. Extents(description.InputShape)]);
        TorchTargets = labels is not null
            ? tensor([.. labels.Select(label => (long)label)])
            : tensor(values ?? [0f], values is null ? [1] : [batch, .. Extents(description.OutputShape)]);
    }

    public float[] Samples { get; }

    public Targets Targets => _labels is not null ? new Targets(_labels) : new Targets(_values);

    public Tensor TorchSamples { get; }

    public Tensor TorchTargets { get; }

    /// <summary>Draws samples, and the kind of targets that the loss takes.</summary>
    public static StepInput Draw(ModelDescription description, int batch, int seed)
    {
        var random = new Random(seed);
        int outputs = description.OutputShape.Count;
        int rows = batch * description.LabelsPerSample;
        int classes = outputs / description.LabelsPerSample;
        float[] Numbers(int count, float low, float high) =>
            [.. Enumerable.Range(0, count).Select(_ => low + ((high - low) * random.NextSingle()))];
        int[] Labels(int among) => [.. Enumerable.Range(0, rows).Select(_ => random.Next(among))];

        // No composition has fewer than three tokens.
        float[] samples = description.InputType == ElementType.Token
            ? [.. Enumerable.Range(0, batch * description.InputShape.Count).Select(_ => (float)random.Next(3))]
            : Numbers(batch * description.InputShape.Count, -1, 1);
        return description.Loss switch
        {
            LossKind.SoftmaxCrossEntropy => new(description, batch, samples, Labels(classes), null),
            LossKind.Hinge => new(description, batch, samples, Labels(Math.Max(2, classes)), null),
            LossKind.Contrastive => new(description, batch, samples, Labels(2), null),
            LossKind.Triplet => new(description, batch, samples, null, null),
            LossKind.KullbackLeibler => new(description, batch, samples, null, Distributions(Numbers(batch * outputs, 0.1f, 1), classes)),
            LossKind.BinaryCrossEntropy => new(description, batch, samples, null, Numbers(batch * outputs, 0, 1)),
            _ => new(description, batch, samples, null, Numbers(batch * outputs, -2, 2)),
        };
    }

    private static float[] Distributions(float[] values, int columns) =>
        [.. values.Chunk(columns).SelectMany(row => row.Select(value => value / row.Sum()))];

    private static IEnumerable<long> Extents(Shape shape) => shape.Dimensions.Select(extent => (long)extent);
}
