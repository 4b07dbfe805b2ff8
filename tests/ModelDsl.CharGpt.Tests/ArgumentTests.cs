namespace ModelDsl.CharGpt.Tests;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData("--steps", "0", "whole number of at least 1")]
    [InlineData("--steps", "many", "whole number of at least 1")]
    [InlineData("--learning-rate", "0", "a number above 0")]
    [InlineData("--learning-rate", "NaN", "a number above 0")]
    [InlineData("--seed", "-1", "whole number of at least 0")]
    [InlineData("--threads", "0", "whole number of at least 1")]
    [InlineData("--threads", "2147483647", "at most 1024")]
    [InlineData("--steps", "2147483648", "whole number of at least 1")]
    [InlineData("--length", "2147483647", "at most 1000000")]
    [InlineData("--temperature", "Infinity", "a number above 0")]
    [InlineData("--length", "0", "whole number of at least 1")]
    [InlineData("--temperature", "0", "a number above 0")]
    [InlineData("--top-k", "0", "whole number of at least 1")]
    [InlineData("--top-p", "0", "a probability above 0 and up to 1")]
    [InlineData("--top-p", "1.5", "a probability above 0 and up to 1")]
    [InlineData("--top-p", "NaN", "a probability above 0 and up to 1")]
    [InlineData("--text", "", "a file's path")]
    [InlineData("--output", " ", "a folder's path")]
    public void An_invalid_value_is_named_with_what_was_expected(string option, string value, string expected) =>
        SampleRun.Start(option, value).AssertFailsWith(option, $"'{value}'", expected);

    [Theory]
    [InlineData("--bogus")]
    [InlineData("--steps")]
    [InlineData("write", "--steps", "3")]
    [InlineData("read")]
    public void A_command_line_that_makes_no_sense_fails_with_one_sentence(params string[] args) =>
        SampleRun.Start(args).AssertFailsWith();

    [Fact]
    public void Help_names_every_option()
    {
        SampleRun run = SampleRun.Start("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(
            [
                "--text", "--steps", "--learning-rate", "--seed", "--threads", "--output", "--prompt", "--length",
                "--temperature", "--top-k", "--top-p", "write",
            ],
            name => Assert.Contains(name, run.Output, StringComparison.Ordinal));
    }
}
