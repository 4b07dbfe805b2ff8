using System.CommandLine;
using System.CommandLine.Parsing;
using MnistSample.Errors;

namespace MnistSample.Commands;

/// <summary>
/// A program as a function of its arguments: parses them, runs a command, and says in one sentence what went wrong.
/// </summary>
/// <param name="output">Where results go.</param>
/// <param name="error">Where the sentence goes if something is wrong.</param>
/// <param name="stop">What may end a command before it is done.</param>
internal sealed class SampleProgram(TextWriter output, TextWriter error, Stop stop)
{
    /// <summary>Runs a command and returns the exit code.</summary>
    /// <param name="root">All that the program can do.</param>
    /// <param name="args">The command line without the program's name.</param>
    public int Run(RootCommand root, string[] args)
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
}
