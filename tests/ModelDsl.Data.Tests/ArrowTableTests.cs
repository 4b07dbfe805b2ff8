using System.Globalization;
using System.Numerics;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ModelDsl.Data.Tests;

public sealed class ArrowTableTests
{
    /// <summary>Files and streams, plain and compressed.</summary>
    public static TheoryData<bool, CompressionCodecType?> Forms { get; } = new()
    {
        { true, null },
        { true, CompressionCodecType.Lz4Frame },
        { true, CompressionCodecType.Zstd },
        { false, null },
        { false, CompressionCodecType.Lz4Frame },
        { false, CompressionCodecType.Zstd },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Columns_of_all_types_are_read_as_numbers_and_as_texts(bool isFile, CompressionCodecType? codec)
    {
        (string Name, IArrowArray Values, float[] Numbers, string?[] Texts)[] columns =
        [
            ("half", ArrowFiles.Values<Half>(HalfFloatType.Default, (Half)1.5f, null),
                [1.5f, float.NaN], ["1.5", null]),
            ("float", ArrowFiles.Values<float>(FloatType.Default, null, -2f), [float.NaN, -2f], [null, "-2"]),
            ("double", ArrowFiles.Values<double>(DoubleType.Default, 1e-3, double.NaN),
                [1e-3f, float.NaN], ["0.001", null]),
            Whole<sbyte>("int8", Int8Type.Default),
            Whole<byte>("uint8", UInt8Type.Default),
            Whole<short>("int16", Int16Type.Default),
            Whole<ushort>("uint16", UInt16Type.Default),
            Whole<int>("int32", Int32Type.Default),
            Whole<uint>("uint32", UInt32Type.Default),
            Whole<long>("int64", Int64Type.Default),
            Whole<ulong>("uint64", UInt64Type.Default),
            ("bool", ArrowFiles.Truths(true, false), [1f, 0f], ["True", "False"]),
            ("null", new NullArray(2), [float.NaN, float.NaN], [null, null]),
            ("decimal32", ArrowFiles.Decimals(new Decimal32Type(9, 2), "-5", "1250"),
                [-0.05f, 12.5f], ["-0.05", "12.50"]),
            ("decimal64", ArrowFiles.Decimals(new Decimal64Type(18, 1), null, "15"), [float.NaN, 1.5f], [null, "1.5"]),
            ("decimal128", ArrowFiles.Decimals(new Decimal128Type(38, 0), "-7", "7"), [-7f, 7f], ["-7", "7"]),
            ("decimal256", ArrowFiles.Decimals(new Decimal256Type(76, -2), "3", null),
                [300f, float.NaN], ["300", null]),
        ];
        using var folder = new TemporaryFolder();
        RecordBatch batch = ArrowFiles.Batch([.. columns.Select(static column => (column.Name, column.Values))]);
        var table = ArrowTable.Open(folder.Write("set.arrow", ArrowFiles.Write([batch], isFile, codec)));
        Assert.Equal(columns.Select(static column => column.Name), table.Columns);
        Assert.All(columns, (column, place) =>
        {
            Assert.Equal(column.Numbers, table.ReadRows([place], []).Select(static row => row.Numbers[0]));
            Assert.Equal(column.Texts, table.ReadRows([], [place]).Select(static row => row.Texts[0]));
        });

        static (string Name, IArrowArray Values, float[] Numbers, string?[] Texts) Whole<T>(
            string name, IArrowType type)
            where T : struct, IMinMaxValue<T>, INumber<T>
        {
            string largest = T.MaxValue.ToString(null, CultureInfo.InvariantCulture);
            return (
                name,
                ArrowFiles.Values<T>(type, T.MaxValue, null),
                [float.Parse(largest, CultureInfo.InvariantCulture), float.NaN],
                [largest, null]);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Texts_of_all_layouts_are_read(bool isFile, CompressionCodecType? codec)
    {
        string?[] texts = ["", null, "twelve bytes", "a text of more than twelve bytes, Zürich", "Zürich", null];
        using var folder = new TemporaryFolder();
        RecordBatch batch = ArrowFiles.Batch(
            ("string", ArrowFiles.Texts(texts)),
            ("large", ArrowFiles.Texts(LargeStringType.Default, texts)),
            ("view", ArrowFiles.Texts(StringViewType.Default, texts)));
        var table = ArrowTable.Open(folder.Write("set.arrow", ArrowFiles.Write([batch], isFile, codec)));
        TableRow[] rows = [.. table.ReadRows([], [0, 1, 2]).Select(Copy)];
        Assert.All(rows, (row, index) => Assert.All(row.Texts, text => Assert.Equal(texts[index], text)));
        Assert.Equal(texts.Length, rows.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Dictionaries_are_read_as_their_values_whatever_the_type_of_their_indices(bool isFile)
    {
        (string, IArrowArray)[] columns =
        [
            Indexed<sbyte>(Int8Type.Default),
            Indexed<byte>(UInt8Type.Default),
            Indexed<short>(Int16Type.Default),
            Indexed<ushort>(UInt16Type.Default),
            Indexed<int>(Int32Type.Default),
            Indexed<uint>(UInt32Type.Default),
            Indexed<long>(Int64Type.Default),
            Indexed<ulong>(UInt64Type.Default),
        ];
        (string, IArrowArray) numbers = (
            "numbers",
            ArrowFiles.Indexed(
                ArrowFiles.Values<int>(Int32Type.Default, 1, null, 0, 1),
                ArrowFiles.Values<double>(DoubleType.Default, 0.5, 2.5)));
        using var folder = new TemporaryFolder();
        RecordBatch batch = ArrowFiles.Batch([.. columns, numbers]);
        var table = ArrowTable.Open(folder.Write("set.arrow", ArrowFiles.Write([batch, batch], isFile)));
        string?[] expected = ["dream", null, null, "biscoe"];
        for (int column = 0; column < columns.Length; column++)
        {
            Assert.Equal([.. expected, .. expected], table.ReadRows([], [column]).Select(static row => row.Texts[0]));
        }

        Assert.Equal(
            [2.5f, float.NaN, 0.5f, 2.5f],
            table.ReadRows([8], []).Take(4).Select(static row => row.Numbers[0]));

        // The values are biscoe, null and dream.
        static (string, IArrowArray) Indexed<T>(IArrowType type)
            where T : struct, INumber<T> => (
                typeof(T).Name,
                ArrowFiles.Indexed(
                    ArrowFiles.Values<T>(type, T.CreateChecked(2), null, T.One, T.Zero),
                    ArrowFiles.Texts("biscoe", null, "dream")));
    }

    [Fact]
    public void Dictionaries_of_a_stream_may_be_replaced_and_extended()
    {
        using var folder = new TemporaryFolder();
        byte[] first = Stream("biscoe", "dream");
        byte[] second = Stream("torgersen", "dream");
        int schema = 8 + BitConverter.ToInt32(first, 4);
        string replaced = folder.Write("replaced.arrows", [.. first[..^8], .. second[schema..]]);
        Assert.Equal(["biscoe", "dream", "torgersen", "dream"], TextsOf(replaced));
        Assert.Equal(["dream", "biscoe", null, "torgersen", "dream"], TextsOf(Copy(folder, "delta.arrows")));

        static byte[] Stream(params string[] values) => ArrowFiles.Write(
            [
                ArrowFiles.Batch((
                    "island",
                    ArrowFiles.Indexed(
                        ArrowFiles.Values<sbyte>(Int8Type.Default, 0, 1), ArrowFiles.Texts(values)))),
            ],
            isFile: false);

        static IEnumerable<string?> TextsOf(string path) =>
            ArrowTable.Open(path).ReadRows([], [0]).Select(static row => row.Texts[0]);
    }

    [Theory]
    [InlineData("polars-lz4.arrow")]
    [InlineData("polars-zstd.arrow")]
    [InlineData("polars.arrows")]
    public void Files_of_Polars_are_read(string name)
    {
        using var folder = new TemporaryFolder();
        var table = ArrowTable.Open(Copy(folder, name));
        Assert.Equal(["bill", "male", "species", "mass", "island", "day"], table.Columns);
        TableRow[] rows = [.. table.ReadRows([0, 1, 3], [2, 4]).Select(Copy)];
        Assert.Equal(60, rows.Length);
        Assert.Equal(60, rows[^1].Place);
        Assert.Equal([39.5f, 1f, 3750f], rows[4].Numbers);
        Assert.Equal([float.NaN, 0f, 3800f], rows[5].Numbers);
        Assert.Equal(["gentoo", "biscoe"], rows[5].Texts.AsEnumerable());
        Assert.Equal(["a species whose name takes more than twelve bytes", null], rows[6].Texts.AsEnumerable());
        Assert.Equal([null, "dream"], rows[7].Texts.AsEnumerable());
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Record_batches_follow_each_other(bool isFile, CompressionCodecType? codec)
    {
        using var folder = new TemporaryFolder();
        RecordBatch[] batches =
        [
            .. ((float?[][])[[1f, 2f], [], [3f]])
                .Select(static part => ArrowFiles.Batch(("x", ArrowFiles.Values(FloatType.Default, part)))),
        ];
        var table = ArrowTable.Open(folder.Write("set.arrow", ArrowFiles.Write(batches, isFile, codec)));
        Assert.Equal(
            [(1L, 1f), (2L, 2f), (3L, 3f)], table.ReadRows([0], []).Select(static row => (row.Place, row.Numbers[0])));
    }

    [Fact]
    public void A_schema_makes_classes_and_categories_of_texts_and_finds_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("set.arrow", ArrowFiles.Write(
        [
            ArrowFiles.Batch(
                ("island", ArrowFiles.Indexed(
                    ArrowFiles.Values<sbyte>(Int8Type.Default, 1, 0, 1), ArrowFiles.Texts("biscoe", "dream"))),
                ("bill", ArrowFiles.Values<double>(DoubleType.Default, 39.5, null, 40.5)),
                ("species", ArrowFiles.Texts("gentoo", "adelie", "gentoo")),
                ("year", ArrowFiles.Values<short>(Int16Type.Default, 2008, 2007, 2008))),
        ]));
        var table = ArrowTable.Open(path);
        var options = new TableOptions { Label = "species", Categories = ["island"], Ignored = ["year"] };
        var schema = TableSchema.Fit(table, options with { Missing = MissingValues.Replace });
        Dataset set = schema.Load(table);
        Assert.Equal(["island=biscoe", "island=dream", "bill"], schema.FeatureNames.AsEnumerable());
        Assert.Equal(["adelie", "gentoo"], schema.ClassNames.AsEnumerable());
        Assert.Equal([0f, 1f, 39.5f], set.GetSample(0));
        Assert.Equal([1f, 0f, 40f], set.GetSample(1));
        Assert.Equal([1, 0, 1], Enumerable.Range(0, set.Count).Select(set.GetLabel));
        Dataset skipped = TableSchema.Fit(table, options with { Missing = MissingValues.SkipRow }).Load(table);
        Assert.Equal(2, skipped.Count);
        InvalidDataException error =
            Assert.Throws<InvalidDataException>(() => TableSchema.Fit(table, options).Load(table));
        Assert.Contains(
            "set.arrow, row 2, column bill: expected a value, got none", error.Message, StringComparison.Ordinal);
        var byYear = TableSchema.Fit(table, new TableOptions { Label = "year", Features = ["bill"] });
        Assert.Equal(["2007", "2008"], byYear.ClassNames.AsEnumerable());
    }

    [Fact]
    public void Lists_and_structures_are_left_out_and_other_types_are_refused_by_column()
    {
        using var folder = new TemporaryFolder();
        var list = new ListArray.Builder(Int32Type.Default);
        list.Append();
        IArrowArray number = ArrowFiles.Values<int>(Int32Type.Default, 7);
        var structure = new StructArray(
            new StructType([new Field("a", Int32Type.Default, true)]), 1, [number], ArrowBuffer.Empty);
        RecordBatch batch = ArrowFiles.Batch(
            ("list", list.Build()),
            ("structure", structure),
            ("day", ArrowFiles.Values<int>(Date32Type.Default, 1)),
            ("moment", ArrowFiles.Values<long>(new TimestampType(TimeUnit.Second, "UTC"), 1)),
            ("bytes", ArrowFiles.Build(BinaryType.Default, [true], new byte[8], [])),
            ("kind", ArrowFiles.Texts("a")),
            ("number", number));
        var table = ArrowTable.Open(folder.Write("set.arrow", ArrowFiles.Write([batch])));
        Assert.Equal(["day", "moment", "bytes", "kind", "number"], table.Columns);
        Assert.Equal(7f, Assert.Single(table.ReadRows([4], [])).Numbers[0]);
        AssertRefused("set.arrow, column day: expected numbers, got date32", [0], []);
        AssertRefused("set.arrow, column moment: expected texts or numbers, got timestamp", [], [1]);
        AssertRefused("set.arrow, column bytes: expected texts or numbers, got bytes", [], [2]);
        AssertRefused("set.arrow, column kind: expected numbers, got text", [3], []);

        void AssertRefused(string message, int[] numbers, int[] texts) => Assert.Contains(
            message,
            Assert.Throws<InvalidDataException>(() => table.ReadRows(numbers, texts).ToArray()).Message,
            StringComparison.Ordinal);
    }

    private static string Copy(TemporaryFolder folder, string name)
    {
        using Stream source = typeof(ArrowTableTests).Assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        source.CopyTo(content);
        return folder.Write(name, content.ToArray());
    }

    private static TableRow Copy(TableRow row)
    {
        var copy = new TableRow(row.Numbers.Length, row.Texts.Length) { Place = row.Place };
        row.Numbers.CopyTo(copy.Numbers, 0);
        row.Texts.CopyTo(copy.Texts, 0);
        return copy;
    }
}
