namespace ModelDsl;

/// <summary>How often classes occur in a source, and what to do where they differ.</summary>
public static class ClassBalance
{
    private const int LabelsAtOnce = 1 << 12;

    /// <summary>The number of samples of each class.</summary>
    /// <param name="source">A source whose samples have one label each.</param>
    /// <exception cref="ArgumentException">Samples have not one label each, or a label is no class.</exception>
    public static ImmutableArray<int> ClassCounts(this IDataSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        int[] counts = new int[source.ClassCount];
        foreach (int label in ReadLabels(source))
        {
            counts[label]++;
        }

        return [.. counts];
    }

    /// <summary>
    /// Weights by which all classes count the same: samples / (classes · samples of the class), as scikit-learn's
    /// "balanced". What <see cref="SoftmaxCrossEntropyAttribute.ClassWeights"/> takes. A class without samples has the weight 0 and is
    /// not counted.
    /// </summary>
    /// <inheritdoc cref="ClassCounts" path="/param|/exception"/>
    public static ImmutableArray<float> BalancedClassWeights(this IDataSource source)
    {
        ImmutableArray<int> counts = ClassCounts(source);
        int classes = counts.Count(static count => count > 0);
        return [.. counts.Select(count => count == 0 ? 0f : (float)(source.Count / ((double)classes * count)))];
    }

    /// <summary>
    /// A view in which every class that occurs has as many samples as the largest: all of its samples, as often as they
    /// fit whole, and a random part of them once more. In random order.
    /// </summary>
    /// <param name="source">A source whose samples have one label each: the training part alone.</param>
    /// <param name="seed">Determines which samples come once more, and the order.</param>
    /// <exception cref="ArgumentException">Samples have not one label each, or a label is no class; or there would be more
    /// samples than an array holds.</exception>
    public static DataSubset Oversample(this IDataSource source, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        int[] labels = ReadLabels(source);
        ILookup<int, int> byClass = Enumerable.Range(0, labels.Length).ToLookup(index => labels[index]);
        int most = byClass.Max(static samples => samples.Count());
        if ((long)most * byClass.Count > Array.MaxLength)
        {
            throw new ArgumentException(
                $"expected at most {Array.MaxLength} samples, got {byClass.Count} classes of {most}", nameof(source));
        }

        var random = new Philox(seed, RandomStreams.Balance);
        var selection = new List<int>(most * byClass.Count);
        foreach (IGrouping<int, int> samples in byClass.OrderBy(static samples => samples.Key))
        {
            int[] order = [.. samples];
            random.Shuffle(order.AsSpan());
            for (int i = 0; i < most; i++)
            {
                selection.Add(order[i % order.Length]);
            }
        }

        int[] all = [.. selection];
        random.Shuffle(all.AsSpan());
        return source.Subset(all);
    }

    /// <summary>The label of every sample.</summary>
    /// <exception cref="ArgumentException">Samples have not one label each, or a label is no class.</exception>
    internal static int[] ReadLabels(IDataSource source)
    {
        if (source.LabelsPerSample != 1)
        {
            throw new ArgumentException($"expected one label for each sample, got {source.LabelsPerSample}", nameof(source));
        }

        int[] order = Indices.All(source.Count);
        int[] labels = new int[order.Length];
        for (int first = 0; first < labels.Length; first += LabelsAtOnce)
        {
            int count = Math.Min(LabelsAtOnce, labels.Length - first);
            source.GatherLabels(order.AsSpan(first, count), labels.AsSpan(first, count));
        }

        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, source.ClassCount - 1);
        return wrong < 0
            ? labels
            : throw new ArgumentException(
                $"expected labels from 0 to {source.ClassCount - 1}, got {labels[wrong]} for sample {wrong}", nameof(source));
    }
}
