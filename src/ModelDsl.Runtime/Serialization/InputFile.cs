using Microsoft.Win32.SafeHandles;

namespace ModelDsl;

/// <summary>Opens files that are read at any place, or says of the path that was given why it cannot.</summary>
internal static class InputFile
{
    /// <summary>Opens a file.</summary>
    /// <exception cref="IOException">There is no file, or it cannot be read, or not at any place.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafeFileHandle Open(string path) => Explain(path, static path => File.OpenHandle(path));

    /// <summary>Opens a file as a stream.</summary>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static FileStream OpenStream(string path) => Explain(path, static path =>
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.CanSeek)
        {
            return stream;
        }

        stream.Dispose();
        throw NoFile(path);
    });

    /// <summary>The length of an open file.</summary>
    /// <exception cref="IOException">It has none.</exception>
    public static long LengthOf(SafeFileHandle handle, string path)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            throw NoFile(path);
        }
    }

    private static T Explain<T>(string path, Func<string, T> open)
    {
        string shown = PrintableText.Escape(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"{shown}: expected a file, but a folder stands there");
        }

        if (SpecialFile.StandsAt(path, isReplaced: false))
        {
            throw NoFile(path);
        }

        try
        {
            return open(path);
        }
        catch (FileNotFoundException exception)
        {
            throw new FileNotFoundException($"{shown}: expected a file, found none", path, exception);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new DirectoryNotFoundException($"{shown}: expected a file in a folder that exists", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                $"{shown}: expected a file that may be read, got a protected one", exception);
        }
    }

    private static IOException NoFile(string path) =>
        new($"{PrintableText.Escape(path)}: expected a file, which can be read at any place, got a pipe or a device");
}
