namespace ModelDsl;

/// <summary>
/// A file that appears complete or not at all: it is written beside its place under another name, and moved there when
/// <see cref="Commit"/> is called. What stood there before stays until then.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;
    private bool _committed;

    /// <summary>Begins to write a file.</summary>
    /// <exception cref="IOException">The folder is missing or cannot be written to.</exception>
    public AtomicFile(string path)
    {
        _path = Path.GetFullPath(path);
        _temporaryPath = $"{_path}.{Path.GetRandomFileName()}.tmp";
        _stream = new FileStream(_temporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    /// <summary>Where to write.</summary>
    public Stream Stream => _stream;

    /// <summary>Brings the file to the disk and to its place.</summary>
    public void Commit()
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
        _committed = true;
    }

    /// <summary>Removes what was written where it was not committed.</summary>
    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        _stream.Dispose();
        File.Delete(_temporaryPath);
    }
}
