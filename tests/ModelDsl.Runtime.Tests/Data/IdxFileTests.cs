using System.IO.Compression;

namespace ModelDsl.Runtime.Tests.Data;

public sealed class IdxFileTests
{
    private const string Name = "images.idx";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_and_dimensions_are_read(bool compressed)
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [2, 3], 0, 1, 2, 253, 254, 255);
        IdxFile file = Read(compressed ? IdxBytes.Compress(content) : content);
        Assert.Equal(IdxElementType.UInt8, file.ElementType);
        Assert.Equal([2, 3], file.Dimensions.AsSpan());
        Assert.Equal(6, file.Count);
        Assert.Equal([0, 1, 2, 253, 254, 255], file.Bytes.ToArray());
        Assert.Equal([0, 1, 2, 253, 254, 255], file.ToInt32s());
        Assert.Equal([0f, 1f, 2f, 253f, 254f, 255f], file.ToSingles());
    }

    [Theory]
    [InlineData(IdxElementType.Int8, new byte[] { 0xFF, 0x02 }, new[] { -1f, 2f })]
    [InlineData(IdxElementType.Int16, new byte[] { 0xFF, 0xFE, 0x01, 0x00 }, new[] { -2f, 256f })]
    [InlineData(IdxElementType.Int32, new byte[] { 0xFF, 0xFF, 0xFF, 0xFD, 0, 1, 0, 0 }, new[] { -3f, 65536f })]
    [InlineData(IdxElementType.Single, new byte[] { 0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0 }, new[] { 1.5f, -2f })]
    [InlineData(
        IdxElementType.Double,
        new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 },
        new[] { 1.5f, -2f })]
    public void Elements_of_each_type_are_read_big_endian(IdxElementType type, byte[] elements, float[] values)
    {
        IdxFile file = Read(IdxBytes.Create(type, [2], elements));
        Assert.Equal(values, file.ToSingles());
        if (type is IdxElementType.Single or IdxElementType.Double)
        {
            Assert.StartsWith(
                $"{Name}: expected integers, got elements of type {type}",
                Assert.Throws<InvalidDataException>(() => file.ToInt32s()).Message,
                StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(values.Select(value => (int)value), file.ToInt32s());
        }
    }

    [Fact]
    public void A_file_of_several_gzip_members_is_read_whole()
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [4], 1, 2, 3, 4);
        Assert.Equal([1, 2, 3, 4], Read([.. IdxBytes.Compress(content[..9]), .. IdxBytes.Compress(content[9..])]).ToInt32s());
    }

    [Fact]
    public void A_gzip_file_of_any_length_around_a_buffers_is_read_whole()
    {
        for (int length = 8000; length < 8300; length++)
        {
            byte[] elements = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7919 / 13))];
            byte[] content = IdxBytes.Create(IdxElementType.UInt8, [length], elements);
            byte[] packed = IdxBytes.Compress(content, CompressionLevel.NoCompression);
            Assert.Equal(elements, Read(packed).Bytes.ToArray());
            AssertRefused(packed[..^1]);
        }
    }

    [Fact]
    public void A_gzip_file_with_something_behind_it_is_refused()
    {
        byte[] packed = IdxBytes.Compress(IdxBytes.Create(IdxElementType.UInt8, [2], 1, 2));
        AssertRefused([.. packed, 0]);
        AssertRefused([.. packed, .. "text"u8]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_off_at_any_byte_is_refused_in_one_sentence(bool compressed)
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [3, 5, 7], [.. Enumerable.Range(0, 105).Select(i => (byte)(i * 7))]);
        content = compressed ? IdxBytes.Compress(content) : content;
        for (int length = 0; length < content.Length; length++)
        {
            AssertRefused(content[..length]);
        }
    }

    [Fact]
    public void A_damaged_gzip_file_is_refused_or_read_as_it_was()
    {
        // A flipped bit may hit what gzip does not check, such as the time in its header.
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [50], [.. Enumerable.Range(0, 50).Select(i => (byte)(i * i))]);
        byte[] packed = IdxBytes.Compress(content);
        for (int bit = 0; bit < 8 * packed.Length; bit++)
        {
            byte[] damaged = (byte[])packed.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Assert.Equal(content[8..], Read(damaged).Bytes.ToArray());
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith($"{Name}: expected ", exception.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Random_bytes_are_refused_in_one_sentence() =>
        Gen.Byte.Array[0, 100].Sample(bytes => AssertRefused([0xFF, .. bytes]));

    [Fact]
    public void Any_header_before_random_bytes_is_refused_or_read() =>
        Gen.Select(Gen.Byte[0, 2].Array[0, 60], Gen.Byte[8, 14], Gen.Int[0, 4]).Sample((bytes, type, rank) =>
        {
            byte[] content = [0, 0, type, (byte)rank, .. bytes];
            try
            {
                IdxFile file = Read(content);
                Assert.Equal(content.Length, 4 + (4 * rank) + file.Bytes.Length);
            }
            catch (InvalidDataException exception)
            {
                Assert.StartsWith($"{Name}: expected ", exception.Message, StringComparison.Ordinal);
            }
        });

    [Fact]
    public void A_magic_number_of_another_format_is_shown() => Assert.StartsWith(
        $"{Name}: expected an IDX file (magic number 00 00, type 08 to 0E, dimensions), got 89 50 4E 47",
        AssertRefused([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 0]),
        StringComparison.Ordinal);

    [Fact]
    public void A_file_that_goes_on_after_its_elements_is_refused()
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [2], 1, 2, 3);
        const string Message = $"{Name}: expected 2 bytes of 2 as its header says, but the file goes on after them";
        Assert.Equal(Message, AssertRefused(content));
        Assert.Equal(Message, AssertRefused(IdxBytes.Compress(content)));
    }

    [Fact]
    public void A_header_that_promises_more_than_the_file_can_hold_takes_no_memory()
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [2_000_000_000], 1, 2, 3);
        byte[] packed = IdxBytes.Compress(content);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused(content);
        AssertRefused(packed);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_packed_file_that_promises_more_than_it_holds_takes_memory_for_what_it_holds()
    {
        // Random bytes cannot be packed, so 1032 times the file's size would be 2 GB.
        byte[] noise = new byte[2_000_000];
        new System.Random(1).NextBytes(noise);
        byte[] packed = IdxBytes.Compress(IdxBytes.Create(IdxElementType.UInt8, [1_000_000_000], noise));
        AssertTakes(40_000_000, () => Assert.EndsWith(
            ": the file is truncated", AssertRefused(packed), StringComparison.Ordinal));
    }

    [Fact]
    public void A_packed_file_larger_than_its_likely_size_is_read_whole()
    {
        byte[] elements = new byte[3_000_000];
        elements[^1] = 7;
        byte[] packed = IdxBytes.Compress(IdxBytes.Create(IdxElementType.UInt8, [3_000_000], elements));
        Assert.InRange(packed.Length, 1, 10_000);
        Assert.True(Read(packed).Bytes.Span.SequenceEqual(elements));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Elements_beyond_the_limit_that_was_set_take_no_memory(bool compressed)
    {
        byte[] content = IdxBytes.Create(IdxElementType.UInt8, [1000, 1000], new byte[1_000_000]);
        content = compressed ? IdxBytes.Compress(content) : content;
        using var stream = new MemoryStream(content);
        AssertTakes(200_000, () => Assert.Equal(
            $"{Name}: expected at most 999999 bytes, but its header says 1000x1000",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(stream, Name, maxBytes: 999_999)).Message));
        Assert.Equal(1_000_000, IdxFile.Read(stream, Name, maxBytes: 1_000_000).Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => IdxFile.Read(stream, Name, maxBytes: -1));
    }

    [Fact]
    public void A_packed_file_is_not_unpacked_beyond_the_documented_limit()
    {
        // As long as a file must be that could hold so much; what it holds does not matter, for it is not read.
        byte[] packed = [.. IdxBytes.Compress(IdxBytes.Create(IdxElementType.UInt8, [IdxFile.DefaultMaxBytes + 1])), .. new byte[2_000_000]];
        AssertTakes(1_000_000, () => Assert.Equal(
            $"{Name}: expected at most {IdxFile.DefaultMaxBytes} bytes, but its header says {IdxFile.DefaultMaxBytes + 1}",
            AssertRefused(packed)));
    }

    [Fact]
    public void A_name_is_shown_without_control_characters()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        Assert.StartsWith(
            @"\u001B[31m: expected an IDX file",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(stream, "\u001b[31m")).Message,
            StringComparison.Ordinal);
        using var packed = new MemoryStream([0x1F, 0x8B, 3]);
        Assert.StartsWith(
            @"\u001B[31m: expected a complete gzip file",
            Assert.Throws<InvalidDataException>(() => IdxFile.Read(packed, "\u001b[31m")).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { -1 })]
    [InlineData(new[] { 65536, 65536, 65536, 65536 })]
    [InlineData(new[] { int.MaxValue, int.MaxValue, int.MaxValue })]
    [InlineData(new[] { -1, -1, -1, -1, -1, -1 })]
    public void Dimensions_beyond_one_array_are_refused(int[] dimensions) => Assert.Contains(
        "expected at most",
        AssertRefused(IdxBytes.Create(IdxElementType.Double, dimensions, 0)),
        StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_reported_by_its_path()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("nothing");
        Assert.Contains(
            path, Assert.Throws<FileNotFoundException>(() => IdxFile.Read(path)).Message, StringComparison.Ordinal);
    }

    private static IdxFile Read(byte[] content)
    {
        using var stream = new MemoryStream(content);
        return IdxFile.Read(stream, Name);
    }

    private static void AssertTakes(long bytes, Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, bytes);
    }

    private static string AssertRefused(byte[] content)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Read(content));
        Assert.StartsWith($"{Name}: expected ", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        return exception.Message;
    }
}
