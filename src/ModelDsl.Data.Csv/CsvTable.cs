using System.Globalization;
using nietras.SeparatedValues;

namespace ModelDsl.Data;

/// <summary>
/// A CSV file with a line of names at the top: fields separated by a character, in quotes where they contain it, as in
/// RFC 4180. It is read anew each time; memory holds one line.
/// </summary>
/// <remarks>
/// <para>
/// Numbers are written as 1.5 or 1e-3, whatever the culture. Spaces around a field do not count. An empty field is
/// missing, and so are texts such as NA. Empty lines are left out.
/// </para>
/// <para>Usage: <c>Dataset train = TableSchema.Fit(table, new TableOptions { Label = "species"
/// }).Load(table);</c></para>
/// </remarks>
public sealed class CsvTable : ITable
{
    private readonly string _path;
    private readonly char _separator;
    private readonly ImmutableArray<string> _missingTexts;
    private readonly string[] _columns;

    private CsvTable(string path, char separator, ImmutableArray<string> missingTexts)
    {
        _path = path;
        _separator = separator;
        _missingTexts = missingTexts;
        using SepReader reader = OpenReader();
        _columns = [.. reader.Header.ColNames.Select(static name => name.Trim())];
        string? twice = _columns.CountBy(static name => name).FirstOrDefault(static pair => pair.Value > 1).Key;
        if (_columns.Length == 0 || _columns.Contains(string.Empty) || twice is not null)
        {
            string got = twice is null or "" ? "an empty one" : $"{PrintableText.Name(twice)} twice";
            throw new InvalidDataException($"{ShownPath}, line 1: expected a name for each column, got {got}");
        }
    }

    /// <summary>Texts that mean a missing value unless others are given: NA, N/A, NaN, null and ?.</summary>
    public static ImmutableArray<string> DefaultMissingTexts { get; } =
        ["NA", "N/A", "NaN", "nan", "null", "NULL", "?"];

    /// <inheritdoc />
    public string Name => _path;

    /// <inheritdoc />
    public string RowName => "line";

    /// <inheritdoc />
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Opens a file and reads the names of its columns.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="missingTexts">
    /// Texts that mean a missing value, beside the empty one. Default: <see cref="DefaultMissingTexts"/>.
    /// </param>
    /// <exception cref="ArgumentException">The separator is a letter, a digit, a point, a sign, a quote, or a control
    /// character other than a tab.</exception>
    /// <exception cref="InvalidDataException">The file is empty, or a name is missing or comes twice.</exception>
    /// <exception cref="IOException">The file is missing, is a folder, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static CsvTable Open(string path, char separator = ',', ImmutableArray<string>? missingTexts = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (char.IsLetterOrDigit(separator)
            || separator is '"' or '.' or '-' or '+'
            || (char.IsControl(separator) && separator != '\t'))
        {
            throw new ArgumentException("expected a separator such as , or ; or a tab", nameof(separator));
        }

        return new CsvTable(path, separator, missingTexts ?? DefaultMissingTexts);
    }

    private string ShownPath => PrintableText.Escape(_path);

    /// <inheritdoc />
    public IEnumerable<TableRow> ReadRows(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(texts);
        return Read(numbers, texts);
    }

    private IEnumerable<TableRow> Read(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        using SepReader reader = OpenReader();
        var row = new TableRow(numbers.Count, texts.Count);
        while (MoveNext(reader, row.Place))
        {
            if (TryFill(row, reader.Current, numbers, texts))
            {
                yield return row;
            }
        }
    }

    private SepReader OpenReader()
    {
        if (Directory.Exists(_path))
        {
            throw new IOException($"{ShownPath}: expected a file, but a folder stands there");
        }

        try
        {
            return Sep.New(_separator).Reader(static options => options with
            {
                Unescape = true,
                DisableColCountCheck = true,
                CultureInfo = CultureInfo.InvariantCulture,
            }).FromFile(_path);
        }
        catch (FileNotFoundException exception)
        {
            throw new FileNotFoundException($"{ShownPath}: expected a file, found none", _path, exception);
        }
        catch (DirectoryNotFoundException exception)
        {
            throw new DirectoryNotFoundException($"{ShownPath}: expected a file in a folder that exists", exception);
        }
        catch (ArgumentException exception)
        {
            // Sep says so of names that come twice.
            throw new InvalidDataException(
                $"{ShownPath}, line 1: expected a name for each column, each once: "
                    + PrintableText.Escape(exception.Message),
                exception);
        }
    }

    private bool MoveNext(SepReader reader, long lastLine)
    {
        try
        {
            return reader.MoveNext();
        }
        catch (Exception exception)
            when (exception is InvalidDataException or NotSupportedException or ArgumentException)
        {
            // A line of many megabytes, as a quote that is never closed makes one.
            throw new InvalidDataException(
                $"{ShownPath}: expected a line of fields after line {lastLine}, got one that is damaged or too long",
                exception);
        }
    }

    private bool TryFill(TableRow row, SepReader.Row fields, IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        row.Place = fields.LineNumberFrom;
        if (fields.ColCount == 1 && fields[0].Span.IsWhiteSpace() && _columns.Length > 1)
        {
            return false;
        }

        if (fields.ColCount != _columns.Length)
        {
            throw new InvalidDataException(
                $"{ShownPath}, line {row.Place}: expected {_columns.Length} fields, got {fields.ColCount}");
        }

        for (int i = 0; i < numbers.Count; i++)
        {
            row.Numbers[i] = ReadNumber(fields[numbers[i]].Span.Trim(), row.Place, numbers[i]);
        }

        for (int i = 0; i < texts.Count; i++)
        {
            ReadOnlySpan<char> text = fields[texts[i]].Span.Trim();
            row.Texts[i] = IsMissing(text) ? null : text.ToString();
        }

        return true;
    }

    private float ReadNumber(ReadOnlySpan<char> text, long line, int column)
    {
        if (IsMissing(text))
        {
            return float.NaN;
        }

        if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number)
            && float.IsFinite(number))
        {
            return number;
        }

        throw new InvalidDataException(
            $"{ShownPath}, line {line}, column {PrintableText.Name(_columns[column])}: expected a number, got "
                + PrintableText.Name(text.ToString()));
    }

    private bool IsMissing(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        foreach (string missing in _missingTexts)
        {
            if (text.SequenceEqual(missing))
            {
                return true;
            }
        }

        return false;
    }
}
