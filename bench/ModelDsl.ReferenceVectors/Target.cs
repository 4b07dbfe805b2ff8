using System.Reflection;
using static TorchSharp.torch;

namespace Benchmarks.ReferenceVectors;

/// <summary>What a batch should give.</summary>
/// <param name="Kind"><c>labels</c>, <c>values</c>, <c>heads</c>, or <c>none</c> where the loss takes no targets.</param>
/// <param name="Values">int64 labels [batch, or batch·steps], floats of the outputs' shape, or for several heads a sample's
/// labels and values.</param>
internal sealed record Target(string Kind, Tensor Values)
{
    /// <summary>How many of a sample's targets are labels, where there are several heads.</summary>
    public int LabelsPerSample { get; private init; }

    /// <summary>Random targets of each kind that a model's loss takes in libtorch.</summary>
    public static IEnumerable<Target> Draw(Type model, long[] outputs, Random random)
    {
        bool Has<TAttribute>()
            where TAttribute : LayerAttribute => model.IsDefined(typeof(TAttribute), inherit: false);
        var architecture = (ModelDescription)model.GetProperty("Architecture")!.GetValue(null)!;
        if (!architecture.Heads.IsEmpty)
        {
            yield return OfHeads(architecture, (int)outputs[0], random);
            yield break;
        }

        int classes = (int)outputs[^1];
        int ignored = model.GetCustomAttribute<SoftmaxCrossEntropyAttribute>()?.IgnoredLabel ?? int.MinValue;
        if (architecture.Loss == LossKind.Method)
        {
            long[] shape = architecture.TargetCount is { } count ? [outputs[0], count] : outputs;
            yield return architecture.TargetCount == 0
                ? new Target("none", zeros(1))
                : new Target("values", Numbers(shape, -2, 2, random));
            yield break;
        }

        if (Has<SoftmaxCrossEntropyAttribute>() || Has<HingeAttribute>() || architecture.Loss == LossKind.LabelMethod)
        {
            long rows = outputs[..^1].Aggregate(1L, (product, extent) => product * extent);
            yield return new Target("labels", Labels(rows, Math.Max(2, classes), ignored, random));
        }

        if (Has<SoftmaxCrossEntropyAttribute>() || Has<KullbackLeiblerAttribute>())
        {
            yield return new Target("values", Numbers(outputs, 0, 4, random).softmax(-1));
        }
        else if (Has<BinaryCrossEntropyAttribute>())
        {
            yield return new Target("values", Numbers(outputs, 0, 1, random));
        }
        else if (Has<ContrastiveAttribute>())
        {
            yield return new Target("labels", Labels(outputs[0], 2, ignored, random));
        }
        else if (Has<TripletAttribute>())
        {
            yield return new Target("none", zeros(1));
        }
        else if (Has<ElementwiseHingeAttribute>())
        {
            yield return new Target("values", Numbers(outputs, -1, 1, random).ge(0).to(ScalarType.Float32) * 2 - 1);
        }
        else if (!Has<HingeAttribute>() && architecture.Loss != LossKind.LabelMethod)
        {
            yield return new Target("values", Numbers(outputs, -2, 2, random));
        }
    }

    /// <summary>For each sample the labels of all heads, then the values.</summary>
    private static Target OfHeads(ModelDescription architecture, int batch, Random random)
    {
        List<float> targets = [];
        for (int sample = 0; sample < batch; sample++)
        {
            foreach (HeadDescription head in architecture.Heads)
            {
                int classes = head.Loss == LossKind.Contrastive ? 2 : head.OutputShape.Count / Math.Max(1, head.LabelsPerSample);
                targets.AddRange(Enumerable.Range(0, head.LabelsPerSample).Select(_ =>
                    (float)(head.IgnoredLabel is { } ignored && random.Next(4) == 0 ? ignored : random.Next(classes))));
            }

            foreach (HeadDescription head in architecture.Heads)
            {
                targets.AddRange(Enumerable.Range(0, head.ValuesPerSample).Select(_ =>
                    head.Loss == LossKind.BinaryCrossEntropy ? random.NextSingle() : (4 * random.NextSingle()) - 2));
            }
        }

        return new Target("heads", tensor([.. targets], [batch, targets.Count / batch])) { LabelsPerSample = architecture.LabelsPerSample };
    }

    private static Tensor Labels(long count, int classes, int ignored, Random random) => tensor(
        [.. Enumerable.Range(0, (int)count).Select(_ => (long)(ignored != int.MinValue && random.Next(4) == 0 ? ignored : random.Next(classes)))]);

    private static Tensor Numbers(long[] shape, float low, float high, Random random)
    {
        float[] values = new float[shape.Aggregate(1L, (product, extent) => product * extent)];
        foreach (ref float value in values.AsSpan())
        {
            value = low + ((high - low) * random.NextSingle());
        }

        return tensor(values, shape);
    }
}
