using System.Text;

namespace ModelDsl.CharGpt.Tests;

public sealed class BadTextTests
{
    [Fact]
    public void A_missing_text_is_named()
    {
        using var folder = new TemporaryFolder();

        Train(folder, folder["nowhere.txt"]).AssertFailsWith(folder["nowhere.txt"], "expected a text file");
        Assert.False(Directory.Exists(folder["output"]));
    }

    [Fact]
    public void A_folder_is_no_text()
    {
        using var folder = new TemporaryFolder();
        Train(folder, folder.Path).AssertFailsWith(folder.Path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(640)]
    public void A_text_that_is_too_short_is_told_how_long_it_must_be(int length)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["short.txt"], new string('a', length));

        Train(folder, folder["short.txt"]).AssertFailsWith("at least 650 characters", $"got {length}");
        Assert.False(Directory.Exists(folder["output"]));
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["latin.txt"], [.. Encoding.UTF8.GetBytes(new string('a', 1000)), 0xe4, 0x20]);

        Train(folder, folder["latin.txt"]).AssertFailsWith(folder["latin.txt"], "expected UTF-8 text");
    }

    [Fact]
    public void A_device_that_never_ends_is_not_read_for_ever()
    {
        if (!File.Exists("/dev/zero"))
        {
            return;
        }

        using var folder = new TemporaryFolder();
        Train(folder, "/dev/zero").AssertFailsWith("/dev/zero", "expected a text of at most 268435456 bytes");
        Train(folder, "/dev/zero", "--max-text-bytes", "5000").AssertFailsWith("/dev/zero", "expected a text of at most 5000 bytes");
    }

    [Fact]
    public void A_path_is_shown_without_control_characters()
    {
        using var folder = new TemporaryFolder();
        SampleRun run = Train(folder, folder["\u001b[31mtext\u202e"]);
        run.AssertFailsWith(@"\u001B[31mtext\u202E");
        Assert.DoesNotContain('\u001b', run.Error);
    }

    [Fact]
    public void A_text_with_control_characters_is_shown_without_them() =>
        Assert.Equal("a\n\tb\\u001B[2J\\u202E😀", CharGptSample.Text.Alphabet.Show("a\n\tb\u001b[2J\u202e😀"));

    [Fact]
    public void A_folder_without_a_model_is_named()
    {
        using var folder = new TemporaryFolder();
        SampleRun.Start("write", "--model", folder.Path).AssertFailsWith(folder.Path, "model.safetensors");
    }

    [Fact]
    public void A_damaged_model_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["model.safetensors"], "no model at all");
        SampleRun.Start("write", "--model", folder.Path).AssertFailsWith("model.safetensors");
    }

    private static SampleRun Train(TemporaryFolder folder, string text, params string[] more) =>
        SampleRun.Start(["--text", text, "--steps", "1", "--output", folder["output"], .. more]);
}
