using System.Text;

namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>What a header takes in memory is a few times its own size, whatever stands in it.</summary>
public sealed class LargeHeaderTests : IDisposable
{
    private const int Bytes = 2_000_000;

    private readonly TemporaryFolder _folder = new();

    // Quoted by apostrophes, for legibility.
    private const string Empty = "{'dtype':'U8','shape':[0],'data_offsets':[0,0]}";
    private const string Extents = "'a':{'dtype':'U8','data_offsets':[0,0],'shape':[";

    [Fact]
    public void Many_small_tensors_take_memory_in_proportion() =>
        AssertInProportion("", i => $"'{i:x}':{Empty},", $"'end':{Empty}", most: 6);

    [Fact]
    public void Many_extents_take_memory_in_proportion() => AssertInProportion(Extents, _ => "0,", "0]}", most: 6);

    [Fact]
    public void Many_texts_take_memory_in_proportion() =>
        AssertInProportion("'__metadata__':{", i => $"'{i:x}':'',", "'end':''}", most: 16);

    [Fact]
    public void A_long_name_takes_memory_in_proportion() => AssertInProportion("'", _ => "xxxx", $"':{Empty}", most: 6);

    [Fact]
    public void A_header_beyond_the_limit_that_was_set_takes_no_memory()
    {
        string path = Create("", i => $"'{i:x}':{Empty},", $"'end':{Empty}");
        long length = new FileInfo(path).Length - 8;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(
            $"{path}: expected a header of at most 1000 bytes, got one of {length}",
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path, maxHeaderBytes: 1000)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        SafetensorsFile.Open(path, maxHeaderBytes: (int)length).Dispose();
        Assert.Throws<ArgumentOutOfRangeException>(() => SafetensorsFile.Open(path, maxHeaderBytes: 0));
    }

    [Fact]
    public void A_shape_of_many_extents_does_not_fill_the_message()
    {
        string path = Create(Extents, _ => "1,", "1]}");
        Assert.Equal(
            $"{path}: a: expected 1 bytes for 1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x1x... of U8, got 0",
            Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private void AssertInProportion(string start, Func<int, string> part, string end, int most)
    {
        string path = Create(start, part, end);
        long before = GC.GetAllocatedBytesForCurrentThread();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Bytes, most * (long)Bytes);
    }

    private string Create(string start, Func<int, string> part, string end)
    {
        var header = new StringBuilder("{").Append(start);
        for (int i = 0; header.Length < Bytes; i++)
        {
            header.Append(part(i));
        }

        string json = header.Append(end).Append('}').Replace('\'', '"').ToString();
        return _folder.Write("a.safetensors", SafetensorsBytes.Create(json));
    }
}
