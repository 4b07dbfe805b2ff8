namespace ModelDsl.Samples.Tests;

/// <summary>A sample that is stopped within its training, and goes on.</summary>
internal static class StoppedSample
{
    /// <summary>Asserts that it ends with the files of one that was not stopped.</summary>
    /// <param name="program">The sample.</param>
    /// <param name="options">Its options, with two epochs.</param>
    public static void AssertEndsAsOneThatWasNot(SampleProgram program, params string[] options)
    {
        using var whole = new TemporaryFolder();
        using var stopped = new TemporaryFolder();
        Assert.Equal(0, SampleRun.Start(program, [.. options, "--output", whole.Path]).ExitCode);

        using var source = new CancellationTokenSource();
        using var written = new CancellingWriter("epoch 1/2", source);
        string[] args = [.. options, "--output", stopped.Path];
        Assert.Equal(130, program(args, written, TextWriter.Null, new Stop(source.Token)));
        Assert.Contains("; go on with --resume, which reads ", written.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, SampleRun.Start(program, [.. args, "--resume"]).ExitCode);

        Assert.Equal(
            Directory.GetFiles(whole.Path).Select(Path.GetFileName).Order(),
            Directory.GetFiles(stopped.Path).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(whole.Path), file => Assert.Equal(
            File.ReadAllBytes(file), File.ReadAllBytes(stopped[Path.GetFileName(file)])));
    }
}
