using SkiaSharp;

namespace ModelDsl.Samples.Tests;

public sealed class TrainingTests
{
    private static readonly string[] Results =
        ["confusion-matrix.png", "history.csv", "learning-curves.png", "model.safetensors", "worst-digits.png"];

    [Fact]
    public void A_training_writes_its_five_files_and_nothing_else()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();

        SampleRun run = Train(data, output["results/of/today"]);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(
            Results,
            NamesIn(output["results/of/today"]));
        Assert.Equal(3, File.ReadAllLines(output["results/of/today/history.csv"]).Length);
        Assert.All(Results.Where(name => name.EndsWith(".png", StringComparison.Ordinal)), name =>
        {
            using SKBitmap? picture = SKBitmap.Decode(output[$"results/of/today/{name}"]);
            Assert.NotNull(picture);
        });
    }

    [Fact]
    public void A_redirected_training_writes_plain_lines_with_the_figures()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();

        SampleRun run = Train(data, output.Path);

        Assert.DoesNotContain('\e', run.Output);
        Assert.DoesNotContain('\r', run.Output);
        Assert.Contains("Dense(512)", run.Output, StringComparison.Ordinal);
        Assert.Contains("401,920", run.Output, StringComparison.Ordinal);
        Assert.Matches(
            @"epoch 1/2  loss \d\.\d{4}, accuracy \d+\.\d\d %  validation loss .* samples/s  .* left", run.Output);
        Assert.Matches(@"epoch 2/2  loss .* samples/s\r?\n", run.Output);
        Assert.Matches(@"Test accuracy \d+\.\d\d %", run.Output);
        Assert.Contains($"wrote {output["model.safetensors"]}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_the_model_but_the_seed_does()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        Train(data, output["one"], "--threads", "1");
        Train(data, output["three"], "--threads", "3");
        Train(data, output["other"], "--seed", "2");

        byte[] one = File.ReadAllBytes(output["one/model.safetensors"]);
        Assert.Equal(one, File.ReadAllBytes(output["three/model.safetensors"]));
        Assert.NotEqual(one, File.ReadAllBytes(output["other/model.safetensors"]));
    }

    [Fact]
    public void Augmentation_changes_the_model_and_is_the_same_for_every_number_of_threads()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        SampleRun run = Train(data, output["one"], "--augment", "--threads", "1");
        Train(data, output["three"], "--augment", "--threads", "3");
        Train(data, output["plain"]);

        Assert.Contains(
            "240 augmented training, 60 validation and 100 test images", run.Output, StringComparison.Ordinal);
        byte[] one = File.ReadAllBytes(output["one/model.safetensors"]);
        Assert.Equal(one, File.ReadAllBytes(output["three/model.safetensors"]));
        Assert.NotEqual(one, File.ReadAllBytes(output["plain/model.safetensors"]));
    }

    [Fact]
    public void Without_validation_all_training_images_are_trained_on()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        SampleRun run = Train(data, output.Path, "--validation", "0");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("on 300 training and 100 test images", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("validation", run.Output, StringComparison.Ordinal);
        Assert.Equal(Results, NamesIn(output.Path));
    }

    [Theory]
    [InlineData("bfloat16", "MnistMlpBFloat16")]
    [InlineData("float16", "MnistMlpFloat16")]
    public void A_model_of_16_bits_is_trained_and_its_file_fits_one_of_32(string precision, string model)
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        SampleRun run = Train(data, output.Path, "--precision", precision);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains(model, run.Output, StringComparison.Ordinal);
        string[] predict = ["predict", data.PathOf(SmallMnist.TestImages), "--model-file", output["model.safetensors"]];
        Assert.Equal(0, SampleRun.Start(predict).ExitCode);
    }

    [Theory]
    [InlineData("0.001", "training images enough to hold 0.1 % out")]
    [InlineData("0.999", "--validation: expected a part that leaves some of 300 training images, got 99.9 %")]
    public void A_part_to_hold_out_that_leaves_a_side_without_images_is_refused(string part, string expected)
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        Train(data, output.Path, "--validation", part).AssertFailsWith(expected);
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    [Theory]
    [InlineData("--augment: expected no, with which the training began, got yes", "--augment")]
    [InlineData(
        "--learning-rate: expected 0.001, with which the training began, got 0.002", "--learning-rate", "0.002")]
    [InlineData(
        "--precision: expected float32, with which the training began, got bfloat16", "--precision", "bfloat16")]
    public void A_training_goes_on_only_with_the_options_it_began_with(string expected, params string[] others)
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        using var written = new CancellingWriter("epoch 1/2", source);
        string[] arguments = ["--data", data.Path, "--epochs", "2", "--batch-size", "50", "--output", output.Path];
        Assert.Equal(130, MnistCommandLine.Run(arguments, written, TextWriter.Null, source.Token));
        byte[] checkpoint = File.ReadAllBytes(output["checkpoint.safetensors"]);

        SampleRun.Start([.. arguments, "--resume", .. others]).AssertFailsWith(expected);
        Assert.Equal(checkpoint, File.ReadAllBytes(output["checkpoint.safetensors"]));
        Assert.Equal(0, SampleRun.Start([.. arguments, "--resume"]).ExitCode);
    }

    [Fact]
    public void A_stopped_training_says_so_and_writes_nothing()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();

        SampleRun run = SampleRun.Start(
            new CancellationToken(canceled: true), "--data", data.Path, "--batch-size", "50", "--output", output.Path);

        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stopped by Ctrl+C", run.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was written", run.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    [Fact]
    public void A_training_stopped_after_its_first_epoch_ends_there()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        using var written = new CancellingWriter("epoch 1/5", source);
        using var error = new StringWriter();

        int exitCode = MnistCommandLine.Run(
            ["--data", data.Path, "--epochs", "5", "--batch-size", "50", "--output", output.Path],
            written,
            error,
            source.Token);

        Assert.Equal((130, ""), (exitCode, error.ToString()));
        Assert.Matches(
            @"Stopped by Ctrl\+C after \d+ steps and 1 epoch; go on with --resume, which reads .*checkpoint\.safetensors\.",
            written.ToString().ReplaceLineEndings(""));
        Assert.Equal(["checkpoint.safetensors"], NamesIn(output.Path));

        string[] arguments = ["--data", data.Path, "--epochs", "5", "--batch-size", "50"];
        byte[] checkpoint = File.ReadAllBytes(output["checkpoint.safetensors"]);
        SampleRun.Start([.. arguments, "--output", output.Path])
            .AssertFailsWith("checkpoint.safetensors", "a training was stopped here", "--resume", "delete that file");
        Assert.Equal(checkpoint, File.ReadAllBytes(output["checkpoint.safetensors"]));
        Assert.Equal(0, SampleRun.Start([.. arguments, "--output", output.Path, "--resume"]).ExitCode);
        Assert.Equal(0, SampleRun.Start([.. arguments, "--output", output["whole"]]).ExitCode);
        Assert.Equal(
            File.ReadAllBytes(output["whole/model.safetensors"]), File.ReadAllBytes(output["model.safetensors"]));
        Assert.Equal(Results.Append("whole").Order(StringComparer.Ordinal), NamesIn(output.Path));
    }

    [Fact]
    public void Nothing_to_go_on_from_is_said_in_one_sentence()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        Train(data, output.Path, "--resume").AssertFailsWith("--resume", "checkpoint.safetensors", "missing");
    }

    [Fact]
    public void A_learning_rate_that_blows_the_loss_up_fails_with_one_sentence()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();

        Train(data, output.Path, "--learning-rate", "1e30").AssertFailsWith("loss", "learning rate", "epoch 1");
        Assert.Empty(Directory.GetFileSystemEntries(output.Path));
    }

    [Fact]
    public void An_output_that_cannot_be_a_folder_is_refused_before_the_training()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        File.WriteAllText(output["taken"], "kept");

        SampleRun run = Train(data, output["taken"]);

        run.AssertFailsWith(output["taken"], "folder");
        Assert.DoesNotContain("epoch", run.Output, StringComparison.Ordinal);
        Assert.Equal("kept", File.ReadAllText(output["taken"]));
    }

    [Fact]
    public void A_folder_where_a_result_belongs_is_refused_before_the_training()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        Directory.CreateDirectory(output["model.safetensors"]);

        Train(data, output.Path).AssertFailsWith(output["model.safetensors"], "got a folder");
        Assert.Equal(["model.safetensors"], NamesIn(output.Path));
    }

    [Fact]
    public void A_folder_of_Fashion_MNIST_gets_the_names_of_its_classes()
    {
        using var data = new SmallMnist();
        using var folder = new TemporaryFolder();
        Directory.Move(data.Path, folder["fashion-mnist"]);

        SampleRun run = SampleRun.Start(
            "--data", folder["fashion-mnist"], "--epochs", "1", "--batch-size", "50", "--output", folder["output"]);
        Directory.Move(folder["fashion-mnist"], data.Path);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("Ankle boot", run.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> NamesIn(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private static SampleRun Train(SmallMnist data, string output, params string[] more) =>
        SampleRun.Start(["--data", data.Path, "--epochs", "2", "--batch-size", "50", "--output", output, .. more]);
}
