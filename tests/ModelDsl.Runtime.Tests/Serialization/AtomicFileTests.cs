namespace ModelDsl.Runtime.Tests.Serialization;

public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly float[] Values = new float[100_000];

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(399_999)]
    public void A_disk_that_fills_up_at_any_byte_leaves_the_old_file_and_no_other(int room)
    {
        string path = _folder.Write("a", [1, 2, 3]);
        Assert.Equal(
            $"{path}: the file cannot be written: the disk is full",
            Assert.Throws<IOException>(() => Write(path, room)).Message);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_disk_that_fills_up_at_whatever_byte_leaves_the_old_file_and_no_other()
    {
        string path = _folder.Write("a", [1, 2, 3]);
        Gen.Int[0, 399_999].Sample(
            room =>
            {
                Assert.Throws<IOException>(() => Write(path, room));
                Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
                Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
            },
            iter: 50,
            threads: 1);
    }

    [Fact]
    public void A_disk_with_room_enough_takes_the_file()
    {
        string path = _folder.Write("a", [1, 2, 3]);
        Write(path, room: 500_000);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(Values.Length, file.Tensors[0].Count);
    }

    [Fact]
    public void An_exception_between_tensors_leaves_the_old_file_and_no_other()
    {
        string path = _folder.Write("a", [1, 2, 3]);
        SafetensorsHeader header = SafetensorsWriter.Describe([("x", new Shape(2)), ("y", new Shape(2))], null);
        Assert.Throws<ArgumentException>(() =>
        {
            using var writer = new SafetensorsWriter(path, header);
            writer.Write(new float[2]);
            writer.Write(new float[3]);
        });
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_folder_at_the_path_is_reported()
    {
        string path = _folder.Combine("a");
        Directory.CreateDirectory(path);
        var exception = Assert.Throws<IOException>(() => SafetensorsFile.Write(path, []));
        Assert.Equal($"{path}: expected a path for a file, but a folder stands there", exception.Message);
        Assert.Single(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void A_name_as_long_as_the_system_allows_can_be_written()
    {
        string path = _folder.Combine(new string('x', 255));
        SafetensorsFile.Write(path, []);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_missing_folder_is_reported_by_the_path_that_was_given()
    {
        string path = _folder.Combine("miss\u001bing/a");
        var exception = Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Write(path, []));
        Assert.Equal(
            $"{_folder.Path}/miss\\u001Bing/a: expected a path in a folder that exists",
            exception.Message.Replace('\\' + "/", "/"));
    }

    [Fact]
    public void A_link_stays_and_its_target_is_written()
    {
        string target = _folder.Write("target", [1]);
        AssertWritesThrough("absolute", target, target);
        AssertWritesThrough("relative", "target", target);
        AssertWritesThrough("chain", "relative", target);
    }

    [Fact]
    public void A_link_in_another_folder_is_relative_to_the_folder_that_it_really_lies_in()
    {
        // deep/down is reached through a link, and ".." leads up from what that link leads to.
        Directory.CreateDirectory(_folder.Combine("deep/down"));
        File.CreateSymbolicLink(_folder.Combine("short"), "deep/down");
        string target = _folder.Combine("deep/target");
        File.CreateSymbolicLink(_folder.Combine("deep/down/link"), "../target");
        SafetensorsFile.Write(_folder.Combine("short/link"), []);
        Assert.True(File.Exists(target));
        Assert.Equal("../target", new FileInfo(_folder.Combine("deep/down/link")).LinkTarget);
        AssertWritesThrough("through", "short/../target", target);
    }

    [Fact]
    public void A_link_to_nothing_makes_the_file_that_it_leads_to()
    {
        AssertWritesThrough("link", "new", _folder.Combine("new"));
        File.CreateSymbolicLink(_folder.Combine("far"), "missing/new");
        Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Write(_folder.Combine("far"), []));
        Assert.Equal("missing/new", new FileInfo(_folder.Combine("far")).LinkTarget);
    }

    [Fact]
    public void Links_in_a_circle_are_reported()
    {
        string path = _folder.Combine("a");
        File.CreateSymbolicLink(path, "b");
        File.CreateSymbolicLink(_folder.Combine("b"), "a");
        var exception = Assert.Throws<IOException>(() => SafetensorsFile.Write(path, []));
        Assert.Equal(
            $"{path}: expected symbolic links that lead to a file, but they lead in a circle", exception.Message);
        Assert.Equal(2, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Theory]
    [InlineData(OwnersOnly)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    [InlineData(OwnersOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute)]
    public void A_file_that_is_replaced_keeps_its_mode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = _folder.Write("a", [1]);
        File.SetUnixFileMode(path, mode);
        File.CreateSymbolicLink(_folder.Combine("link"), "a");
        SafetensorsFile.Write(path, []);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        SafetensorsFile.Write(_folder.Combine("link"), []);
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_private_file_is_private_from_its_first_byte()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string path = _folder.Write("a", [1]);
        File.SetUnixFileMode(path, OwnersOnly);
        UnixFileMode? asked = null;
        using var file = new AtomicFile(path, (temporary, options) =>
        {
            asked = options.UnixCreateMode;
            return new FileStream(temporary, options);
        });
        Assert.Equal(OwnersOnly, asked);
        string beside = Assert.Single(Directory.GetFiles(_folder.Path), other => other != path);
        Assert.Equal(OwnersOnly, File.GetUnixFileMode(beside));
    }

    [Fact]
    public void A_device_is_written_and_stays_a_device()
    {
        if (!File.Exists("/dev/null") || !File.Exists("/dev/full"))
        {
            return;
        }

        var tensor = new NamedTensor("x", new Shape(Values.Length), Values);
        SafetensorsFile.Write("/dev/null", [tensor]);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.Throws<IOException>(() => SafetensorsFile.Write("/dev/full", [tensor]));
        File.CreateSymbolicLink(_folder.Combine("full"), "/dev/full");
        Assert.Throws<IOException>(() => SafetensorsFile.Write(_folder.Combine("full"), [tensor]));
        Assert.Equal("/dev/full", new FileInfo(_folder.Combine("full")).LinkTarget);
    }

    public void Dispose() => _folder.Dispose();

    private static void Write(string path, int room)
    {
        SafetensorsHeader header = SafetensorsWriter.Describe([("x", new Shape(Values.Length))], null);
        using var writer = new SafetensorsWriter(
            header, () => new AtomicFile(path, (temporary, options) => new FullDisk(temporary, options, room)));
        writer.Write(Values);
        writer.Commit();
    }

    private void AssertWritesThrough(string name, string leadsTo, string target)
    {
        string link = _folder.Combine(name);
        File.CreateSymbolicLink(link, leadsTo);
        File.Delete(target);
        SafetensorsFile.Write(link, []);
        Assert.Equal(leadsTo, new FileInfo(link).LinkTarget);
        Assert.Null(new FileInfo(target).LinkTarget);
        using SafetensorsFile file = SafetensorsFile.Open(target);
        Assert.Empty(file.Tensors);
        Assert.DoesNotContain(
            Directory.GetFiles(_folder.Path), other => other.EndsWith(".tmp", StringComparison.Ordinal));
    }

    /// <summary>
    /// A stream that fails as one does on a full disk: when it is flushed, and once more when it is closed.
    /// </summary>
    private sealed class FullDisk(string path, FileStreamOptions options, int room) : FileStream(path, options)
    {
        private int _room = room;

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            _room -= buffer.Length;
            Check();
            base.Write(buffer);
        }

        public override void Flush(bool flushToDisk)
        {
            Check();
            base.Flush(flushToDisk);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
            {
                Check();
            }
        }

        private void Check()
        {
            if (_room < 0)
            {
                throw new IOException("the disk is full");
            }
        }
    }
}
