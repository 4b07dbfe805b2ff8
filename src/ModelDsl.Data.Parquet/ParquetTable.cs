using System.Numerics;
using Parquet;
using Parquet.Schema;

namespace ModelDsl.Data;

/// <summary>
/// A Parquet file as a table. Memory holds one group of rows, and of it only the columns that are wanted. Columns that
/// are lists or structures are left out.
/// </summary>
/// <remarks>
/// Numbers of all widths and truth values (as 0 and 1) are read as numbers; whatever is read as text is written as
/// in a CSV file. Null is missing, and so is NaN.
/// </remarks>
public sealed class ParquetTable : ITable
{
    private readonly ColumnFile _file;
    private readonly string[] _columns;

    private ParquetTable(string path)
    {
        _file = new ColumnFile(path, "a Parquet file");
        using FileStream stream = _file.Open();
        ParquetReader reader = Attempt(() => ParquetReader.CreateAsync(stream));
        _columns = _file.CheckNames(ColumnsOf(reader).Select(static field => field.Name));
        Dispose(reader);
    }

    /// <inheritdoc />
    public string Name => _file.Path;

    /// <inheritdoc />
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Opens a file and reads the names of its columns.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a Parquet file, or is damaged.</exception>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ParquetTable Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new ParquetTable(path);
    }

    /// <inheritdoc />
    public IEnumerable<TableRow> ReadRows(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(texts);
        return Read(numbers, texts);
    }

    private static DataField[] ColumnsOf(ParquetReader reader) =>
        [.. reader.Schema.Fields.OfType<DataField>().Where(static field => !field.IsArray)];

    private static void Dispose(ParquetReader reader) => reader.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private IEnumerable<TableRow> Read(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        using FileStream stream = _file.Open();
        ParquetReader reader = Attempt(() => ParquetReader.CreateAsync(stream));
        try
        {
            DataField[] fields = ColumnsOf(reader);
            var row = new TableRow(numbers.Count, texts.Count);
            for (int number = 0; number < reader.RowGroupCount; number++)
            {
                string part = $"row group {number + 1}";
                int place = number;
                using ParquetRowGroupReader group = _file.Attempt(() => reader.OpenRowGroupReader(place), part);
                int count = _file.Attempt(() => checked((int)group.RowCount), part);
                float[][] numberColumns =
                    [.. numbers.Select(column => Attempt(() => ReadNumbers(group, fields[column], count), part))];
                string?[][] textColumns =
                    [.. texts.Select(column => Attempt(() => ReadTexts(group, fields[column], count), part))];
                foreach (TableRow next in ColumnFile.RowsOf(row, numberColumns, textColumns, count))
                {
                    yield return next;
                }
            }
        }
        finally
        {
            Dispose(reader);
        }
    }

    // The library reads asynchronously.
    private T Attempt<T>(Func<Task<T>> read, string? part = null) =>
        _file.Attempt(() => read().GetAwaiter().GetResult(), part);

    private static bool IsText(DataField field) =>
        field.ClrType == typeof(string) || field.ClrType == typeof(ReadOnlyMemory<char>);

    private static string NameOf(DataField field) =>
        IsText(field) ? "text" : field.ClrType == typeof(ReadOnlyMemory<byte>) ? "bytes" : field.ClrType.Name;

    private static Task<float[]> ReadNumbers(ParquetRowGroupReader group, DataField field, int count) =>
        Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Single => ReadNumbers<float>(group, field, count),
            TypeCode.Double => ReadNumbers<double>(group, field, count),
            TypeCode.Decimal => ReadNumbers<decimal>(group, field, count),
            TypeCode.SByte => ReadNumbers<sbyte>(group, field, count),
            TypeCode.Byte => ReadNumbers<byte>(group, field, count),
            TypeCode.Int16 => ReadNumbers<short>(group, field, count),
            TypeCode.UInt16 => ReadNumbers<ushort>(group, field, count),
            TypeCode.Int32 => ReadNumbers<int>(group, field, count),
            TypeCode.UInt32 => ReadNumbers<uint>(group, field, count),
            TypeCode.Int64 => ReadNumbers<long>(group, field, count),
            TypeCode.UInt64 => ReadNumbers<ulong>(group, field, count),
            TypeCode.Boolean =>
                ReadColumn<bool, float>(group, field, count, CellValue.Number, float.NaN),
            _ => throw new ColumnException(
                $"column {PrintableText.Name(field.Name)}", $"expected numbers, got {NameOf(field)}"),
        };

    private static Task<float[]> ReadNumbers<T>(ParquetRowGroupReader group, DataField field, int count)
        where T : struct, INumber<T> => ReadColumn<T, float>(group, field, count, CellValue.Number, float.NaN);

    private static async Task<string?[]> ReadTexts(ParquetRowGroupReader group, DataField field, int count)
    {
        if (IsText(field))
        {
            string?[] texts = new string?[count];
            await group.ReadAsync(field, new Memory<string?>(texts)).ConfigureAwait(false);
            return texts;
        }

        return await (Type.GetTypeCode(field.ClrType) switch
        {
            TypeCode.Int16 => ReadTexts<short>(group, field, count),
            TypeCode.UInt16 => ReadTexts<ushort>(group, field, count),
            TypeCode.Int32 => ReadTexts<int>(group, field, count),
            TypeCode.UInt32 => ReadTexts<uint>(group, field, count),
            TypeCode.Int64 => ReadTexts<long>(group, field, count),
            TypeCode.UInt64 => ReadTexts<ulong>(group, field, count),
            TypeCode.Byte => ReadTexts<byte>(group, field, count),
            TypeCode.SByte => ReadTexts<sbyte>(group, field, count),
            TypeCode.Single => ReadTexts<float>(group, field, count),
            TypeCode.Double => ReadTexts<double>(group, field, count),
            TypeCode.Decimal => ReadTexts<decimal>(group, field, count),
            TypeCode.Boolean => ReadColumn<bool, string?>(group, field, count, CellValue.Text, missing: null),
            _ => throw new ColumnException(
                $"column {PrintableText.Name(field.Name)}", $"expected texts or numbers, got {NameOf(field)}"),
        }).ConfigureAwait(false);
    }

    private static Task<string?[]> ReadTexts<T>(ParquetRowGroupReader group, DataField field, int count)
        where T : struct, INumber<T> => ReadColumn<T, string?>(group, field, count, CellValue.Text, missing: null);

    private static async Task<TResult[]> ReadColumn<T, TResult>(
        ParquetRowGroupReader group, DataField field, int count, Func<T, TResult> convert, TResult missing)
        where T : struct
    {
        var results = new TResult[count];
        if (field.IsNullable)
        {
            var values = new T?[count];
            await group.ReadAsync(field, new Memory<T?>(values)).ConfigureAwait(false);
            for (int i = 0; i < count; i++)
            {
                results[i] = values[i] is { } value ? convert(value) : missing;
            }
        }
        else
        {
            var values = new T[count];
            await group.ReadAsync(field, new Memory<T>(values)).ConfigureAwait(false);
            for (int i = 0; i < count; i++)
            {
                results[i] = convert(values[i]);
            }
        }

        return results;
    }
}
