using System.CommandLine;
using System.CommandLine.Parsing;
using MnistSample.Commands;
using MnistSample.Errors;

namespace CharGptSample.Commands;

/// <summary>
/// The program as a function of its arguments: parses them, runs a command, and says in one sentence what went wrong.
/// </summary>
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
    public static int Run(string[] args, TextWriter output, TextWriter error, Stop stop)
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

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
        {
            error.WriteLine(Sentence.Error(first.Message));
            error.WriteLine("Run with --help to see what can be given.");
            return ExitCode.Failure;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
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
}
