using System.Buffers.Binary;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ModelDsl.Data.Tests;

public sealed class ArrowDamageTests
{
    private const string Damaged = "expected an Arrow file or stream, got one that is none or is damaged";

    private static readonly byte[][] Contents =
    [
        .. from isFile in (bool[])[true, false]
           from codec in (CompressionCodecType?[])[null, CompressionCodecType.Lz4Frame, CompressionCodecType.Zstd]
           select ArrowFiles.Write([SmallBatch(), SmallBatch()], isFile, codec),
        Resource("polars-lz4.arrow"),
        Resource("polars-zstd.arrow"),
        Resource("polars.arrows"),
        Resource("delta.arrows"),
    ];

    [Fact]
    public void A_damaged_file_gives_rows_or_an_error_that_names_it()
    {
        using var folder = new TemporaryFolder();
        Gen<byte[]> damage = Gen.Select(
            Gen.OneOf(Contents),
            Gen.Select(Gen.UInt, Gen.OneOf(Gen.Byte, Gen.OneOf<byte>(0, 1, 0x7F, 0x80, 0xFF))).Array[1, 4],
            Gen.OneOf(Gen.Const(0), Gen.Int[1, 400]),
            Gen.Bool,
            static (content, changes, cut, isEnd) =>
            {
                byte[] changed = [.. content];
                foreach ((uint place, byte value) in changes)
                {
                    // Most bytes are values; the ends are what says where they lie.
                    uint near = isEnd
                        ? (uint)changed.Length - 1 - (place % (uint)Math.Min(changed.Length, 800))
                        : place;
                    changed[near % changed.Length] = value;
                }

                return changed[..Math.Max(0, changed.Length - cut)];
            });
        damage.Sample(
            content =>
            {
                string path = folder.Write($"damaged-{Guid.NewGuid()}.arrow", content);
                try
                {
                    ReadAll(path);
                }
                catch (InvalidDataException exception)
                {
                    Assert.StartsWith(path, exception.Message, StringComparison.Ordinal);
                }

                File.Delete(path);
            },
            iter: 5_000);
    }

