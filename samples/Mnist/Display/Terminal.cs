using Spectre.Console;

namespace MnistSample.Display;

/// <summary>The console as Spectre.Console sees it.</summary>
internal static class Terminal
{
    // Wide enough for every table; a file has no edge to wrap at.
    private const int FileWidth = 120;

    /// <summary>A console on a writer: with colours where that is a terminal, plain where it is not.</summary>
    public static IAnsiConsole Create(TextWriter output)
    {
        var target = new AnsiConsoleOutput(output);
        if (target.IsTerminal)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings { Out = target });
        }

        // Said outright, as Spectre.Console would go by the environment, which may well name a terminal.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = FileWidth;
        return console;
    }

    /// <summary>Whether what was written can be redrawn.</summary>
    public static bool IsLive(IAnsiConsole console) =>
        console.Profile.Out.IsTerminal && console.Profile.Capabilities is { Ansi: true, Interactive: true };

    /// <summary>Shows the terminal's cursor, which a live display hides; does nothing where there is no terminal.</summary>
    public static void ShowCursor()
    {
        try
        {
            if (!Console.IsOutputRedirected)
            {
                Console.CursorVisible = true;
            }
        }
        catch (IOException)
        {
            // The terminal is gone, and its cursor with it.
        }
    }

    /// <summary>Writes a line as it is: no markup, and no wrapping of long paths.</summary>
    public static void WriteLine(IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);
}
