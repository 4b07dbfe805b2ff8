using System.CommandLine;
using System.CommandLine.Parsing;

namespace ModelDsl.Tool.Commands;

/// <summary>The tool as a function of its arguments: parses them, and says in one sentence what went wrong.</summary>
internal static class CommandLine
{
    /// <summary>Everything that was asked for has been written.</summary>
    public const int Success = 0;

    /// <summary>A model has errors, or what was given cannot be used.</summary>
    public const int Failure = 1;

    /// <summary>Runs a command and returns the exit code.</summary>
    /// <param name="args">The command line without the tool's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where it says what is wrong.</param>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("The command line of ModelDsl.") { ExplainCommand.Create(output, error) };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors is [ParseError first, ..])
        {
            error.WriteLine($"error: {first.Message}");
            error.WriteLine("Run with --help to see what can be given.");
            return Failure;
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
        catch (ToolException exception)
        {
            error.WriteLine($"error: {exception.Message}");
            return Failure;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: {exception.Message}");
            return Failure;
        }
    }
}
