using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MnistSample;
using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed partial class PredictionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SmallMnist _data = new(train: 100, test: 20);

    public PredictionTests() => ModelFile.Save(_folder["model.safetensors"], new MnistMlp(seed: 3));

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public void The_probabilities_of_ten_classes_sum_to_one()
    {
        SampleRun run = Predict(_data.PathOf(SmallMnist.TestImages), "--index", "7");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        double[] probabilities = [.. Probability().Matches(run.Output)
            .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(10, probabilities.Length);
        Assert.Equal(100, probabilities.Sum(), tolerance: 0.1);
        Assert.Matches(@"The image shows class \d\.", run.Output);
    }

    [Fact]
    public void A_picture_of_an_MNIST_image_gets_the_same_answer_as_the_image()
    {
        const int Index = 0;
        Assert.Contains(byte.MaxValue, _data.TestImage(Index));
        Save("digit.png", TestPicture.Gray(28, 28, _data.TestImage(Index)));

        Assert.Equal(
            Predict(_data.PathOf(SmallMnist.TestImages), "--index", $"{Index}").Output,
            Predict(_folder["digit.png"]).Output);
    }

    [Fact]
    public void The_kind_of_file_is_told_from_its_contents()
    {
        _data.Compress(SmallMnist.TestImages);
        File.Move(_data.PathOf($"{SmallMnist.TestImages}.gz"), _folder["digits.png"]);

        Assert.Equal(0, Predict(_folder["digits.png"]).ExitCode);
    }

    [Fact]
    public void A_missing_image_is_named() =>
        Predict(_folder["nothing.png"]).AssertFailsWith(_folder["nothing.png"], "no such file");

    [Fact]
    public void A_file_that_is_no_image_is_named()
    {
        Save("text.png", "just text"u8.ToArray());

        Predict(_folder["text.png"]).AssertFailsWith(_folder["text.png"], "expected a PNG picture or an IDX image file");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void A_picture_that_is_cut_off_is_named(double keptPart)
    {
        byte[] png = TestPicture.Seven(300, 300, SKColors.White, SKColors.Black, 80, 50, 200);
        Save("digit.png", png[..(int)(png.Length * keptPart)]);

        Predict(_folder["digit.png"]).AssertFailsWith(_folder["digit.png"], "PNG picture");
    }

    [Fact]
    public void A_picture_beyond_the_largest_size_is_refused_with_both_sizes()
    {
        Save("wide.png", TestPicture.Gray(8193, 2, new byte[2 * 8193]));

        Predict(_folder["wide.png"]).AssertFailsWith(_folder["wide.png"], "8192x8192", "8193x2");
        Assert.DoesNotContain("8193", Predict(_folder["wide.png"], "--largest-side", "9000").Error, StringComparison.Ordinal);
        Predict(_folder["wide.png"], "--largest-side", "10").AssertFailsWith(_folder["wide.png"], "10x10", "8193x2");
    }

    [Fact]
    public void A_blank_picture_is_refused()
    {
        Save("blank.png", TestPicture.Gray(50, 50, new byte[2500]));

        Predict(_folder["blank.png"]).AssertFailsWith(_folder["blank.png"], "nothing stands out");
    }

    [Fact]
    public void An_index_beyond_the_file_is_named_with_the_range() =>
        Predict(_data.PathOf(SmallMnist.TestImages), "--index", "20").AssertFailsWith("--index", "0 to 19", "20");

    [Fact]
    public void An_index_into_a_picture_is_refused()
    {
        Save("digit.png", TestPicture.Gray(28, 28, _data.TestImage(0)));

        Predict(_folder["digit.png"], "--index", "0").AssertFailsWith("--index", "IDX");
    }

    [Fact]
    public void A_file_of_labels_is_refused() =>
        Predict(_data.PathOf(SmallMnist.TestLabels)).AssertFailsWith(_data.PathOf(SmallMnist.TestLabels), "images");

    [Fact]
    public void A_missing_model_file_is_named_with_what_to_do() =>
        SampleRun.Start("predict", _data.PathOf(SmallMnist.TestImages), "--model-file", _folder["none.safetensors"])
            .AssertFailsWith(_folder["none.safetensors"], "train first");

    [Fact]
    public void A_model_file_of_another_architecture_is_refused_with_both_shapes()
    {
        string path = _folder["model.safetensors"];
        byte[] file = File.ReadAllBytes(path);
        string header = Encoding.UTF8.GetString(file);
        int shape = header.IndexOf("[512,784]", StringComparison.Ordinal);
        Assert.True(shape > 0);
        "[784,512]"u8.CopyTo(file.AsSpan(shape));
        File.WriteAllBytes(path, file);

        Predict(_data.PathOf(SmallMnist.TestImages)).AssertFailsWith(path, "512x784", "784x512");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(100)]
    [InlineData(100_000)]
    public void A_model_file_that_is_cut_off_is_named(int length)
    {
        string path = _folder["model.safetensors"];
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Predict(_data.PathOf(SmallMnist.TestImages)).AssertFailsWith(path);
    }

    private SampleRun Predict(string image, params string[] more) =>
        SampleRun.Start(["predict", image, "--model-file", _folder["model.safetensors"], .. more]);

    private void Save(string name, byte[] bytes) => File.WriteAllBytes(_folder[name], bytes);

    [GeneratedRegex(@"[│|]\s+\d │\s+(\d+\.\d\d) %")]
    private static partial Regex Probability();
}
