using System.Text;
using MnistSample.Errors;

namespace CharGptSample.Text;

/// <summary>Reads the text to learn from.</summary>
internal static class TextFile
{
    /// <summary>The first 22 chapters of Melville's Moby-Dick.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "data", "moby-dick.txt");

    // What a machine of a few gigabytes holds as tokens, with room.
    private const long MaximumBytes = 256L << 20;

    /// <summary>The whole text.</summary>
    /// <exception cref="UserErrorException">There is no such text, or it is too large or not UTF-8.</exception>
    public static string Read(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new UserErrorException($"{file}: expected a text file, found none");
        }

        if (file.Length > MaximumBytes)
        {
            throw new UserErrorException($"{file}: expected a text of at most {MaximumBytes} bytes, got {file.Length}");
        }

        try
        {
            return File.ReadAllText(file.FullName, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserErrorException($"{file}: expected UTF-8 text, got other bytes at {exception.Index}");
        }
    }
}
