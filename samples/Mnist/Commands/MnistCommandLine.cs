using System.CommandLine;
using System.CommandLine.Parsing;
using MnistSample.Errors;

namespace MnistSample.Commands;

/// <summary>
/// The program as a function of its arguments: parses them, runs a command, and says in one sentence what went wrong.
/// </summary>
internal static class MnistCommandLine
{
    /// <summary>Runs the program and returns its exit code.</summary>
    /// <param name="args">The command line without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the sentence goes if something is wrong.</param>
    /// <param name="cancellation">Ends training after the batch at hand.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        RootCommand root = Build(output, cancellation);
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
        catch (OperationCanceledException cancelled) when (cancellation.IsCancellationRequested)
        {
            output.WriteLine(cancelled is StoppedException ? cancelled.Message : "Stopped by Ctrl+C.");
            return ExitCode.Interrupted;
        }
        catch (Exception exception) when (IsUserError(exception))
        {
            error.WriteLine(Sentence.Error(exception.Message));
            return ExitCode.Failure;
        }
    }

    private static RootCommand Build(TextWriter output, CancellationToken cancellation)
    {
        var train = new TrainCommand(output, cancellation);
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

    /// <summary>What the user can put right: files, their contents, a learning rate too high. The rest is our bug.</summary>
    private static bool IsUserError(Exception exception) => exception is UserErrorException
        or IOException or InvalidDataException or UnauthorizedAccessException or NotFiniteNumberException;
}
