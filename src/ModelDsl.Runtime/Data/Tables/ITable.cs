namespace ModelDsl;

/// <summary>
/// Rows of named columns, such as a CSV file or the result of a query: what a <see cref="TableSchema"/> makes a
/// <see cref="Dataset"/> of. Columns are read as numbers or as texts, as the schema asks.
/// </summary>
public interface ITable
{
    /// <summary>The table's name in messages, such as the path of its file.</summary>
    string Name { get; }

    /// <summary>What messages call a row: "line" of a text file, "row" of others.</summary>
    string RowName => "row";

    /// <summary>The names of the columns, each once.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Reads all rows from the first on.</summary>
    /// <param name="numbers">Which columns are wanted as numbers, by their place in <see cref="Columns"/>.</param>
    /// <param name="texts">Which columns are wanted as texts.</param>
    /// <returns>
    /// The rows. Each may be the same object, filled anew: nobody keeps it. What is missing is
    /// <see cref="float.NaN"/> or null.
    /// </returns>
    /// <exception cref="InvalidDataException">The table is damaged, or what is wanted as a number is none. The message
    /// names table, row and column.</exception>
    /// <exception cref="IOException">The table cannot be read.</exception>
    IEnumerable<TableRow> ReadRows(IReadOnlyList<int> numbers, IReadOnlyList<int> texts);
}

/// <summary>The values of a row that were asked for.</summary>
/// <param name="numbers">How many columns are wanted as numbers.</param>
/// <param name="texts">How many columns are wanted as texts.</param>
public sealed class TableRow(int numbers, int texts)
{
    /// <summary>Where the row stands: the number of its line, or of the row, from 1 on.</summary>
    public long Place { get; set; }

    /// <summary>The numbers in the order in which they were asked for; <see cref="float.NaN"/> for a missing one.</summary>
    public float[] Numbers { get; } = new float[numbers];

    /// <summary>The texts in the order in which they were asked for; null for a missing one.</summary>
    public string?[] Texts { get; } = new string?[texts];
}
