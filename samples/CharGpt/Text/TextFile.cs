using System.Text;
using MnistSample.Errors;

namespace CharGptSample.Text;

/// <summary>Reads the text to learn from.</summary>
internal static class TextFile
{
    /// <summary>The first 22 chapters of Melville's Moby-Dick.</summary>
    public static string Default => Path.Combine(AppContext.BaseDirectory, "data", "moby-dick.txt");

    /// <summary>
    /// The most bytes that are read unless one says otherwise: what a machine of a few gigabytes holds as tokens, with room.
    /// </summary>
    public const int MaximumBytes = 256 << 20;

    /// <summary>The most bytes that one may ask for: as many as fit an array and its preamble.</summary>
    public const int MostBytes = 1 << 30;

    /// <summary>The whole text.</summary>
    /// <param name="file">The text's file.</param>
    /// <param name="maximumBytes">The most bytes to take memory for.</param>
    /// <exception cref="UserErrorException">There is no such text, or it is too large or not UTF-8.</exception>
    public static string Read(FileInfo file, int maximumBytes = MaximumBytes)
    {
        if (!file.Exists)
        {
            throw new UserErrorException($"{file}: expected a text file, found none");
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(ReadBytes(file, maximumBytes));
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserErrorException($"{file}: expected UTF-8 text, got other bytes at {exception.Index}");
        }
    }

    // A device or a pipe says 0 of its length and may have no end.
    private static ReadOnlySpan<byte> ReadBytes(FileInfo file, int maximumBytes)
    {
        using FileStream stream = file.OpenRead();
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[1 << 16];
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > maximumBytes)
            {
                throw new UserErrorException($"{file}: expected a text of at most {maximumBytes} bytes, got more");
            }
        }

        ReadOnlySpan<byte> all = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        return all.StartsWith(Encoding.UTF8.Preamble) ? all[Encoding.UTF8.Preamble.Length..] : all;
    }
}
