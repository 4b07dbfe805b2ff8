namespace ModelDsl.Runtime.Tests.Data;

public sealed class TextDatasetTests
{
    private static readonly int[] Text = [3, 1, 4, 1, 5, 2, 6];

    [Fact]
    public void Each_step_is_labelled_with_the_token_after_it()
    {
        Dataset dataset = Dataset.FromText(Text, length: 3, vocabulary: 7);
        Assert.Equal((4, 3, 7), (dataset.Count, dataset.LabelsPerSample, dataset.ClassCount));
        float[] samples = new float[6];
        int[] labels = new int[6];
        dataset.GatherSamples([3, 1], samples);
        dataset.GatherLabels([3, 1], labels);
        Assert.Equal([1f, 5f, 2f, 1f, 4f, 1f], samples);
        Assert.Equal([5, 2, 6, 4, 1, 5], labels);
    }

    [Fact]
    public void Stride_of_a_window_gives_windows_that_do_not_overlap()
    {
        DataSubset dataset = Dataset.FromText(Text, length: 3, vocabulary: 7, stride: 3).Subset([1]);
        int[] labels = new int[3];
        dataset.GatherLabels([0], labels);
        Assert.Equal([1f, 5f, 2f], dataset.GetSample(0));
        Assert.Equal([5, 2, 6], labels);
    }

    [Fact]
    public void Text_shorter_than_a_window_and_what_follows_is_refused() =>
        Assert.StartsWith(
            "expected more than 7 tokens for windows of 7 and what follows each, got 7",
            Assert.Throws<ArgumentException>(() => Dataset.FromText(Text, length: 7, vocabulary: 7)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Token_beyond_the_vocabulary_is_refused() =>
        Assert.Throws<ArgumentException>(() => Dataset.FromText(Text, length: 2, vocabulary: 6));

    [Fact]
    public void Single_label_of_a_sample_with_several_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => Dataset.FromText(Text, length: 3, vocabulary: 7).GetLabel(0));
}