    [Fact]
    public void What_is_no_Arrow_file_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        AssertRefused("empty.arrow: " + Damaged, folder.Write("empty.arrow", []));
        AssertRefused("garbage.arrow: " + Damaged, folder.Write("garbage.arrow", "no Arrow file at all"u8.ToArray()));
        AssertRefused("short.arrow: " + Damaged, folder.Write("short.arrow", "ARROW1\0\0"u8.ToArray()));
        AssertRefused("version 1, and only version 2", folder.Write("old.feather", "FEA1 and so on"u8.ToArray()));
        AssertRefused("line\\nbreak.arrow: ", folder.Write("line\nbreak.arrow", []));
        Assert.Throws<FileNotFoundException>(() => ArrowTable.Open(folder.Combine("none.arrow")));
        Assert.Throws<IOException>(() => ArrowTable.Open(folder.Path));
    }

    [Fact]
    public void A_stream_may_end_between_messages_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();
        RecordBatch batch = ArrowFiles.Batch(("x", ArrowFiles.Texts("a", "b", null)));
        byte[] content = ArrowFiles.Write([batch, batch], isFile: false);
        byte[] shorter = ArrowFiles.Write([batch], isFile: false);

        // The mark of the end has 8 bytes; without a batch there is but the schema.
        int[] whole = [8 + BitConverter.ToInt32(content, 4), shorter.Length - 8, content.Length - 8];
        for (int length = 0; length < content.Length; length++)
        {
            string path = folder.Write("cut.arrows", content[..length]);
            if (System.Array.IndexOf(whole, length) >= 0)
            {
                Assert.Equal(3 * System.Array.IndexOf(whole, length), ReadAll(path));
            }
            else
            {
                AssertRefused("cut.arrows: " + Damaged, path);
            }
        }
    }

    [Fact]
    public void A_file_may_end_nowhere_but_at_its_end()
    {
        using var folder = new TemporaryFolder();
        byte[] content = Contents[0];
        for (int length = 6; length < content.Length; length++)
        {
            AssertRefused("cut.arrow: " + Damaged, folder.Write("cut.arrow", content[..length]));
        }
    }

    [Fact]
    public void Lengths_that_a_file_cannot_have_are_refused_before_memory_is_taken()
    {
        using var folder = new TemporaryFolder();
        byte[] stream = ArrowFiles.Write([SmallBatch()], isFile: false);
        BinaryPrimitives.WriteInt32LittleEndian(stream.AsSpan(4), int.MaxValue - 8);
        AssertRefused("a message at 0 has 2147483639 bytes of", folder.Write("message.arrows", stream));
        byte[] file = ArrowFiles.Write([SmallBatch()]);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(file.Length - 10), int.MaxValue);
        AssertRefused("the list at its end has 2147483647 of", folder.Write("end.arrow", file));
        IArrowArray zeros = ArrowFiles.Values(Int32Type.Default, new int?[12345]);
        byte[] packed = ArrowFiles.Write([ArrowFiles.Batch(("x", zeros))], codec: CompressionCodecType.Zstd);
        byte[] size = BitConverter.GetBytes(12345L * sizeof(int));
        BinaryPrimitives.WriteInt64LittleEndian(packed.AsSpan(packed.AsSpan().IndexOf(size)), int.MaxValue);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("a batch takes more than 268435456 bytes", folder.Write("packed.arrow", packed));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_list_that_is_too_short_is_not_read_beyond_its_end()
    {
        using var folder = new TemporaryFolder();
        IArrowArray views = ArrowFiles.Texts(StringViewType.Default, "a text of more than twelve bytes", "b");
        byte[] content = ArrowFiles.Write([ArrowFiles.Batch(("x", views))], isFile: false);

        // The list of how many buffers each column of views has: one column, one buffer.
        byte[] list = [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0];
        int place = content.AsSpan().IndexOf(list);
        Assert.Equal(place, content.AsSpan().LastIndexOf(list));
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(place), 0);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(place + sizeof(int)), 10_000_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        AssertRefused("views.arrows: " + Damaged, folder.Write("views.arrows", content));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Columns_within_columns_are_followed_to_a_limit_only()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(1, ReadAll(folder.Write("nested.arrow", ArrowFiles.Write([Nested(60)]))));
        AssertRefused(
            "columns within columns are more than 64 deep",
            folder.Write("deep.arrow", ArrowFiles.Write([Nested(64)])));

        static RecordBatch Nested(int depth)
        {
            IArrowArray column = ArrowFiles.Values<int>(Int32Type.Default, 1);
            for (int i = 0; i < depth; i++)
            {
                var type = new StructType([new Field("x", column.Data.DataType, nullable: true)]);
                column = new StructArray(type, 1, [column], ArrowBuffer.Empty);
            }

            return ArrowFiles.Batch(("nested", column), ("number", ArrowFiles.Values<int>(Int32Type.Default, 1)));
        }
    }

    [Fact]
    public void Values_that_lie_outside_of_their_column_are_refused_by_batch_and_column()
    {
        using var folder = new TemporaryFolder();
        IArrowArray good = ArrowFiles.Texts("a", "b");
        AssertBad(
            "bad.arrow, row 4, column x: expected one of the 2 values of its dictionary, got number 2",
            ArrowFiles.Indexed(ArrowFiles.Values<sbyte>(Int8Type.Default, 0, 1), good),
            ArrowFiles.Indexed(ArrowFiles.Values<sbyte>(Int8Type.Default, 1, 2), good));
        AssertBad(
            "bad.arrow, row 1, column x: expected one of the 2 values of its dictionary, got number -1",
            ArrowFiles.Indexed(ArrowFiles.Values<int>(Int32Type.Default, -1, null), good));
        AssertBad(
            "bad.arrow, record batch 2, column x: expected a text within 2 bytes, got one of 2 bytes at 1",
            good,
            ArrowFiles.Build(StringType.Default, [true, true], Bytes(0, 1, 3), [1, 2]));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected a text within 2 bytes, got one of -1 bytes at 2",
            ArrowFiles.Build(StringType.Default, [true, true], Bytes(0, 2, 1), [1, 2]));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected a text within 4 bytes, got one of 13 bytes at -1",
            ArrowFiles.Build(StringViewType.Default, [true], Bytes(13, 0, 0, -1), [1, 2, 3, 4]));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected a text in one of 1 buffers, got buffer 1",
            ArrowFiles.Build(StringViewType.Default, [true], Bytes(13, 0, 1, 0), [1, 2, 3, 4]));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected 9 values, got 8",
            ArrowFiles.Build(BooleanType.Default, [.. Enumerable.Repeat(true, 9)], [0xFF]));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected 2 values, got 1",
            ArrowFiles.Build(Int32Type.Default, [true, true], Bytes(1)));
        AssertBad(
            "bad.arrow, record batch 1, column x: expected at most 76 decimal places, got 77",
            ArrowFiles.Decimals(new Decimal32Type(9, 77), "1"));

        void AssertBad(string message, params IArrowArray[] columns) => AssertRefused(
            message,
            folder.Write(
                "bad.arrow",
                ArrowFiles.Write([.. columns.Select(static column => ArrowFiles.Batch(("x", column)))])));

        static byte[] Bytes(params int[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
    }

    [Fact]
    public void Two_columns_of_one_name_are_refused()
    {
        using var folder = new TemporaryFolder();
        RecordBatch batch = ArrowFiles.Batch(("x", ArrowFiles.Texts("a")), ("x", ArrowFiles.Texts("b")));
        AssertRefused(
            "set.arrow: expected each column once, got x twice", folder.Write("set.arrow", ArrowFiles.Write([batch])));
    }

    private static RecordBatch SmallBatch() => ArrowFiles.Batch(
        ("number", ArrowFiles.Values<float>(FloatType.Default, 1f, null, 3f)),
        ("truth", ArrowFiles.Truths(true, null, false)),
        ("money", ArrowFiles.Decimals(new Decimal128Type(20, 2), "100", "-1", null)),
        ("text", ArrowFiles.Texts("a", null, "b")),
        ("view", ArrowFiles.Texts(StringViewType.Default, "a text of more than twelve bytes", null, "b")),
        ("kind", ArrowFiles.Indexed(
            ArrowFiles.Values<byte>(UInt8Type.Default, 1, 0, null), ArrowFiles.Texts("biscoe", "dream"))));

    // Reads each column by itself as text, and where it has numbers as numbers. The number of rows.
    private static int ReadAll(string path)
    {
        var table = ArrowTable.Open(path);
        InvalidDataException? error = null;
        int rows = 0;
        for (int column = 0; column < table.Columns.Count; column++)
        {
            foreach ((int[] numbers, int[] texts) in ((int[], int[])[])[([column], []), ([], [column])])
            {
                try
                {
                    rows = table.ReadRows(numbers, texts).Count();
                }
                catch (InvalidDataException exception)
                    when (exception.Message.Contains("numbers, got", StringComparison.Ordinal))
                {
                }
                catch (InvalidDataException exception)
                {
                    error ??= exception;
                }
            }
        }

        return error is null ? rows : throw error;
    }

    private static void AssertRefused(string message, string path) => Assert.Contains(
        message, Assert.Throws<InvalidDataException>(() => ReadAll(path)).Message, StringComparison.Ordinal);

    private static byte[] Resource(string name)
    {
        using Stream source = typeof(ArrowDamageTests).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        source.CopyTo(content);
        return content.ToArray();
    }
}
