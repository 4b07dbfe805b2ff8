namespace ModelDsl;

/// <summary>
/// Parts of a source, drawn from a seed: the same seed always gives the same parts. All are views, which hold indices and
/// no samples.
/// </summary>
/// <remarks>
/// Split first and augment the training part afterwards: otherwise what is held out would be changed too, and mixed into
/// what is trained on. A source that is augmented is therefore not split.
/// </remarks>
public static class DataSplits
{
    /// <summary>The samples at <paramref name="indices"/>, in that order; an index may come twice.</summary>
    /// <param name="source">The whole.</param>
    /// <param name="indices">Which samples, each in [0, <see cref="IDataSource.Count"/>).</param>
    /// <exception cref="ArgumentException">There is no index, or one is not within the source.</exception>
    public static DataSubset Subset(this IDataSource source, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (indices.IsEmpty)
        {
            throw new ArgumentException("expected at least one index, got none", nameof(indices));
        }

        if (source is DataSubset subset)
        {
            return subset.Select(indices);
        }

        Indices.Check(indices, source.Count);
        return new DataSubset(source, indices.ToArray());
    }

    /// <summary>
    /// Holds out a random part of the samples: round(count · fraction) of them. Both parts keep the order of the samples.
    /// </summary>
    /// <param name="source">The whole.</param>
    /// <param name="heldOutFraction">The part to hold out, in (0, 1).</param>
    /// <param name="seed">Determines which samples are held out.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, or leaves one part without samples; or the source
    /// is augmented.</exception>
    public static (DataSubset Remaining, DataSubset HeldOut) Split(
        this IDataSource source, float heldOutFraction, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckNotAugmented(source);
        int heldOut = CountHeldOut(source.Count, heldOutFraction);
        int[] order = Indices.All(source.Count);
        new Philox(seed, RandomStreams.Split).Shuffle(order.AsSpan());
        return Part(source, order.AsSpan(^heldOut..));
    }

    /// <summary>
    /// Holds out a random part of the samples of each class: of n samples of a class n · fraction, rounded up or down so
    /// that round(count · fraction) are held out in all. Both parts keep the order of the samples.
    /// </summary>
    /// <param name="source">The whole, whose samples have one label each.</param>
    /// <param name="heldOutFraction">The part to hold out, in (0, 1).</param>
    /// <param name="seed">Determines which samples are held out.</param>
    /// <exception cref="ArgumentException">The fraction is out of range, or leaves one part without samples; samples have
    /// not one label each; or the source is augmented.</exception>
    public static (DataSubset Remaining, DataSubset HeldOut) StratifiedSplit(
        this IDataSource source, float heldOutFraction, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckNotAugmented(source);
        int heldOut = CountHeldOut(source.Count, heldOutFraction);
        int[] order = ShuffleByClass(source, seed, RandomStreams.Split);

        // In the order of classes, every step across a whole number takes a sample: i·h/n for h of n samples.
        int[] selected = [.. order.Where((_, i) => Steps(i + 1) > Steps(i))];
        return Part(source, selected);

        long Steps(int i) => (long)i * heldOut / order.Length;
    }

    /// <summary>
    /// Parts the samples at random into folds of equal size (or one more) for cross-validation, each of which is held out
    /// once. Parts keep the order of the samples.
    /// </summary>
    /// <param name="source">The whole.</param>
    /// <param name="folds">The number of folds, from 2 to the number of samples.</param>
    /// <param name="seed">Determines the folds.</param>
    /// <exception cref="ArgumentException">The number is out of range, or the source is augmented.</exception>
    public static ImmutableArray<(DataSubset Remaining, DataSubset HeldOut)> KFold(
        this IDataSource source, int folds, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckFolds(source, folds);
        int[] order = Indices.All(source.Count);
        new Philox(seed, RandomStreams.Fold).Shuffle(order.AsSpan());
        return Deal(source, order, folds);
    }

    /// <summary>
    /// As <see cref="KFold"/>, but each fold has the same number of samples of each class, or one more.
    /// </summary>
    /// <param name="source">The whole, whose samples have one label each.</param>
    /// <param name="folds">The number of folds, from 2 to the number of samples.</param>
    /// <param name="seed">Determines the folds.</param>
    /// <exception cref="ArgumentException">The number is out of range, samples have not one label each, or the source is
    /// augmented.</exception>
    public static ImmutableArray<(DataSubset Remaining, DataSubset HeldOut)> StratifiedKFold(
        this IDataSource source, int folds, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(source);
        CheckFolds(source, folds);
        return Deal(source, ShuffleByClass(source, seed, RandomStreams.Fold), folds);
    }

    private static int CountHeldOut(int count, float heldOutFraction)
    {
        if (!(heldOutFraction is > 0f and < 1f))
        {
            throw new ArgumentException(
                Invariant($"expected a fraction above 0 and below 1, got {heldOutFraction}"), nameof(heldOutFraction));
        }

        int heldOut = (int)Math.Round((double)count * heldOutFraction);
        return heldOut > 0 && heldOut < count
            ? heldOut
            : throw new ArgumentException(
                $"expected both parts to have samples, got {count - heldOut} and {heldOut} of {count}", nameof(heldOutFraction));
    }

    private static void CheckFolds(IDataSource source, int folds)
    {
        CheckNotAugmented(source);
        if (folds < 2 || folds > source.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds), $"expected from 2 to {source.Count} folds for {source.Count} samples, got {folds}");
        }
    }

    private static void CheckNotAugmented(IDataSource source)
    {
        for (IDataSource? view = source; view is not null; view = (view as IDataView)?.Source)
        {
            if (view is AugmentedSource)
            {
                throw new ArgumentException(
                    "expected a source that is not augmented, so that held out samples stay as they are: split first, then augment "
                        + "the training part",
                    nameof(source));
            }
        }
    }

    /// <summary>All indices, class by class, those of a class in random order.</summary>
    private static int[] ShuffleByClass(IDataSource source, ulong seed, ulong stream)
    {
        int[] labels = ClassBalance.ReadLabels(source);
        int[] order = Indices.All(labels.Length);
        new Philox(seed, stream).Shuffle(order.AsSpan());
        return [.. order.OrderBy(index => labels[index])];
    }

    private static ImmutableArray<(DataSubset Remaining, DataSubset HeldOut)> Deal(IDataSource source, int[] order, int folds) =>
        [.. Enumerable.Range(0, folds).Select(fold => Part(source, [.. order.Where((_, i) => i % folds == fold)]))];

    private static (DataSubset Remaining, DataSubset HeldOut) Part(IDataSource source, ReadOnlySpan<int> heldOut)
    {
        bool[] isHeldOut = new bool[source.Count];
        foreach (int index in heldOut)
        {
            isHeldOut[index] = true;
        }

        int[] all = Indices.All(source.Count);
        return (source.Subset([.. all.Where(index => !isHeldOut[index])]), source.Subset([.. all.Where(index => isHeldOut[index])]));
    }
}
