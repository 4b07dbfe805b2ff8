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

        try
        {
            // Not what the file system says of its length: a device has none, and goes on.
            using var content = new MemoryStream();
            using (FileStream stream = file.OpenRead())
            {
                byte[] piece = new byte[1 << 16];
                for (int read; (read = stream.Read(piece)) > 0;)
                {
                    if (content.Length + read > MaximumBytes)
                    {
                        throw new UserErrorException($"{file}: expected a text of at most {MaximumBytes} bytes, got more");
                    }

                    content.Write(piece, 0, read);
                }
            }

            content.Position = 0;
            using var reader = new StreamReader(
                content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException exception)
        {
            throw new UserErrorException($"{file}: expected UTF-8 text, got other bytes at {exception.Index}");
        }
    }
}
