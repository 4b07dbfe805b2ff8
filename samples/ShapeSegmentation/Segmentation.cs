using System.Numerics.Tensors;
using ModelDsl;

namespace ShapeSegmentationSample;

/// <summary>What a model says of each pixel, and how far that is what the pixels show.</summary>
internal static class Segmentation
{
    private const int BatchSize = 64;

    /// <summary>The class of each pixel that a model thinks most likely, image by image.</summary>
    public static int[] Predict(IModel model, IDataSource images, CancellationToken cancellation = default)
    {
        int pixels = images.SampleShape.Count;
        int[] answers = new int[images.Count * pixels];
        for (int first = 0; first < images.Count; first += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            int[] indices = [.. Enumerable.Range(first, Math.Min(BatchSize, images.Count - first))];
            Span<float> samples = model.GetInputBuffer(indices.Length);
            images.GatherSamples(indices, samples);
            ReadOnlySpan<float> logits = model.Predict(samples);
            int classes = logits.Length / (indices.Length * pixels);
            for (int i = 0; i < indices.Length * pixels; i++)
            {
                answers[(first * pixels) + i] = TensorPrimitives.IndexOfMax(logits.Slice(i * classes, classes));
            }
        }

        return answers;
    }

    /// <summary>
    /// For each class, the pixels that belong to it and are said to, divided by those that belong to it or are said to;
    /// null where there are none of either.
    /// </summary>
    public static double?[] IntersectionsOverUnions(
        ReadOnlySpan<int> truth, ReadOnlySpan<int> answers, int classes)
    {
        if (truth.Length != answers.Length)
        {
            throw new ArgumentException($"expected {truth.Length} answers, one for each pixel, got {answers.Length}");
        }

        long[] intersections = new long[classes], unions = new long[classes];
        for (int i = 0; i < truth.Length; i++)
        {
            unions[truth[i]]++;
            if (truth[i] == answers[i])
            {
                intersections[truth[i]]++;
            }
            else
            {
                unions[answers[i]]++;
            }
        }

        return [.. intersections.Zip(unions, (part, all) => all == 0 ? (double?)null : (double)part / all)];
    }
}
