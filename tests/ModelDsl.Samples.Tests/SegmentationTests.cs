using ShapeSegmentationSample;
using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed class SegmentationTests
{
    [Fact]
    public void Training_lowers_the_loss_and_writes_a_sheet_and_the_model()
    {
        using var output = new TemporaryFolder();
        SampleRun run = SampleRun.Start(
            SegmentationCommand.Run,
            "--output", output.Path, "--images", "40", "--test-images", "8", "--epochs", "3", "--batch-size", "4");

        run.AssertLearnt(epochs: 3);
        Assert.Contains("40 training and 8 test images", run.Output, StringComparison.Ordinal);
        Assert.All(
            ShapeImages.ClassNames,
            name => Assert.Matches($@"│ {name} +│ +[\d,]+ │ +\d+\.\d\d % │", run.Output));
        Assert.Matches(@"mean IoU \d+\.\d\d %, \d+\.\d\d % of the pixels are right", run.Output);
        Assert.Equal(
            ["model.safetensors", "segmentations.png"],
            Directory.GetFiles(output.Path).Select(Path.GetFileName).Order());
        using SKBitmap? sheet = SKBitmap.Decode(output["segmentations.png"]);
        Assert.NotNull(sheet);
    }

    [Fact]
    public void Stopped_training_goes_on_with_the_same_bits() => StoppedSample.AssertEndsAsOneThatWasNot(
        SegmentationCommand.Run, "--images", "16", "--test-images", "4", "--epochs", "2", "--batch-size", "4");

    [Theory]
    [InlineData("--epochs", "0", "whole number of at least 1")]
    [InlineData("--batch-size", "11", "at most 10, the training images")]
    [InlineData("--images", "0", "whole number of at least 1 and at most 100000")]
    [InlineData("--test-images", "many", "whole number of at least 1")]
    public void An_argument_that_makes_no_sense_is_named(string option, string value, string expected)
    {
        using var output = new TemporaryFolder();
        string[] few = option switch
        {
            "--images" => ["--test-images", "10"],
            "--test-images" => ["--images", "10"],
            _ => ["--images", "10", "--test-images", "10"],
        };
        SampleRun.Start(SegmentationCommand.Run, ["--output", output.Path, .. few, option, value])
            .AssertFailsWith(option, expected, value);
    }

    [Fact]
    public void Images_are_drawn_so_there_is_no_folder_to_name() =>
        SampleRun.Start(SegmentationCommand.Run, "--data", "images").AssertFailsWith("--data");

    [Fact]
    public void A_seed_draws_the_same_images_each_time_and_another_seed_draws_others()
    {
        ShapeImages one = ShapeImages.Draw(seed: 5, train: 20, test: 10);
        ShapeImages again = ShapeImages.Draw(seed: 5, train: 20, test: 10);
        ShapeImages other = ShapeImages.Draw(seed: 6, train: 20, test: 10);

        Assert.Equal(Images(one.Train), Images(again.Train));
        Assert.Equal(Labels(one.Train), Labels(again.Train));
        Assert.Equal(Images(one.Test), Images(other.Test));
        Assert.Empty(Images(one.Train).Select(Key).Intersect(Images(other.Train).Select(Key)));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1ul)]
    [InlineData(ulong.MaxValue)]
    public void No_seed_draws_a_test_image_to_train_on(ulong seed)
    {
        ShapeImages images = ShapeImages.Draw(seed, train: 50, test: 50);
        Assert.Empty(Images(images.Train).Select(Key).Intersect(Images(images.Test).Select(Key)));
    }

    [Fact]
    public void Shapes_differ_from_the_background_and_all_of_them_occur()
    {
        Dataset images = ShapeImages.Draw(seed: 1, train: 100, test: 1).Train;
        int[] labels = Labels(images);
        Assert.Equal([0, 1, 2, 3], labels.Distinct().Order());
        Assert.InRange(labels.Count(label => label == 0) / (double)labels.Length, 0.6, 0.9);
    }

    [Fact]
    public void Intersection_over_union_is_that_of_each_class()
    {
        int[] truth = [0, 0, 0, 0, 1, 1, 2, 2], answers = [0, 0, 0, 1, 1, 1, 0, 2];
        Assert.Equal(
            [3.0 / 5, 2.0 / 3, 1.0 / 2, null], Segmentation.IntersectionsOverUnions(truth, answers, classes: 4));
        Assert.Equal([1.0, 1, 1], Segmentation.IntersectionsOverUnions(truth, truth, classes: 3));
        Assert.Equal([0.0, 0], Segmentation.IntersectionsOverUnions([0, 1], [1, 0], classes: 2));
        Assert.Throws<ArgumentException>(() => Segmentation.IntersectionsOverUnions(truth, [0], classes: 3));
    }

    private static float[][] Images(Dataset images) => [.. Enumerable.Range(0, images.Count).Select(images.GetSample)];

    private static int[] Labels(Dataset images)
    {
        int[] labels = new int[images.Count * images.LabelsPerSample];
        images.GatherLabels([.. Enumerable.Range(0, images.Count)], labels);
        return labels;
    }

    private static string Key(float[] image) => string.Join(' ', image[..16]);
}
