using ModelDsl;

namespace MnistSample.Errors;

/// <summary>Puts exceptions' messages into our own sentences.</summary>
internal static class Sentence
{
    /// <summary>What the user sees of an error: one line that no terminal takes for a command, with a full stop.</summary>
    public static string Error(string message) => $"error: {WithoutStop(message)}.";

    /// <summary>An exception's message without its full stop, to stand in brackets.</summary>
    public static string Reason(Exception exception) => WithoutStop(exception.Message);

    private static string WithoutStop(string message) => PrintableText.Escape(message.ReplaceLineEndings(" ").TrimEnd('.', ' '));
}
