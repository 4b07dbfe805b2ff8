namespace ModelDsl.Runtime.Tests.Data;

public sealed class DataSplitsTests
{
    [Fact]
    public void A_stratified_split_holds_out_the_same_part_of_each_class() =>
        Gen.Select(Gen.Int[0, 4].Array[2, 200], Gen.Float[0.05f, 0.95f], Gen.ULong).Sample((labels, fraction, seed) =>
        {
            int expected = (int)Math.Round(labels.Length * (double)fraction);
            if (expected == 0 || expected == labels.Length)
            {
                return;
            }

            (DataSubset remaining, DataSubset heldOut) = Labelled(labels).StratifiedSplit(fraction, seed);
            Assert.Equal(expected, heldOut.Count);
            AssertParted(labels.Length, remaining, heldOut);
            for (int label = 0; label < 5; label++)
            {
                double share = labels.Count(own => own == label) * (double)expected / labels.Length;
                Assert.InRange(heldOut.ClassCounts()[label], Math.Floor(share), Math.Ceiling(share));
            }
        });

    [Fact]
    public void Folds_hold_out_every_sample_once_and_are_of_equal_size() =>
        Gen.Select(Gen.Int[2, 10], Gen.Int[10, 100], Gen.ULong).Sample((folds, count, seed) =>
        {
            var source = new NumberedSource(count);
            var parts = source.KFold(folds, seed);
            Assert.Equal(folds, parts.Length);
            Assert.Equal(
                Enumerable.Range(0, count).Select(index => (float)index),
                parts.SelectMany(part => Samples(part.HeldOut)).Order());
            foreach ((DataSubset remaining, DataSubset heldOut) in parts)
            {
                Assert.InRange(heldOut.Count, count / folds, (count + folds - 1) / folds);
                AssertParted(count, remaining, heldOut);
            }
        });

    [Fact]
    public void Stratified_folds_hold_the_same_number_of_each_class() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[0, 3].Array[6, 100], Gen.ULong).Sample((folds, labels, seed) =>
        {
            foreach ((DataSubset remaining, DataSubset heldOut) in Labelled(labels).StratifiedKFold(folds, seed))
            {
                AssertParted(labels.Length, remaining, heldOut);
                for (int label = 0; label < 4; label++)
                {
                    double share = labels.Count(own => own == label) / (double)folds;
                    Assert.InRange(heldOut.ClassCounts()[label], Math.Floor(share), Math.Ceiling(share));
                }
            }
        });

    [Fact]
    public void Parts_are_decided_by_the_seed_alone()
    {
        Dataset source = Labelled([.. Enumerable.Range(0, 100).Select(index => index % 5)]);
        Func<ulong, DataSubset>[] draws =
        [
            seed => source.StratifiedSplit(0.3f, seed).HeldOut,
            seed => source.KFold(4, seed)[1].HeldOut,
            seed => source.StratifiedKFold(4, seed)[1].HeldOut,
            seed => source.Oversample(seed),
        ];
        foreach (Func<ulong, DataSubset> draw in draws)
        {
            Assert.Equal(Samples(draw(1)), Samples(draw(1)));
            Assert.NotEqual(Samples(draw(1)), Samples(draw(2)));
        }
    }

    [Fact]
    public void Counts_and_balanced_weights_are_those_of_the_formula()
    {
        Dataset source = Dataset.FromLabels(new Shape(1), new float[8], [0, 0, 0, 0, 0, 3, 1, 1], classCount: 4);
        Assert.Equal([5, 2, 0, 1], source.ClassCounts().AsEnumerable());

        // 8 / (3 · count), as sklearn.utils.class_weight.compute_class_weight("balanced") has it for the classes that occur.
        Assert.Equal([8f / 15, 8f / 6, 0f, 8f / 3], source.BalancedClassWeights().AsEnumerable());
    }

    [Fact]
    public void Oversampling_makes_all_classes_as_large_as_the_largest_and_loses_no_sample() =>
        Gen.Select(Gen.Int[0, 3].Array[1, 60], Gen.ULong).Sample((labels, seed) =>
        {
            DataSubset balanced = Labelled(labels).Oversample(seed);
            int most = labels.CountBy(label => label).Max(pair => pair.Value);
            for (int label = 0; label < 4; label++)
            {
                Assert.Equal(labels.Contains(label) ? most : 0, balanced.ClassCounts()[label]);
            }

            // Every sample of a class as often as every other, or once more.
            var times = Samples(balanced).CountBy(sample => sample).ToDictionary(pair => (int)pair.Key, pair => pair.Value);
            Assert.All(Enumerable.Range(0, labels.Length), index =>
            {
                int ofClass = labels.Count(label => label == labels[index]);
                Assert.InRange(times[index], most / ofClass, (most + ofClass - 1) / ofClass);
            });
        });

    [Fact]
    public void An_augmented_source_is_not_split_however_deep_the_augmentation_lies()
    {
        IDataSource augmented = Dataset.FromLabels(new Shape(2, 2), new float[16], [0, 1, 0, 1]).Augment(Augmentation.Shift(1));
        using PrefetchedSource prefetched = augmented.Subset([0, 1, 2, 3]).Prefetch();
        Action[] splits =
        [
            () => augmented.Split(0.5f),
            () => prefetched.Split(0.5f),
            () => prefetched.StratifiedSplit(0.5f),
            () => augmented.KFold(2),
            () => augmented.StratifiedKFold(2),
        ];
        Assert.All(splits, split => Assert.Contains(
            "split first, then augment", Assert.Throws<ArgumentException>(split).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_parted_is_refused()
    {
        AssertRefused("expected one label for each sample, got 0", () => new NumberedSource(4).StratifiedSplit(0.5f));
        AssertRefused("expected one label for each sample, got 2", () => Dataset.FromTargets(new Shape(1), [1f], [0, 1]).ClassCounts());
        AssertRefused("expected from 2 to 4 folds for 4 samples, got 5", () => new NumberedSource(4).KFold(5));
        AssertRefused("expected from 2 to 4 folds for 4 samples, got 1", () => new NumberedSource(4).KFold(1));
        AssertRefused("expected a fraction above 0 and below 1, got NaN", () => Labelled([0, 1]).StratifiedSplit(float.NaN));
        AssertRefused("expected both parts to have samples, got 2 and 0 of 2", () => Labelled([0, 1]).StratifiedSplit(0.1f));
        AssertRefused(
            "expected labels from 0 to 1, got 255 for sample 1",
            () => Dataset.FromTargets(new Shape(1), [1f, 2f, 3f], [0, 255, 1], ignoredLabel: 255).Oversample());
    }

    private static Dataset Labelled(int[] labels) => Dataset.FromLabels(
        new Shape(1), [.. Enumerable.Range(0, labels.Length).Select(index => (float)index)], labels, classCount: 5);

    private static void AssertParted(int count, DataSubset remaining, DataSubset heldOut)
    {
        Assert.Equal(Samples(remaining), Samples(remaining).Order());
        Assert.Equal(Samples(heldOut), Samples(heldOut).Order());
        Assert.Equal(
            Enumerable.Range(0, count).Select(index => (float)index), Samples(remaining).Concat(Samples(heldOut)).Order());
    }

    private static float[] Samples(IDataSource source)
    {
        float[] samples = new float[source.Count];
        source.GatherSamples([.. Enumerable.Range(0, source.Count)], samples);
        return samples;
    }

    private static void AssertRefused(string message, Action action) =>
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
