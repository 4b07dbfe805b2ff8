namespace ModelDsl.Data;

/// <summary>
/// A file of columns that a library reads, some rows of each at a time: how it is opened, what its errors say, and how
/// columns become rows.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="format">What the file should be, in messages: a Parquet file.</param>
internal sealed class ColumnFile(string path, string format)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;

    private string ShownPath => PrintableText.Escape(Path);

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public FileStream Open() => InputFile.OpenStream(Path);

    /// <summary>Calls the library, which reports damage by exceptions of many kinds.</summary>
    /// <param name="read">The call.</param>
    /// <param name="part">Which part of the file it reads: row group 1.</param>
    /// <exception cref="InvalidDataException">The file is none of its format, or is damaged.</exception>
    public T Attempt<T>(Func<T> read, string? part = null)
    {
        try
        {
            return read();
        }
        catch (ColumnException exception)
        {
            throw new InvalidDataException($"{ShownPath}, {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException and not UnauthorizedAccessException)
        {
            string place = part is null ? ShownPath : $"{ShownPath}, {part}";
            throw new InvalidDataException(
                $"{place}: expected {format}, got one that is none or is damaged "
                    + $"({PrintableText.Escape(exception.Message)})",
                exception);
        }
    }

    /// <summary>The names of the columns, each of which stands for one.</summary>
    /// <exception cref="InvalidDataException">A name comes twice.</exception>
    public string[] CheckNames(IEnumerable<string> names)
    {
        string[] columns = [.. names];
        string? twice = columns.CountBy(static name => name).FirstOrDefault(static pair => pair.Value > 1).Key;
        return twice is null
            ? columns
            : throw new InvalidDataException(
                $"{ShownPath}: expected each column once, got {PrintableText.Name(twice)} twice");
    }

    /// <summary>The rows of columns of one length, which follow the row that is filled last.</summary>
    public static IEnumerable<TableRow> RowsOf(TableRow row, float[][] numbers, string?[][] texts, int count)
    {
        for (int i = 0; i < count; i++)
        {
            row.Place++;
            for (int column = 0; column < numbers.Length; column++)
            {
                row.Numbers[column] = numbers[column][i];
            }

            for (int column = 0; column < texts.Length; column++)
            {
                row.Texts[column] = texts[column][i];
            }

            yield return row;
        }
    }
}

/// <summary>A column cannot be read as what is wanted.</summary>
/// <param name="place">Where: column x.</param>
/// <param name="message">What was expected and what it got.</param>
internal sealed class ColumnException(string place, string message) : Exception($"{place}: {message}");
