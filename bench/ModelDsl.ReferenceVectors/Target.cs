using System.Reflection;
using static TorchSharp.torch;

namespace ModelDsl.ReferenceVectors;

/// <summary>What a batch should give.</summary>
/// <param name="Kind"><c>labels</c>, <c>values</c>, or <c>none</c> where the loss takes no targets.</param>
/// <param name="Values">int64 labels [batch, or batch·steps], or floats of the outputs' shape.</param>
internal sealed record Target(string Kind, Tensor Values)
{
    /// <summary>Random targets of each kind that a model's loss takes in libtorch.</summary>
    public static IEnumerable<Target> Draw(Type model, long[] outputs, Random random)
    {
        bool Has<TAttribute>()
            where TAttribute : LayerAttribute => model.IsDefined(typeof(TAttribute), inherit: false);
        int classes = (int)outputs[^1];
        int ignored = model.GetCustomAttribute<SoftmaxCrossEntropyAttribute>()?.IgnoredLabel ?? int.MinValue;
        if (Has<SoftmaxCrossEntropyAttribute>() || Has<HingeAttribute>())
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
        else if (!Has<HingeAttribute>())
        {
            yield return new Target("values", Numbers(outputs, -2, 2, random));
        }
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
