using System.Diagnostics;
using System.Net.Sockets;

namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>What stands in a file's place and is none, and files that cannot be read or written whoever asks.</summary>
public sealed class SpecialFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Readers => ["safetensors", "idx"];

    [Fact]
    public void A_pipe_at_the_path_is_refused_and_stays_a_pipe()
    {
        if (MakePipe() is not { } path)
        {
            return;
        }

        var exception = Assert.Throws<IOException>(() => SafetensorsFile.Write(path, []));
        Assert.Equal(
            $"{path}: expected a path for a file, but a pipe, a socket or a device stands there", exception.Message);
        Assert.True(SpecialFile.StandsAt(path, isReplaced: true));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_pipe_behind_a_link_is_refused()
    {
        if (MakePipe() is not { } path)
        {
            return;
        }

        string link = _folder.Combine("link");
        File.CreateSymbolicLink(link, path);
        Assert.StartsWith(
            $"{link}: expected a path for a file",
            Assert.Throws<IOException>(() => SafetensorsFile.Write(link, [])).Message);
        Assert.True(SpecialFile.StandsAt(path, isReplaced: true));
    }

    [Fact]
    public void A_socket_at_the_path_is_refused_and_stays()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = _folder.Combine("socket");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.Contains(
            "a pipe, a socket or a device", Assert.Throws<IOException>(() => SafetensorsFile.Write(path, [])).Message);
        Assert.True(SpecialFile.StandsAt(path, isReplaced: true));
    }

    [Fact]
    public void An_empty_file_is_replaced()
    {
        string path = _folder.Write("a", []);
        SafetensorsFile.Write(path, [new NamedTensor("x", new Shape(2), new float[2])]);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Single(file.Tensors);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_pipe_is_no_file_to_read_and_nobody_waits_for_its_writer(string reader)
    {
        if (MakePipe() is not { } path)
        {
            return;
        }

        Assert.Equal(
            $"{path}: expected a file, which can be read at any place, got a pipe or a device",
            Assert.Throws<IOException>(() => Read(reader, path)).Message);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_folder_is_no_file_to_read(string reader)
    {
        string path = _folder.Combine("fol\u001bder");
        Directory.CreateDirectory(path);
        Assert.Equal(
            $"{_folder.Combine("fol\\u001Bder")}: expected a file, but a folder stands there",
            Assert.Throws<IOException>(() => Read(reader, path)).Message);
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_file_that_is_missing_is_named_as_it_may_be_shown(string reader)
    {
        Assert.Equal(
            $"{_folder.Combine("a\\u001Bb")}: expected a file, found none",
            Assert.Throws<FileNotFoundException>(() => Read(reader, _folder.Combine("a\u001bb"))).Message);
        Assert.ThrowsAny<IOException>(() => Read(reader, Path.Combine(_folder.Write("file", [1]), "behind")));
        Assert.ThrowsAny<IOException>(() => Read(reader, _folder.Combine(new string('x', 300))));
    }

    [Theory]
    [InlineData("/proc/1/mem")]
    [InlineData("/sys/kernel/notes")]
    [InlineData("/dev/null")]
    [InlineData("/dev/tty")]
    public void What_the_system_keeps_is_refused_or_unreadable(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        foreach (string reader in (string[])["safetensors", "idx"])
        {
            Exception? exception = Record.Exception(() => Read(reader, path));
            Assert.True(
                exception is IOException or InvalidDataException or UnauthorizedAccessException, $"{reader}: {exception}");
        }
    }

    [Fact]
    public void A_path_through_a_file_and_a_name_too_long_cannot_be_written()
    {
        string file = _folder.Write("file", [1]);
        Assert.ThrowsAny<IOException>(() => SafetensorsFile.Write(Path.Combine(file, "behind"), []));
        string longPath = _folder.Combine(new string('x', 300));
        Assert.StartsWith(
            $"{longPath}: the file cannot be written: ",
            Assert.Throws<IOException>(() => SafetensorsFile.Write(longPath, [])).Message);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private static void Read(string reader, string path)
    {
        if (reader == "idx")
        {
            IdxFile.Read(path);
        }
        else
        {
            SafetensorsFile.Open(path).Dispose();
        }
    }

    // Null where the system has no such pipes.
    private string? MakePipe()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        string path = _folder.Combine("pipe");
        using Process process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
