using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelDsl.Samples.Tests;

/// <summary>A sample as a function of its arguments.</summary>
internal delegate int SampleProgram(string[] args, TextWriter output, TextWriter error, Stop stop);

/// <summary>One run of a sample, within this process. Each project says by an alias which sample it tests.</summary>
/// <param name="ExitCode">What it told the shell.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record SampleRun(int ExitCode, string Output, string Error)
{
    public static SampleRun Start(params string[] args) => Start(CancellationToken.None, args);

    public static SampleRun Start(CancellationToken cancellation, params string[] args) => Start(new Stop(cancellation), args);

    public static SampleRun Start(Stop stop, params string[] args) => Start(SampleCommandLine.Run, stop, args);

    public static SampleRun Start(SampleProgram program, params string[] args) =>
        Start(program, new Stop(CancellationToken.None), args);

    public static SampleRun Start(SampleProgram program, Stop stop, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = program(args, output, error, stop);
        return new SampleRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Asserts that the run trained some epochs, and that the loss fell from the first to the last.</summary>
    public void AssertLearnt(int epochs)
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        double[] losses =
        [
            .. Regex.Matches(Output, @"^epoch \d+/\d+  loss (\d+\.\d+)", RegexOptions.Multiline)
                .Select(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(epochs, losses.Length);
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(", ", losses));
    }

    /// <summary>Asserts that the run failed with one sentence, and that the sentence holds all the parts.</summary>
    public void AssertFailsWith(params ReadOnlySpan<string> parts)
    {
        Assert.Equal(1, ExitCode);
        string[] lines = Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Single(lines, line => line != "Run with --help to see what can be given.");
        Assert.StartsWith("error: ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith(".", lines[0], StringComparison.Ordinal);
        foreach (string part in parts)
        {
            Assert.Contains(part, lines[0], StringComparison.Ordinal);
        }
    }
}
