namespace ModelDsl.Runtime.Tests.Data;

public sealed class DatasetTests
{
    private static readonly Shape Pair = new(2);

    [Fact]
    public void Labels_and_samples_come_back_in_the_order_asked_for()
    {
        Dataset dataset = Dataset.FromLabels(Pair, [1f, 2f, 3f, 4f, 5f, 6f], [2, 0, 1]);
        float[] samples = new float[4];
        int[] labels = new int[2];
        dataset.GatherSamples([2, 0], samples);
        dataset.GatherLabels([2, 0], labels);
        Assert.Equal([5f, 6f, 1f, 2f], samples);
        Assert.Equal([1, 2], labels);
        Assert.Equal(3, dataset.Count);
        Assert.Equal(3, dataset.ClassCount);
        Assert.True(dataset.HasLabels);
        Assert.Equal([3f, 4f], dataset.GetSample(1));
        Assert.Equal(0, dataset.GetLabel(1));
    }

    [Fact]
    public void Values_come_back_in_the_order_asked_for()
    {
        Dataset dataset = Dataset.FromValues(new Shape(1), [1f, 2f, 3f], [10f, 11f, 20f, 21f, 30f, 31f]);
        float[] values = new float[4];
        dataset.GatherValues([2, 1], values);
        Assert.Equal([30f, 31f, 20f, 21f], values);
        Assert.Equal(2, dataset.ValuesPerSample);
        Assert.Equal(0, dataset.ClassCount);
        Assert.False(dataset.HasLabels);
    }

    [Fact]
    public void Bytes_are_read_as_floats_from_0_to_1() =>
        Gen.Select(Gen.Byte.Array[1, 200], Gen.Int[1, 5]).Sample((sample, count) =>
        {
            byte[] bytes = [.. Enumerable.Repeat(sample, count).SelectMany(copy => copy)];
            Dataset dataset = Dataset.FromLabels(new Shape(sample.Length), bytes, new int[count]);
            float[] read = dataset.GetSample(count - 1);
            return read.Zip(sample).All(pair => pair.First == pair.Second / 255f);
        });

    [Fact]
    public void A_subset_of_a_subset_still_means_the_same_samples()
    {
        DataSubset dataset = CreateNumbered(10).Subset([9, 7, 5, 3, 1]).Subset([4, 0, 0]);
        Assert.Equal([1f, 9f, 9f], Samples(dataset));
        Assert.Equal(1, dataset.GetLabel(0));
        Assert.Equal(10, dataset.ClassCount);
    }

    [Fact]
    public void A_large_batch_of_a_subset_is_gathered_whole()
    {
        int[] reversed = [.. Enumerable.Range(0, 1000).Reverse()];
        DataSubset dataset = CreateNumbered(1000).Subset(reversed);
        Assert.Equal(reversed.Select(index => (float)index), Samples(dataset));
    }

    [Fact]
    public void A_split_parts_the_samples_and_keeps_their_order() =>
        Gen.Select(Gen.Int[2, 300], Gen.Float[0.01f, 0.99f], Gen.ULong).Sample((count, fraction, seed) =>
        {
            int heldOutCount = (int)Math.Round(count * (double)fraction);
            if (heldOutCount == 0 || heldOutCount == count)
            {
                return;
            }

            (DataSubset remaining, DataSubset heldOut) = CreateNumbered(count).Split(fraction, seed);
            Assert.Equal(heldOutCount, heldOut.Count);
            Assert.Equal(Samples(remaining), Samples(remaining).Order());
            Assert.Equal(Samples(heldOut), Samples(heldOut).Order());
            Assert.Equal(
                Enumerable.Range(0, count).Select(index => (float)index),
                Samples(remaining).Concat(Samples(heldOut)).Order());
        });

    [Fact]
    public void A_split_is_decided_by_the_seed_alone()
    {
        float[] HeldOut(ulong seed) => Samples(CreateNumbered(1000).Split(0.2f, seed).HeldOut);
        Assert.Equal(HeldOut(1), HeldOut(1));
        Assert.NotEqual(HeldOut(1), HeldOut(2));
        Assert.NotEqual(Enumerable.Range(800, 200).Select(index => (float)index), HeldOut(1));
    }

