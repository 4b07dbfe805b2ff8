using SkiaSharp;

namespace ModelDsl.CharGpt.Tests;

public sealed class TrainingTests
{
    private static readonly string[] Results = ["alphabet.txt", "curves.png", "model.safetensors", "sample.txt"];

    [Fact]
    public void A_training_writes_its_four_files_and_the_figures()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = Train(folder, "results");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(Results, NamesIn(folder["results"]));
        Assert.DoesNotContain('\e', run.Output);
        Assert.Matches(@"text\.txt: 2,400 characters, \d+ different; \d{3},\d{3} parameters, \d+ threads", run.Output);
        Assert.Matches(@"step 3/3  loss \d\.\d{4}  validation \d\.\d{4}  [\d,]+ tokens/s", run.Output);
        Assert.Matches(@"validation loss \d\.\d{4} after 3 steps", run.Output);
        Assert.StartsWith("The ", File.ReadAllText(folder["results/sample.txt"]), StringComparison.Ordinal);
        using SKBitmap? picture = SKBitmap.Decode(folder["results/curves.png"]);
        Assert.NotNull(picture);
    }

    [Fact]
    public void The_paths_that_were_written_are_shown_without_control_characters()
    {
        using var folder = new TemporaryFolder();

        SampleRun run = Train(folder, "res\u001b[31m");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.DoesNotContain('\e', run.Output);
        Assert.Contains(@"res\u001B[31m", run.Output.ReplaceLineEndings(""), StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_changes_neither_the_model_nor_what_it_writes_but_the_seed_does()
    {
        using var folder = new TemporaryFolder();
        Train(folder, "one", "--threads", "1");
        Train(folder, "three", "--threads", "3");
        Train(folder, "other", "--seed", "2");

        foreach (string file in (string[])["model.safetensors", "sample.txt"])
        {
            byte[] one = File.ReadAllBytes(folder[$"one/{file}"]);
            Assert.Equal(one, File.ReadAllBytes(folder[$"three/{file}"]));
            Assert.NotEqual(one, File.ReadAllBytes(folder[$"other/{file}"]));
        }
    }

    [Fact]
    public void A_trained_model_writes_on_with_what_it_knows_and_without()
    {
        using var folder = new TemporaryFolder();
        Train(folder, "results");

        SampleRun run = Write(folder, "--length", "40", "--prompt", "A cat");
        SampleRun recomputed = Write(folder, "--length", "40", "--prompt", "A cat", "--recompute");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith("A cat", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n40 characters, [\d,]+ tokens/s\s*$", run.Output);

        // Up to the length of the context both see the same characters.
        Assert.Equal(run.Output[..45], recomputed.Output[..45]);
    }

    [Fact]
    public void Characters_that_the_text_did_not_have_are_read_and_never_written()
    {
        using var folder = new TemporaryFolder();
        Train(folder, "results");

        SampleRun run = Write(folder, "--length", "200", "--prompt", "Ω", "--temperature", "5");

        string alphabet = File.ReadAllText(folder["results/alphabet.txt"]);
        Assert.All(run.Output[1..201], character => Assert.Contains(character, alphabet));
    }

    [Fact]
    public void A_stopped_training_says_so_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        WriteText(folder);

        SampleRun run = SampleRun.Start(
            new CancellationToken(canceled: true), "--text", folder["text.txt"], "--output", folder["results"]);

        Assert.Equal((130, ""), (run.ExitCode, run.Error));
        Assert.Contains("Stopped by Ctrl+C", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder["results"]) && Directory.GetFileSystemEntries(folder["results"]).Length > 0);
    }

    [Fact]
    public void A_learning_rate_that_blows_the_loss_up_fails_with_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Train(folder, "results", "--learning-rate", "1e30").AssertFailsWith("loss", "learning rate");
    }

    [Fact]
    public void A_longer_training_learns_the_text()
    {
        using var folder = new TemporaryFolder();
        WriteText(folder);

        SampleRun run = SampleRun.Start(
            "--text", folder["text.txt"], "--output", folder["results"], "--steps", "60", "--length", "60",
            "--prompt", "The cat ", "--temperature", "0.1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("sat on the mat", File.ReadAllText(folder["results/sample.txt"]), StringComparison.Ordinal);
    }

    private static SampleRun Train(TemporaryFolder folder, string output, params string[] more)
    {
        WriteText(folder);
        return SampleRun.Start(
            ["--text", folder["text.txt"], "--output", folder[output], "--steps", "3", "--length", "20", "--prompt", "The ", .. more]);
    }

    private static SampleRun Write(TemporaryFolder folder, params string[] more) =>
        SampleRun.Start(["write", "--model", folder["results"], .. more]);

    private static void WriteText(TemporaryFolder folder) =>
        File.WriteAllText(folder["text.txt"], string.Concat(Enumerable.Repeat("The cat sat on the mat.\n", 100)));

    private static IEnumerable<string?> NamesIn(string folder) =>
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
