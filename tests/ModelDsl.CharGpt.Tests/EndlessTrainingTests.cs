using System.Runtime.InteropServices;

namespace ModelDsl.CharGpt.Tests;

/// <summary>What is asked to go on for ever does until it is stopped, and says what stopped it.</summary>
public sealed class EndlessTrainingTests
{
    [Theory]
    [InlineData(PosixSignal.SIGTERM, "SIGTERM", 143)]
    [InlineData(PosixSignal.SIGHUP, "SIGHUP", 129)]
    public void A_training_of_all_steps_there_are_names_the_signal_that_stops_it(PosixSignal signal, string name, int exitCode)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Repeat("all work and no play. ", 60)));
        using var source = new CancellationTokenSource();
        var stop = new Stop(
            () =>
            {
                Assert.True(source.IsCancellationRequested);
                return signal;
            },
            source.Token);
        source.CancelAfter(TimeSpan.FromSeconds(1));

        SampleRun run = SampleRun.Start(
            stop, "--text", folder["text.txt"], "--output", folder["results"], "--steps", "2147483647");

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Matches(
            $@"Stopped by {name} after step \d+ of 2147483647; go on with --resume, which reads .*checkpoint\.safetensors\.",
            run.Output.ReplaceLineEndings(""));
        Assert.Equal(
            [folder["results/checkpoint.safetensors"]], Directory.GetFileSystemEntries(folder["results"]));

        // It does not go on as another training.
        string[] resume = ["--output", folder["results"], "--steps", "2147483647", "--resume", "--text"];
        SampleRun.Start([.. resume, folder["text.txt"], "--learning-rate", "0.002"]).AssertFailsWith(
            "--learning-rate: expected 0.001, with which the training began, got 0.002");
        SampleRun.Start([.. resume, folder["text.txt"], "--seed", "2"]).AssertFailsWith("the same Seed, which is 1");
        File.WriteAllText(folder["other.txt"], string.Concat(Enumerable.Repeat("all play and no work. ", 60)));
        SampleRun.Start([.. resume, folder["other.txt"]]).AssertFailsWith(
            "hash of --text: expected ", ", with which the training began, got ");
    }

    [Fact]
    public void A_folder_in_the_place_of_a_result_is_refused_before_the_training()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Repeat("all work and no play. ", 60)));
        Directory.CreateDirectory(folder["results/sample.txt"]);
        SampleRun.Start("--text", folder["text.txt"], "--output", folder["results"], "--steps", "2147483647")
            .AssertFailsWith("sample.txt", "got a folder");
    }

    [Fact]
    public void A_folder_without_a_model_or_with_a_damaged_alphabet_is_named()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Start("write", "--model", folder["nowhere"]).AssertFailsWith(folder["nowhere"], "train first");
        Directory.CreateDirectory(folder["model"]);
        new CharGptSample.CharGpt(seed: 1).Save(folder["model/model.safetensors"]);
        File.WriteAllText(folder["model/alphabet.txt"], "");
        SampleRun.Start("write", "--model", folder["model"]).AssertFailsWith(folder["model/alphabet.txt"], "expected an alphabet");
    }
}
