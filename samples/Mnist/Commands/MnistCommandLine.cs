using System.CommandLine;

namespace MnistSample.Commands;

/// <summary>What the program can do.</summary>
internal static class MnistCommandLine
{
    /// <summary>Runs the program, which Ctrl+C alone stops, and returns its exit code.</summary>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation) =>
        Run(args, output, error, new Stop(cancellation));

    /// <summary>Runs the program and returns its exit code.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the sentence goes if something is wrong.</param>
    /// <param name="stop">Ends training after the batch at hand.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop) =>
        new SampleProgram(output, error, stop).Run(Build(output, stop), args);

    private static RootCommand Build(TextWriter output, Stop stop)
    {
        var train = new TrainCommand(output, stop);
        var root = new RootCommand(
            "Trains a neural network on MNIST's handwritten digits, and tells digits apart with it. "
            + "Without a command it trains.");
        train.Define(root);

        var trainCommand = new Command("train", "Train, evaluate on the test images and write the results (the default).");
        train.Define(trainCommand);
        root.Add(trainCommand);

        var predictCommand = new Command("predict", "Print the class probabilities of one image.");
        new PredictCommand(output).Define(predictCommand);
        root.Add(predictCommand);
        return root;
    }
}
