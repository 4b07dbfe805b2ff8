using MnistSample.Errors;
using ModelDsl;

namespace MnistSample.Reports;

/// <summary>A folder in which every file appears complete or not at all.</summary>
internal sealed class OutputFolder
{
    /// <summary>The folder's name where the user gives none.</summary>
    public const string DefaultName = "mnist-output";

    /// <summary>The name of the trained weights within the folder.</summary>
    public const string ModelFileName = "model.safetensors";

    private readonly string _path;
    private readonly List<string> _written = [];

    private OutputFolder(string path) => _path = path;

    /// <summary>Creates the folder where it is missing, and proves that it can be written to.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="files">The names of the files to come.</param>
    /// <exception cref="IOException">It cannot be created or written to, or a folder has the name of a file to come.</exception>
    public static OutputFolder Open(string path, params ReadOnlySpan<string> files)
    {
        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, $"probe.{Path.GetRandomFileName()}.tmp");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"{path}: expected a folder that can be written to ({Sentence.Reason(exception)})", exception);
        }

        foreach (string file in files)
        {
            string place = Path.Combine(path, file);
            if (Directory.Exists(place))
            {
                throw new IOException($"{place}: expected a file or nothing, as the results go there, got a folder");
            }
        }

        return new OutputFolder(path);
    }

    /// <summary>The paths of the files that were written, as a terminal may show them.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <summary>The path of a file in the folder.</summary>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>The path of a checkpoint to go on from; null to begin anew.</summary>
    /// <param name="name">The name of the checkpoint; <c>*</c> in it stands for any text.</param>
    /// <param name="resume">Whether the user wants to go on.</param>
    /// <exception cref="UserErrorException">There is none; or there is one that a training from the beginning would
    /// replace.</exception>
    public string? CheckpointOf(string name, bool resume) => (resume, Newest(name)) switch
    {
        (true, { } path) => path,
        (false, null) => null,
        (true, null) => throw new UserErrorException(
            $"--resume: expected a training that was stopped, but {PathOf(name)} is missing; "
                + "train without --resume, or name its folder with --output"),
        (false, { } path) => throw new UserErrorException(
            $"{path}: a training was stopped here; go on with it by --resume, or, to begin anew, delete that "
                + "file or name another folder with --output"),
    };

    /// <summary>
    /// The path of the file that was written last of those whose name fits; null where there is none.
    /// </summary>
    /// <param name="pattern">The name; <c>*</c> in it stands for any text.</param>
    public string? Newest(string pattern) => Directory.GetFiles(_path, pattern).MaxBy(File.GetLastWriteTimeUtc);

    /// <summary>Writes a file beside its place, then moves it there in one step.</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there before is unchanged.</exception>
    public void Write(string name, byte[] contents) => Save(name, path =>
    {
        using var file = new AtomicFile(path);
        file.Write(contents);
        file.Commit();
    });

    /// <summary>Writes a file by something that by itself writes all of it or nothing.</summary>
    /// <inheritdoc cref="Write" path="/exception"/>
    public void Save(string name, Action<string> save)
    {
        string path = PathOf(name);
        try
        {
            save(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: the file could not be written ({Sentence.Reason(exception)})", exception);
        }

        _written.Add(PrintableText.Escape(path));
    }
}
