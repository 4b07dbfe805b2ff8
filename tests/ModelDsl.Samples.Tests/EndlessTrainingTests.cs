using System.Runtime.InteropServices;
using MnistSample.Display;

namespace ModelDsl.Samples.Tests;

/// <summary>What is asked to go on for ever does until it is stopped, and says what stopped it.</summary>
public sealed class EndlessTrainingTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, "Ctrl+C", 130)]
    [InlineData(PosixSignal.SIGTERM, "SIGTERM", 143)]
    [InlineData(PosixSignal.SIGHUP, "SIGHUP", 129)]
    public void A_training_of_all_epochs_there_are_runs_until_a_signal_that_it_names(PosixSignal signal, string name, int exitCode)
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        using var source = new CancellationTokenSource();
        using var written = new CancellingWriter("epoch 2 ", source);
        using var error = new StringWriter();

        int actual = MnistCommandLine.Run(
            ["--data", data.Path, "--epochs", "2147483647", "--batch-size", "50", "--output", output.Path],
            written,
            error,
            new Stop(() => signal, source.Token));

        Assert.Equal((exitCode, ""), (actual, error.ToString()));
        Assert.Contains(
            $"Stopped by {name} after 10 steps and 2 epochs; go on with --resume", written.ToString(), StringComparison.Ordinal);
        Assert.Equal([output["checkpoint.safetensors"]], Directory.GetFileSystemEntries(output.Path));
    }

    [Fact]
    public void Time_left_of_an_endless_training_can_be_written()
    {
        var progress = new TrainingProgress();
        progress.OnEpochStarted(1, int.MaxValue, int.MaxValue);
        Assert.NotEmpty(Figures.Duration(progress.Remaining));
        progress.OnBatchCompleted(new BatchResult(1, int.MaxValue, 1, int.MaxValue, 1, 1, null));
        Assert.True(progress.Remaining > TimeSpan.Zero);
        Assert.EndsWith(" h", Figures.Duration(TimeSpan.FromDays(1000 * 365.25)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_a_result_is_refused_before_the_training()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        Directory.CreateDirectory(output["model.safetensors"]);
        SampleRun.Start("--data", data.Path, "--batch-size", "50", "--epochs", "2147483647", "--output", output.Path)
            .AssertFailsWith(output["model.safetensors"], "got a folder");
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_refused()
    {
        using var data = new SmallMnist();
        using var output = new TemporaryFolder();
        File.WriteAllText(output["file"], "");
        SampleRun.Start("--data", output["file"]).AssertFailsWith();
        SampleRun.Start("--data", data.Path, "--batch-size", "50", "--output", output["file"])
            .AssertFailsWith(output["file"]);
        SampleRun.Start("predict", output.Path, "--model-file", output["file"]).AssertFailsWith();
        SampleRun.Start("predict", output["file"], "--model-file", output.Path).AssertFailsWith(output.Path);
    }
}
