using System.CommandLine;
using System.CommandLine.Parsing;
using MnistSample.Errors;

namespace MnistSample.Commands;

/// <summary>
/// The program as a function of its arguments: parses them, runs a command, and says in one sentence what went wrong.
/// </summary>
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
        Run(Build(output, stop), args, output, error, stop);

    /// <summary>Runs a program of other commands in the same way.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the sentence goes if something is wrong.</param>
    /// <param name="stop">Ends training after the batch at hand.</param>
    public static int Run(RootCommand root, string[] args, TextWriter output, TextWriter error, Stop stop)
    {
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
        {
            error.WriteLine(Sentence.Error(first.Message));
            error.WriteLine("Run with --help to see what can be given.");
            return ExitCode.Failure;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
            });
        }
        catch (OperationCanceledException cancelled) when (stop.Token.IsCancellationRequested)
        {
            output.WriteLine(cancelled is StoppedException ? cancelled.Message : $"{stop.Sentence}.");
            return stop.ExitCode;
        }
        catch (Exception exception) when (UserErrorException.Explains(exception) is { } message)
        {
            error.WriteLine(Sentence.Error(message));
            return ExitCode.Failure;
        }
        catch
        {
            // Our bug: the process ends with the exception's trace. Caught, so that what a display hides is shown again before.
            throw;
        }
    }

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