    [Fact]
    public void Class_names_survive_a_subset()
    {
        Dataset dataset = CreateNumbered(2).WithClassNames("cat", "dog");
        Assert.Equal(["cat", "dog"], dataset.Subset([1]).ClassNames.AsEnumerable());
        Assert.Equal([0f, 1f], Samples(dataset));
        var exception = Assert.Throws<ArgumentException>(() => dataset.WithClassNames("cat"));
        Assert.StartsWith("expected 2 class names, got 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_span_is_copied_and_an_array_is_kept()
    {
        float[] samples = [1f];
        Dataset copied = Dataset.FromLabels(new Shape(1), samples.AsSpan(), [0]);
        Dataset kept = Dataset.FromLabels(new Shape(1), samples, new int[1]);
        samples[0] = 2f;
        Assert.Equal([1f], copied.GetSample(0));
        Assert.Equal([2f], kept.GetSample(0));
    }

    [Theory]
    [InlineData(float.NaN, "expected finite values, got NaN in sample 1 at position 1")]
    [InlineData(float.NegativeInfinity, "expected finite values, got -Infinity in sample 1 at position 1")]
    public void A_sample_that_is_not_finite_is_refused_by_its_place(float value, string message) =>
        AssertRefused(message, () => Dataset.FromLabels(Pair, [1f, 2f, 3f, value], [0, 1]));

    [Fact]
    public void A_target_that_is_not_finite_is_refused_by_its_place() => AssertRefused(
        "expected finite values, got NaN in target 2 at position 0",
        () => Dataset.FromValues(new Shape(1), [1f, 2f, 3f], [0f, 1f, float.NaN]));

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        AssertRefused(
            "expected a positive multiple of 2 values, one sample each (2), got 3",
            () => Dataset.FromLabels(Pair, [1f, 2f, 3f], [0]));
        AssertRefused("expected a positive multiple of 2", () => Dataset.FromLabels(Pair, ReadOnlySpan<float>.Empty, []));
        AssertRefused("expected 2 labels for 2 samples, got 1", () => Dataset.FromLabels(new Shape(1), [1f, 2f], [0]));
        AssertRefused(
            "expected 2 labels for 2 samples, got 3", () => Dataset.FromLabels(new Shape(1), new byte[2], new int[3]));
        AssertRefused(
            "expected the same positive number of target values for each of 2 samples, got 3 values",
            () => Dataset.FromValues(new Shape(1), [1f, 2f], [0f, 1f, 2f]));
        AssertRefused("expected a sample shape, got none", () => Dataset.FromValues(default, [1f], [1f]));
    }

    [Fact]
    public void Labels_out_of_range_are_refused_by_their_place()
    {
        AssertRefused(
            "expected labels from 0 to 9, got 10 for sample 1",
            () => Dataset.FromLabels(new Shape(1), [1f, 2f], [0, 10], classCount: 10));
        AssertRefused(
            "expected labels from 0 to 0, got -1 for sample 0",
            () => Dataset.FromLabels(new Shape(1), [1f, 2f], [-1, 0]));
        AssertRefused("expected labels", () => Dataset.FromLabels(new Shape(1), [1f], [int.MaxValue]));
    }

    [Fact]
    public void Indices_and_lengths_of_a_gathering_are_checked()
    {
        Dataset dataset = CreateNumbered(3);
        AssertRefused("expected sample indices from 0 to 2, got 3", () => dataset.GatherSamples([3], new float[1]));
        AssertRefused("expected sample indices from 0 to 2, got -1", () => dataset.Subset([-1]));
        AssertRefused("expected at least one index, got none", () => dataset.Subset([]));
        AssertRefused("expected room for 2 values, got 3", () => dataset.GatherSamples([0, 1], new float[3]));
        AssertRefused("expected room for 2 values, got 1", () => dataset.GatherLabels([0, 1], new int[1]));
        Assert.Throws<InvalidOperationException>(() => dataset.GatherValues([0], new float[1]));
        Assert.Throws<InvalidOperationException>(() => Dataset.FromValues(new Shape(1), [1f], [1f]).GetLabel(0));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(-0.5f)]
    [InlineData(float.NaN)]
    [InlineData(0.01f)]
    public void A_split_without_two_parts_is_refused(float fraction) =>
        AssertRefused("expected ", () => CreateNumbered(3).Split(fraction));

    private static Dataset CreateNumbered(int count) => Dataset.FromLabels(
        new Shape(1),
        [.. Enumerable.Range(0, count).Select(index => (float)index)],
        Enumerable.Range(0, count).ToArray());

    private static float[] Samples(IDataSource dataset)
    {
        float[] samples = new float[dataset.Count * dataset.SampleShape.Count];
        dataset.GatherSamples([.. Enumerable.Range(0, dataset.Count)], samples);
        return samples;
    }

    private static void AssertRefused(string message, Action action)
    {
        var exception = Assert.Throws<ArgumentException>(action);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_may_have_several_labels_and_values_each()
    {
        Dataset dataset = Dataset.FromTargets(new Shape(1), [1f, 2f], [0, 1, 2, 3], [5f, 6f, 7f, 8f, 9f, 10f]);
        Assert.Equal((2, 3, 4), (dataset.LabelsPerSample, dataset.ValuesPerSample, dataset.ClassCount));
        int[] labels = new int[2];
        float[] values = new float[3];
        dataset.Subset([1]).GatherLabels([0], labels);
        dataset.Subset([1]).GatherValues([0], values);
        Assert.Equal([2, 3], labels);
        Assert.Equal([8f, 9f, 10f], values);
    }

    [Fact]
    public void Samples_may_have_no_targets()
    {
        Dataset dataset = Dataset.FromTargets(new Shape(1), [1f, 2f]);
        Assert.Equal((0, 0, 0, false), (dataset.LabelsPerSample, dataset.ValuesPerSample, dataset.ClassCount, dataset.HasLabels));
    }

    [Fact]
    public void Ignored_label_is_no_class()
    {
        Dataset dataset = Dataset.FromTargets(new Shape(1), [1f, 2f], [0, 255, 2, 255], ignoredLabel: 255);
        Assert.Equal(3, dataset.ClassCount);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Dataset.FromTargets(new Shape(1), [1f, 2f], [0, 1, -1, 0]));
        Assert.StartsWith("expected labels from 0 to 1, got -1 for sample 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_do_not_divide_among_the_samples_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Dataset.FromTargets(new Shape(1), [1f, 2f], [0, 1, 1]));
        Assert.StartsWith("expected the same number of labels for each of 2 samples, got 3", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Dataset.FromTargets(new Shape(1), [1f, 2f], values: [0f]));
        Assert.Throws<ArgumentException>(() => Dataset.FromTargets(new Shape(1), [1f, 2f], values: [0f, float.NaN]));
    }
}
