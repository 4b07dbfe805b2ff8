using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace ModelDsl.Data;

/// <summary>
/// An Arrow file (Feather version 2; .arrow, .feather) or stream (.arrows) as a table. Memory holds one record batch.
/// Columns that are lists or structures are left out.
/// </summary>
/// <remarks>
/// Numbers of all widths, decimal numbers and truth values (as 0 and 1) are read as numbers; whatever is read as text
/// is written as in a CSV file. Categories of pandas and Polars, which Arrow calls dictionaries, are read as their
/// values. Null is missing, and so is NaN. Files may be compressed by LZ4 or Zstandard.
/// </remarks>
public sealed class ArrowTable : ITable
{
    private readonly ColumnFile _file;
    private readonly string[] _columns;

    private ArrowTable(string path)
    {
        _file = new ColumnFile(path, "an Arrow file or stream");
        using FileStream stream = _file.Open();
        using ArrowStreamReader reader = OpenReader(stream, new ArrowMemory(stream.Length), out _);
        _columns = _file.CheckNames(FieldsOf(reader).Select(static field => field.Field.Name));
    }

    /// <inheritdoc />
    public string Name => _file.Path;

    /// <inheritdoc />
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>
    /// Opens a file or a stream, which it tells apart by their first bytes, and reads the names of its columns.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not an Arrow file or stream, or is damaged, or a name comes
    /// twice.</exception>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ArrowTable Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ArrowTable(path);
    }

    /// <inheritdoc />
    public IEnumerable<TableRow> ReadRows(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(texts);
        return Read(numbers, texts);
    }

    private IEnumerable<TableRow> Read(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        using FileStream stream = _file.Open();
        var memory = new ArrowMemory(stream.Length);
        using ArrowStreamReader reader = OpenReader(stream, memory, out int batchCount);
        (int Index, Field Field)[] fields = FieldsOf(reader);
        (int Index, Field Field)[] numberFields = [.. numbers.Select(column => Wanted(fields, column, isText: false))];
        (int Index, Field Field)[] textFields = [.. texts.Select(column => Wanted(fields, column, isText: true))];
        var row = new TableRow(numbers.Count, texts.Count);
        for (int number = 1; number <= batchCount; number++)
        {
            // Nothing is to be freed: ArrowMemory is the garbage collector's.
            memory.Renew();
            string part = $"record batch {number}";
            RecordBatch batch = _file.Attempt(
                () => reader.ReadNextRecordBatch() ?? throw new InvalidDataException("it ends before its last batch"),
                part);
            long rowsBefore = row.Place;
            float[][] numberColumns = [.. numberFields.Select(field => _file.Attempt(
                () => ColumnOf(field.Field).ReadNumbers(DataOf(batch, field)), part))];
            string?[][] textColumns = [.. textFields.Select(field => _file.Attempt(
                () => ColumnOf(field.Field).ReadTexts(DataOf(batch, field)), part))];
            foreach (TableRow next in ColumnFile.RowsOf(row, numberColumns, textColumns, batch.Length))
            {
                yield return next;
            }

            ArrowColumn ColumnOf(Field field) => new(field.Name, number, rowsBefore);

            ArrayData DataOf(RecordBatch batch, (int Index, Field Field) field)
            {
                ArrayData data = batch.Column(field.Index).Data;
                return data.Length == batch.Length
                    ? data
                    : throw ColumnOf(field.Field).Damage($"expected {batch.Length} rows, got {data.Length}");
            }
        }
    }

    private ArrowStreamReader OpenReader(FileStream stream, ArrowMemory memory, out int batchCount)
    {
        ArrowLayout layout = _file.Attempt(() => ArrowLayout.Check(stream));
        batchCount = layout.BatchCount;
        stream.Position = 0;
        return _file.Attempt(() =>
        {
            var codecs = new CompressionCodecFactory();
            ArrowStreamReader reader = layout.IsFile
                ? new ArrowFileReader(stream, memory, codecs, leaveOpen: true)
                : new ArrowStreamReader(stream, memory, codecs, leaveOpen: true);
            _ = reader.Schema;
            return reader;
        });
    }

    private static (int Index, Field Field)[] FieldsOf(ArrowStreamReader reader) =>
        [.. reader.Schema.FieldsList.Select(static (field, index) => (index, field))
            .Where(static pair => ArrowTypes.IsFlat(pair.field.DataType))];

    private (int Index, Field Field) Wanted((int Index, Field Field)[] fields, int column, bool isText) =>
        _file.Attempt(() =>
        {
            if (column >= fields.Length || fields[column].Field.Name != _columns[column])
            {
                throw new ColumnException($"column {PrintableText.Name(_columns[column])}", "the file has changed");
            }

            ArrowTypes.Check(fields[column].Field, isText);
            return fields[column];
        });
}
