using System.CommandLine;
using MnistSample.Commands;

namespace CharGptSample.Commands;

/// <summary>What the program can do.</summary>
internal static class CharGptCommandLine
{
    /// <summary>Runs the program, which Ctrl+C alone stops, and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation) =>
        Run(args, output, error, new Stop(cancellation));

    /// <summary>Runs the program and returns its exit code.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the sentence goes if something is wrong.</param>
    /// <param name="stop">Ends training after the step at hand.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop) =>
        new SampleProgram(output, error, stop).Run(Build(output, stop), args);

    private static RootCommand Build(TextWriter output, Stop stop)
    {
        var root = new RootCommand(
            "Trains a small transformer on the characters of a text, and lets it write. Without a command it trains.");
        new TrainCommand(output, stop).Define(root);
        var train = new Command("train", "Train, measure, write the results and a piece of text (the default).");
        new TrainCommand(output, stop).Define(train);
        root.Add(train);
        var write = new Command("write", "Let the trained model write.");
        new WriteCommand(output, stop).Define(write);
        root.Add(write);
        return root;
    }
}
