using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelDsl.Data;

/// <summary>
/// ML.NET's <see cref="IDataView"/> as a table: whatever its loaders and transforms make can train a model here.
/// </summary>
/// <remarks>
/// A column that is a vector of known length counts as that many columns, <c>Features[0]</c>, <c>Features[1]</c> and so
/// on, which <see cref="ColumnsOf"/> lists. Numbers of all widths, truth values (as 0 and 1) and keys (as the number of
/// the key, from 0 on) are read as numbers. A key is read as text by the value that it stands for, where the column
/// says so. NaN, a missing key and an empty text are missing. Other columns, such as images and dates, are left out.
/// </remarks>
public sealed class DataViewTable : ITable
{
    private readonly IDataView _view;
    private readonly Cell[] _cells;
    private readonly string[] _columns;

    /// <summary>A view as a table. Rows are read when the table is.</summary>
    /// <param name="view">The view.</param>
    /// <param name="name">The table's name in messages.</param>
    public DataViewTable(IDataView view, string name = "data view")
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(name);
        _view = view;
        Name = name;
        _cells = [.. view.Schema.Where(static column => !column.IsHidden).SelectMany(CellsOf)];
        _columns = [.. _cells.Select(static cell => cell.Name)];
    }

    /// <inheritdoc />
    public string Name { get; }

    /// <inheritdoc />
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>The names of the columns that a vector counts as, to be given to <see cref="TableOptions"/>.</summary>
    /// <param name="column">The name of a column of the view; a column that is no vector counts as itself.</param>
    /// <exception cref="ArgumentException">There is no such column, or it is left out.</exception>
    public IReadOnlyList<string> ColumnsOf(string column)
    {
        string[] names = [.. _cells.Where(cell => cell.Column.Name == column).Select(static cell => cell.Name)];
        return names.Length > 0
            ? names
            : throw new ArgumentException(
                $"{PrintableText.Escape(Name)}: expected a column of numbers, truth values, keys or texts, got "
                    + PrintableText.Name(column),
                nameof(column));
    }

    /// <inheritdoc />
    public IEnumerable<TableRow> ReadRows(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentNullException.ThrowIfNull(texts);
        return Read(numbers, texts);
    }

    private static IEnumerable<Cell> CellsOf(DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            return IsReadable(column.Type) ? [new Cell(column, Slot: null)] : [];
        }

        return IsReadable(vector.ItemType)
            ? Enumerable.Range(0, vector.Size).Select(slot => new Cell(column, slot))
            : [];
    }

    private static bool IsReadable(DataViewType type) =>
        type is NumberDataViewType or BooleanDataViewType or KeyDataViewType or TextDataViewType;

    private IEnumerable<TableRow> Read(IReadOnlyList<int> numbers, IReadOnlyList<int> texts)
    {
        DataViewSchema.Column[] wanted =
            [.. numbers.Concat(texts).Select(cell => _cells[cell].Column).DistinctBy(static column => column.Index)];
        using DataViewRowCursor cursor = _view.GetRowCursor(wanted);
        Dictionary<int, IColumnReader> readers = wanted.ToDictionary(
            static column => column.Index, column => ReaderOf(cursor, column));
        var row = new TableRow(numbers.Count, texts.Count);
        while (cursor.MoveNext())
        {
            row.Place = cursor.Position + 1;
            foreach (IColumnReader reader in readers.Values)
            {
                reader.Read();
            }

            for (int i = 0; i < numbers.Count; i++)
            {
                Cell cell = _cells[numbers[i]];
                row.Numbers[i] = readers[cell.Column.Index].NumberAt(cell.Slot ?? 0)
                    ?? throw new InvalidDataException(
                        $"{PrintableText.Escape(Name)}, row {row.Place}, column {PrintableText.Name(cell.Name)}: "
                            + "expected a number, got text");
            }

            for (int i = 0; i < texts.Count; i++)
            {
                Cell cell = _cells[texts[i]];
                row.Texts[i] = readers[cell.Column.Index].TextAt(cell.Slot ?? 0);
            }

            yield return row;
        }
    }

    private static IColumnReader ReaderOf(DataViewRow row, DataViewSchema.Column column)
    {
        DataViewType type = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        if (type is TextDataViewType)
        {
            return new ColumnReader<ReadOnlyMemory<char>>(
                row, column, static _ => null, static text => text.IsEmpty ? null : text.ToString());
        }

        if (type is KeyDataViewType)
        {
            return ReaderOfKeys(row, column, type.RawType);
        }

        return Type.GetTypeCode(type.RawType) switch
        {
            TypeCode.Boolean => new ColumnReader<bool>(
                row, column, static value => CellValue.Number(value), CellValue.Text),
            TypeCode.Single => new ColumnReader<float>(row, column, static value => value, CellValue.Text),
            TypeCode.Double => new ColumnReader<double>(
                row, column, static value => CellValue.Number(value), CellValue.Text),
            TypeCode.SByte => new ColumnReader<sbyte>(row, column, static value => value, CellValue.Text),
            TypeCode.Byte => new ColumnReader<byte>(row, column, static value => value, CellValue.Text),
            TypeCode.Int16 => new ColumnReader<short>(row, column, static value => value, CellValue.Text),
            TypeCode.UInt16 => new ColumnReader<ushort>(row, column, static value => value, CellValue.Text),
            TypeCode.Int32 => new ColumnReader<int>(row, column, static value => value, CellValue.Text),
            TypeCode.UInt32 => new ColumnReader<uint>(row, column, static value => value, CellValue.Text),
            TypeCode.Int64 => new ColumnReader<long>(row, column, static value => value, CellValue.Text),
            _ => new ColumnReader<ulong>(row, column, static value => value, CellValue.Text),
        };
    }

    // A key counts from 1 on; 0 is missing.
    private static IColumnReader ReaderOfKeys(DataViewRow row, DataViewSchema.Column column, Type rawType)
    {
        string[] names = NamesOfKeys(column);
        return Type.GetTypeCode(rawType) switch
        {
            TypeCode.Byte => new ColumnReader<byte>(row, column, static key => Number(key), key => Name(key)),
            TypeCode.UInt16 => new ColumnReader<ushort>(row, column, static key => Number(key), key => Name(key)),
            TypeCode.UInt32 => new ColumnReader<uint>(row, column, static key => Number(key), key => Name(key)),
            _ => new ColumnReader<ulong>(row, column, static key => Number(key), key => Name(key)),
        };

        static float Number(ulong key) => key == 0 ? float.NaN : key - 1;

        string? Name(ulong key) => key == 0 ? null
            : key <= (ulong)names.Length ? names[key - 1]
            : (key - 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string[] NamesOfKeys(DataViewSchema.Column column)
    {
        const string KeyValues = "KeyValues";
        if (column.Annotations.Schema.GetColumnOrNull(KeyValues)
            is not { Type: VectorDataViewType { ItemType: TextDataViewType } })
        {
            return [];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.Annotations.GetValue(KeyValues, ref names);
        return [.. names.DenseValues().Select(static name => name.ToString())];
    }

    /// <summary>One value of each row: a column, or a slot of a vector.</summary>
    private sealed record Cell(DataViewSchema.Column Column, int? Slot)
    {
        public string Name =>
            Slot is { } slot ? $"{Column.Name}[{slot.ToString(CultureInfo.InvariantCulture)}]" : Column.Name;
    }

    /// <summary>Reads a column of the row that a cursor is at.</summary>
    private interface IColumnReader
    {
        /// <summary>Reads the row.</summary>
        void Read();

        /// <summary>A value as a number, NaN where it is missing, null where it is none.</summary>
        float? NumberAt(int slot);

        /// <summary>A value as text, null where it is missing.</summary>
        string? TextAt(int slot);
    }

    /// <summary>Reads a column of one type.</summary>
    private sealed class ColumnReader<T> : IColumnReader
    {
        private readonly Func<T, float?> _number;
        private readonly Func<T, string?> _text;
        private readonly ValueGetter<T>? _scalar;
        private readonly ValueGetter<VBuffer<T>>? _vector;
        private VBuffer<T> _slots;
        private T _value = default!;

        public ColumnReader(
            DataViewRow row, DataViewSchema.Column column, Func<T, float?> number, Func<T, string?> text)
        {
            _number = number;
            _text = text;
            if (column.Type is VectorDataViewType)
            {
                _vector = row.GetGetter<VBuffer<T>>(column);
            }
            else
            {
                _scalar = row.GetGetter<T>(column);
            }
        }

        public void Read()
        {
            _scalar?.Invoke(ref _value);
            _vector?.Invoke(ref _slots);
        }

        public float? NumberAt(int slot) => _number(At(slot));

        public string? TextAt(int slot) => _text(At(slot));

        private T At(int slot) => _vector is null ? _value : _slots.GetItemOrDefault(slot);
    }
}
