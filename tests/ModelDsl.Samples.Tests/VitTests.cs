using MnistVitSample;
using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed class VitTests
{
    [Fact]
    public void Training_lowers_the_loss_and_writes_two_pictures_and_the_model()
    {
        using var data = new SmallMnist(train: 120, test: 40);
        using var output = new TemporaryFolder();
        SampleRun run = SampleRun.Start(
            VitCommand.Run,
            "--data", data.Path, "--output", output.Path, "--epochs", "4", "--batch-size", "10");

        run.AssertLearnt(epochs: 4);
        Assert.Contains("120 training and 40 test images", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"test accuracy \d+\.\d\d %, loss \d+\.\d{4}", run.Output);
        string[] files = ["model.safetensors", "positions.png", "worst-digits.png"];
        Assert.Equal(files, Directory.GetFiles(output.Path).Select(Path.GetFileName).Order());
        Assert.All(files[1..], name =>
        {
            using SKBitmap? picture = SKBitmap.Decode(output[name]);
            Assert.NotNull(picture);
        });
        VisionTransformer loaded = VisionTransformer.Load(output[files[0]]);
        Assert.Equal(VisionTransformer.Architecture.ParameterLength, loaded.Parameters.Length);
    }

    [Fact]
    public void Stopped_training_goes_on_with_the_same_bits()
    {
        using var data = new SmallMnist(train: 100, test: 20);
        StoppedSample.AssertEndsAsOneThatWasNot(
            VitCommand.Run, "--data", data.Path, "--epochs", "2", "--batch-size", "20");
    }

    [Theory]
    [InlineData("--epochs", "0", "whole number of at least 1")]
    [InlineData("--batch-size", "0", "whole number of at least 1")]
    [InlineData("--batch-size", "101", "at most 100, the training images")]
    [InlineData("--learning-rate", "-1", "a number above 0")]
    public void An_argument_that_makes_no_sense_is_named(string option, string value, string expected)
    {
        using var data = new SmallMnist(train: 100, test: 20);
        using var output = new TemporaryFolder();
        SampleRun.Start(VitCommand.Run, "--data", data.Path, "--output", output.Path, option, value)
            .AssertFailsWith(option, expected, value);
    }

    [Fact]
    public void Similarities_of_positions_are_cosines_around_their_mean()
    {
        float[][] maps = PositionSimilarities.Compute([1, 5, 3, 5, 2, 8, 2, 2], width: 2);
        float[][] expected = [[1, -1, 0, 0], [-1, 1, 0, 0], [0, 0, 1, -1], [0, 0, -1, 1]];
        Assert.Equal(4, maps.Length);
        Assert.All(maps.Zip(expected), pair => Assert.Equal(
            pair.Second, pair.First.Select(value => MathF.Round(value, 5))));
    }
}
