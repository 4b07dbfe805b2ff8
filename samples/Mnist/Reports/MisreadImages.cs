using System.Numerics.Tensors;
using ModelDsl;

namespace MnistSample.Reports;

/// <summary>Finds what a model gets wrong.</summary>
internal static class MisreadImages
{
    private const int BatchSize = 256;

    /// <summary>
    /// The misread images of a data set, worst first: those whose true class the model thinks least probable.
    /// </summary>
    public static IReadOnlyList<MisreadImage> FindWorst(IModel model, Dataset dataset, int count)
    {
        var misread = new List<MisreadImage>();
        int classes = model.Description.OutputShape.Count;
        float[] probabilities = new float[classes];
        for (int first = 0; first < dataset.Count; first += BatchSize)
        {
            int[] indices = [.. Enumerable.Range(first, Math.Min(BatchSize, dataset.Count - first))];
            Span<float> samples = model.GetInputBuffer(indices.Length);
            dataset.GatherSamples(indices, samples);
            ReadOnlySpan<float> logits = model.Predict(samples);
            for (int row = 0; row < indices.Length; row++)
            {
                TensorPrimitives.SoftMax(logits.Slice(row * classes, classes), probabilities);
                int predicted = TensorPrimitives.IndexOfMax(probabilities);
                int actual = dataset.GetLabel(indices[row]);
                if (predicted != actual)
                {
                    misread.Add(new MisreadImage(
                        indices[row],
                        dataset.GetSample(indices[row]),
                        actual,
                        predicted,
                        probabilities[predicted],
                        probabilities[actual]));
                }
            }
        }

        return [.. misread.OrderBy(image => image.TrueProbability).Take(count)];
    }
}
