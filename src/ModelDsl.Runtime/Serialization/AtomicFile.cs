namespace ModelDsl;

/// <summary>
/// A file that appears complete or not at all: it is written beside its place under another name, and moved there when
/// <see cref="Commit"/> is called. What stood there before stays until then.
/// </summary>
/// <remarks>
/// A symbolic link stays, and what it leads to is written. A file that is replaced keeps its mode, and what is written
/// is never open to more than that; its owner becomes whoever writes, and other hard links keep the old content. What
/// cannot be replaced, a device or a pipe under /dev or /proc, is written as it is; one elsewhere is refused, as is a
/// file that this process may not write though its folder would let it be replaced.
/// </remarks>
internal sealed class AtomicFile : IDisposable
{
    // A name in a folder has at most 255 bytes; so much of it stays recognisable beside what makes it another.
    private const int LongestStem = 32;

    private readonly string _shownPath;
    private readonly string? _temporaryPath;
    private readonly string _path;
    private readonly FileStream _stream;
    private bool _committed;

    /// <summary>Begins to write a file.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written to, or a folder stands at the
    /// path.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    public AtomicFile(string path)
        : this(path, static (temporary, options) => new FileStream(temporary, options))
    {
    }

    /// <summary>Begins to write a file through a stream of one's own.</summary>
    internal AtomicFile(string path, Func<string, FileStreamOptions, FileStream> open)
    {
        _shownPath = PrintableText.Escape(path);
        _path = FinalPath.Of(path);
        if (FinalPath.IsDevice(_path))
        {
            _stream = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            return;
        }

        UnixFileMode? mode = CheckOldFile();
        string stem = Path.GetFileName(_path);
        stem = stem.Length <= LongestStem ? stem : stem[..LongestStem];
        string? folder = Path.GetDirectoryName(_path);
        RemoveWhatWasLeft(folder, stem);
        _temporaryPath = Path.Join(folder, $"{stem}.{Path.GetRandomFileName()}.tmp");
        _stream = Create(open, mode);
    }

    /// <summary>Writes the next bytes.</summary>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }
    }

    /// <summary>Brings the file to the disk and to its place.</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there before is unchanged.</exception>
    public void Commit()
    {
        try
        {
            _stream.Flush(flushToDisk: _temporaryPath is not null);
            _stream.Dispose();
            if (_temporaryPath is not null)
            {
                File.Move(_temporaryPath, _path, overwrite: true);
            }
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }

        _committed = true;
    }

    /// <summary>Removes what was written where it was not committed.</summary>
    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            _stream.Dispose();
        }
        catch (IOException)
        {
            // It tries once more to write what did not fit before; the first failure is the one to report.
        }
        finally
        {
            if (_temporaryPath is not null)
            {
                File.Delete(_temporaryPath);
            }
        }
    }

    // A process that is killed while it writes leaves its temporary file. One that somebody is writing is locked.
    private static void RemoveWhatWasLeft(string? folder, string stem)
    {
        string pattern = $"{stem}.????????.???.tmp";
        try
        {
            foreach (string path in Directory.EnumerateFiles(string.IsNullOrEmpty(folder) ? "." : folder, pattern))
            {
                using var left = new FileStream(
                    path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whatever is wrong with the folder is reported when the file itself is created.
        }
    }

    private IOException CannotWrite(IOException exception) =>
        new($"{_shownPath}: the file cannot be written: {PrintableText.Escape(exception.Message)}", exception);

    private FileStream Create(Func<string, FileStreamOptions, FileStream> open, UnixFileMode? mode)
    {
        var options =
            new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (mode is not null && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        FileStream? stream = null;
        try
        {
            stream = open(_temporaryPath!, options);
            if (mode is { } wanted && !OperatingSystem.IsWindows())
            {
                // The process's mask may have taken from the mode; nothing is written yet.
                File.SetUnixFileMode(stream.SafeFileHandle, wanted);
            }

            return stream;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (stream is not null)
            {
                stream.Dispose();
                File.Delete(_temporaryPath!);
            }

            throw exception switch
            {
                DirectoryNotFoundException => new DirectoryNotFoundException(
                    $"{_shownPath}: expected a path in a folder that exists", exception),
                UnauthorizedAccessException => new UnauthorizedAccessException(
                    $"{_shownPath}: expected a folder that may be written to, as the file is first written beside its place",
                    exception),
                _ => CannotWrite((IOException)exception),
            };
        }
    }

    // The mode of the file that will be replaced, or null where there is none.
    private UnixFileMode? CheckOldFile()
    {
        if (Directory.Exists(_path))
        {
            throw new IOException($"{_shownPath}: expected a path for a file, but a folder stands there");
        }

        if (!File.Exists(_path))
        {
            return null;
        }

        if (SpecialFile.StandsAt(_path, isReplaced: true))
        {
            throw new IOException(
                $"{_shownPath}: expected a path for a file, but a pipe, a socket or a device stands there");
        }

        try
        {
            // Opening for writing asks the system, which knows more than the mode says. Nothing is changed.
            using FileStream old = new(
                _path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(old.SafeFileHandle);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                $"{_shownPath}: expected a file that may be written to, got a protected one", exception);
        }
        catch (IOException exception)
        {
            throw CannotWrite(exception);
        }
    }
}
