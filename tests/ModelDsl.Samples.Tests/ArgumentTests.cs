namespace ModelDsl.Samples.Tests;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("--epochs", "0", "whole number of at least 1")]
    [InlineData("--epochs", "many", "whole number of at least 1")]
    [InlineData("--batch-size", "-5", "whole number of at least 1")]
    [InlineData("--batch-size", "99999999999", "whole number of at least 1")]
    [InlineData("--learning-rate", "0", "a number above 0")]
    [InlineData("--learning-rate", "NaN", "a number above 0")]
    [InlineData("--learning-rate", "1e99", "a number above 0")]
    [InlineData("--seed", "-1", "whole number of at least 0")]
    [InlineData("--threads", "0", "whole number of at least 1")]
    [InlineData("--threads", "2147483647", "at most 1024")]
    [InlineData("--epochs", "2147483648", "whole number of at least 1")]
    [InlineData("--seed", "18446744073709551616", "whole number of at least 0")]
    [InlineData("--learning-rate", "1e-60", "a number above 0")]
    [InlineData("--learning-rate", "-0.1", "a number above 0")]
    [InlineData("--validation", "1", "at least 0 and below 1")]
    [InlineData("--validation", "-0.1", "at least 0 and below 1")]
    [InlineData("--validation", "NaN", "at least 0 and below 1")]
    [InlineData("--model", "resnet", "mlp")]
    [InlineData("--data", "", "a folder's path")]
    [InlineData("--output", " ", "a folder's path")]
    public void An_invalid_value_is_named_with_what_was_expected(string option, string value, string expected) =>
        SampleRun.Start(option, value).AssertFailsWith(option, $"'{value}'", expected);

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--epochs")]
    [InlineData("predict")]
    [InlineData("predict", "digit.png", "--epochs", "3")]
    [InlineData("predict", "digit.png", "--index", "-1")]
    public void A_command_line_that_makes_no_sense_fails_with_one_sentence(params string[] args) =>
        SampleRun.Start(args).AssertFailsWith();

    [Theory]
    [InlineData("image", "predict", "")]
    [InlineData("--model-file", "predict", "digit.png", "--model-file", "")]
    public void An_empty_file_name_is_refused(string name, params string[] args) =>
        SampleRun.Start(args).AssertFailsWith(name, "a file's path");

    [Theory]
    [InlineData("--model", "\u001b[31mmlp")]
    [InlineData("--data", "\u001b[31mfolder\u009b")]
    [InlineData("\u001b[31m")]
    [InlineData("predict", "digit.png", "--model-file", "\u001b[31m.safetensors")]
    public void What_was_given_is_shown_without_control_characters(params string[] args)
    {
        SampleRun run = SampleRun.Start(args);
        run.AssertFailsWith(@"\u001B[31m");
        Assert.DoesNotContain(run.Error, static character => char.IsControl(character) && character is not '\n' and not '\r');
    }

    [Theory]
    [InlineData("half")]
    [InlineData("1")]
    [InlineData("BFloat16")]
    [InlineData("")]
    public void A_precision_of_another_name_is_refused(string name) =>
        SampleRun.Start("--precision", name)
            .AssertFailsWith("--precision", "float32, bfloat16 or float16", $"'{name}'");

    [Fact]
    public void Help_names_every_option()
    {
        SampleRun run = SampleRun.Start("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            [
                "--data", "--epochs", "--batch-size", "--learning-rate", "--seed", "--threads", "--output", "--model",
                "--precision", "--augment", "--validation", "--resume", "predict",
            ],
            name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_is_the_default_command_and_takes_the_same_options()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        string[] options = ["--data", data.Path, "--epochs", "1", "--batch-size", "60", "--output", output.Path];

        SampleRun byDefault = SampleRun.Start(options);
        byte[] model = File.ReadAllBytes(output["model.safetensors"]);
        SampleRun byName = SampleRun.Start(["train", .. options]);

        Assert.Equal((0, 0), (byDefault.ExitCode, byName.ExitCode));
        Assert.Equal(model, File.ReadAllBytes(output["model.safetensors"]));
    }

    [Fact]
    public void A_batch_larger_than_the_images_to_train_on_is_refused()
    {
        using var data = new SmallMnist(train: 100);
        using var output = new TemporaryFolder();

        SampleRun.Start("--data", data.Path, "--batch-size", "81", "--output", output.Path)
            .AssertFailsWith("--batch-size", "at most 80", "81");
    }
}
