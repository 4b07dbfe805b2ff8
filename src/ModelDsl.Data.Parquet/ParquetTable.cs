using System.Globalization;
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
    private readonly string _path;
    private readonly string[] _columns;

    private ParquetTable(string path)
    {
        _path = path;
        using FileStream file = OpenFile();
        ParquetReader reader = Attempt(() => ParquetReader.CreateAsync(file));
        _columns = [.. ColumnsOf(reader).Select(static field => field.Name)];
        Dispose(reader);
    }

    /// <inheritdoc />
    public string Name => _path;

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

    private string ShownPath => PrintableText.Escape(_path);

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
        using FileStream file = OpenFile();
        ParquetReader reader = Attempt(() => ParquetReader.CreateAsync(file));
        try
        {
            DataField[] fields = ColumnsOf(reader);
            var row = new TableRow(numbers.Count, texts.Count);
            for (int number = 0; number < reader.RowGroupCount; number++)
            {
                using ParquetRowGroupReader group = reader.OpenRowGroupReader(number);
                int count = checked((int)group.RowCount);
                float[][] numberColumns =
                    [.. numbers.Select(column => Attempt(() => ReadNumbers(group, fields[column], count)))];
                string?[][] textColumns =
                    [.. texts.Select(column => Attempt(() => ReadTexts(group, fields[column], count)))];
                for (int i = 0; i < count; i++)
                {
                    row.Place++;
                    for (int column = 0; column < numberColumns.Length; column++)
                    {
                        row.Numbers[column] = numberColumns[column][i];
                    }

                    for (int column = 0; column < textColumns.Length; column++)
                    {
                        row.Texts[column] = textColumns[column][i];
                    }

                    yield return row;
                }
            }
        }
        finally
        {
            Dispose(reader);
        }
    }

    private FileStream OpenFile()
    {
        if (Directory.Exists(_path))
        {
            throw new IOException($"{ShownPath}: expected a file, but a folder stands there");
        }

        try
        {
            return new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"{ShownPath}: expected a file, found none", _path, exception);
        }
    }

    // The library reads asynchronously, and reports damage by exceptions of many kinds.
    private T Attempt<T>(Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (ColumnTypeException exception)
        {
            throw new InvalidDataException($"{ShownPath}, {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{ShownPath}: expected a Parquet file, got one that is none or is damaged "
                    + $"({PrintableText.Escape(exception.Message)})",
                exception);
        }
    }

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
                ReadColumn<bool, float>(group, field, count, static value => value ? 1f : 0f, float.NaN),
            _ => throw new ColumnTypeException(
                $"column {PrintableText.Name(field.Name)}: expected numbers, got {NameOf(field)}"),
        };

    private static Task<float[]> ReadNumbers<T>(ParquetRowGroupReader group, DataField field, int count)
        where T : struct, INumber<T> => ReadColumn<T, float>(group, field, count, float.CreateSaturating, float.NaN);

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
            TypeCode.Boolean => ReadTexts<bool>(group, field, count),
            _ => throw new ColumnTypeException(
                $"column {PrintableText.Name(field.Name)}: expected texts or numbers, got {NameOf(field)}"),
        }).ConfigureAwait(false);
    }

    private static Task<string?[]> ReadTexts<T>(ParquetRowGroupReader group, DataField field, int count)
        where T : struct => ReadColumn<T, string?>(
            group, field, count, static value => Convert.ToString(value, CultureInfo.InvariantCulture), missing: null);

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

    /// <summary>A column cannot be read as what is wanted.</summary>
    private sealed class ColumnTypeException(string message) : Exception(message);
}
