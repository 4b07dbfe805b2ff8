using Parquet;
using Parquet.Schema;

namespace ModelDsl.Data.Tests;

public sealed class ParquetTableTests
{
    [Fact]
    public void Columns_of_all_types_are_read_as_numbers_and_as_texts()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.parquet");
        Write(
            path,
            ("single", new float[] { 1.5f, -2f }),
            ("double", new double[] { 0.25, 1e-3 }),
            ("int", new int[] { 3, -4 }),
            ("long", new long[] { 5, -6 }),
            ("truth", new bool[] { true, false }),
            ("kind", new string[] { "b", "a" }));
        var table = ParquetTable.Open(path);
        Assert.Equal(["single", "double", "int", "long", "truth", "kind"], table.Columns);
        Dataset set = TableSchema.Fit(table, new TableOptions { Label = "kind" }).Load(table);
        Assert.Equal([1.5f, 0.25f, 3f, 5f, 1f], set.GetSample(0));
        Assert.Equal([-2f, 0.001f, -4f, -6f, 0f], set.GetSample(1));
        Assert.Equal([1, 0], [set.GetLabel(0), set.GetLabel(1)]);
        var byNumber = TableSchema.Fit(table, new TableOptions { Label = "int", Features = ["single"] });
        Assert.Equal(["-4", "3"], byNumber.ClassNames.AsEnumerable());
    }

    [Fact]
    public void Null_is_missing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.parquet");
        Write(
            path,
            ("x", new float?[] { 1f, null, 5f }),
            ("y", new int?[] { 2, 3, null }),
            ("kind", new string?[] { "a", "b", "a" }));
        var table = ParquetTable.Open(path);
        var options = new TableOptions { Label = "kind" };
        Dataset skipped = TableSchema.Fit(table, options with { Missing = MissingValues.SkipRow }).Load(table);
        Assert.Equal([1f, 2f], Assert.Single(Enumerable.Range(0, skipped.Count).Select(skipped.GetSample)));
        Dataset replaced = TableSchema.Fit(table, options with { Missing = MissingValues.Replace }).Load(table);
        Assert.Equal([3f, 3f], replaced.GetSample(1));
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => TableSchema.Fit(table, options).Load(table));
        Assert.Contains(
            "set.parquet, row 2, column x: expected a value, got none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_is_missing_as_a_text_too()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.parquet");
        Write(path, ("single", new float[] { float.NaN, 1.5f }), ("double", new double[] { 2d, double.NaN }));
        string?[][] rows = [.. ParquetTable.Open(path).ReadRows([], [0, 1]).Select(static row => row.Texts.ToArray())];
        Assert.Equal([[null, "2"], ["1.5", null]], rows);
    }

    [Fact]
    public async Task Groups_of_rows_follow_each_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.parquet");
        DataField<float> field = new("x");
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(field), file))
        {
            foreach (float[] part in (float[][])[[1f, 2f], [3f]])
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync<float>(field, part);
            }
        }

        var table = ParquetTable.Open(path);
        Dataset set = TableSchema.Fit(table, new TableOptions()).Load(table);
        Assert.Equal([1f, 2f, 3f], Enumerable.Range(0, set.Count).Select(index => set.GetSample(index)[0]));
    }

    [Fact]
    public void What_is_no_Parquet_file_or_no_number_is_refused_by_file_and_column()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(
            "bad.parquet: expected a Parquet file",
            () => ParquetTable.Open(folder.Write("bad.parquet", "PAR1 and no more"u8.ToArray())));
        AssertRefused(
            "empty.parquet: expected a Parquet file", () => ParquetTable.Open(folder.Write("empty.parquet", [])));
        string path = folder.Combine("set.parquet");
        Write(path, ("kind", new string[] { "a" }));
        var table = ParquetTable.Open(path);
        AssertRefused(
            "set.parquet, column kind: expected numbers, got text", () => TableSchema.Fit(table, new TableOptions()));
        byte[] content = File.ReadAllBytes(path);
        AssertRefused(
            "cut.parquet: expected a Parquet file",
            () => ParquetTable.Open(folder.Write("cut.parquet", content[..^9])));
        content.AsSpan(4, 20).Clear();
        var damaged = ParquetTable.Open(folder.Write("damaged.parquet", content));
        AssertRefused(
            "damaged.parquet, row group 1: expected a Parquet file", () => Assert.NotEmpty(damaged.ReadRows([], [0])));
        Assert.Throws<FileNotFoundException>(() => ParquetTable.Open(folder.Combine("none.parquet")));
        Assert.Throws<IOException>(() => ParquetTable.Open(folder.Path));

        static void AssertRefused(string message, Action action) =>
            Assert.Contains(message, Assert.Throws<InvalidDataException>(action).Message, StringComparison.Ordinal);
    }

    /// <summary>Writes columns as one group of rows.</summary>
    internal static void Write(string path, params (string Name, Array Values)[] columns)
    {
        DataField[] fields =
            [.. columns.Select(column => new DataField(column.Name, column.Values.GetType().GetElementType()!))];
        using FileStream file = File.Create(path);
        ParquetWriter writer = ParquetWriter.CreateAsync(new ParquetSchema(fields), file).GetAwaiter().GetResult();
        using (ParquetRowGroupWriter group = writer.CreateRowGroup())
        {
            for (int i = 0; i < columns.Length; i++)
            {
                Task written = columns[i].Values switch
                {
                    float[] values => group.WriteAsync<float>(fields[i], values),
                    double[] values => group.WriteAsync<double>(fields[i], values),
                    int[] values => group.WriteAsync<int>(fields[i], values),
                    long[] values => group.WriteAsync<long>(fields[i], values),
                    bool[] values => group.WriteAsync<bool>(fields[i], values),
                    float?[] values => group.WriteAsync<float>(fields[i], new ReadOnlyMemory<float?>(values)),
                    int?[] values => group.WriteAsync<int>(fields[i], new ReadOnlyMemory<int?>(values)),
                    _ => group.WriteAsync(fields[i], (string[])columns[i].Values),
                };
                written.GetAwaiter().GetResult();
            }
        }

        writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
