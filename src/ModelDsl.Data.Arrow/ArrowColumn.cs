using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace ModelDsl.Data;

/// <summary>
/// A column of a record batch. Its values are read from the buffers, as the library does not check what they refer to.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="batch">The number of the batch, from 1 on.</param>
/// <param name="rowsBefore">How many rows the batches before have.</param>
internal sealed class ArrowColumn(string name, int batch, long rowsBefore)
{
    // The widest decimal numbers have 76 digits.
    private const int MostDecimalPlaces = 76;

    /// <summary>The values as numbers.</summary>
    /// <exception cref="ColumnException">The column is damaged.</exception>
    public float[] ReadNumbers(ArrayData data) => ArrowTypes.StorageOf(data.DataType).TypeId switch
    {
        ArrowTypeId.Dictionary => ReadIndexed(data, ReadNumbers(data.Dictionary), float.NaN),
        ArrowTypeId.Int8 => ReadNumbers<sbyte>(data),
        ArrowTypeId.UInt8 => ReadNumbers<byte>(data),
        ArrowTypeId.Int16 => ReadNumbers<short>(data),
        ArrowTypeId.UInt16 => ReadNumbers<ushort>(data),
        ArrowTypeId.Int32 => ReadNumbers<int>(data),
        ArrowTypeId.UInt32 => ReadNumbers<uint>(data),
        ArrowTypeId.Int64 => ReadNumbers<long>(data),
        ArrowTypeId.UInt64 => ReadNumbers<ulong>(data),
        ArrowTypeId.HalfFloat => ReadNumbers<Half>(data),
        ArrowTypeId.Float => ReadNumbers<float>(data),
        ArrowTypeId.Double => ReadNumbers<double>(data),
        ArrowTypeId.Boolean => ReadBits(data, CellValue.Number, float.NaN),
        ArrowTypeId.Null => [.. Enumerable.Repeat(float.NaN, data.Length)],
        _ => [.. ReadDecimals(data).Select(static text =>
            text is null ? float.NaN : float.Parse(text, CultureInfo.InvariantCulture))],
    };

    /// <summary>The values as texts.</summary>
    /// <exception cref="ColumnException">The column is damaged.</exception>
    public string?[] ReadTexts(ArrayData data) => ArrowTypes.StorageOf(data.DataType).TypeId switch
    {
        ArrowTypeId.Dictionary => ReadIndexed(data, ReadTexts(data.Dictionary), missing: null),
        ArrowTypeId.String => ReadStrings<int>(data),
        ArrowTypeId.LargeString => ReadStrings<long>(data),
        ArrowTypeId.StringView => ReadViews(data),
        ArrowTypeId.Int8 => ReadTexts<sbyte>(data),
        ArrowTypeId.UInt8 => ReadTexts<byte>(data),
        ArrowTypeId.Int16 => ReadTexts<short>(data),
        ArrowTypeId.UInt16 => ReadTexts<ushort>(data),
        ArrowTypeId.Int32 => ReadTexts<int>(data),
        ArrowTypeId.UInt32 => ReadTexts<uint>(data),
        ArrowTypeId.Int64 => ReadTexts<long>(data),
        ArrowTypeId.UInt64 => ReadTexts<ulong>(data),
        ArrowTypeId.HalfFloat => ReadTexts<Half>(data),
        ArrowTypeId.Float => ReadTexts<float>(data),
        ArrowTypeId.Double => ReadTexts<double>(data),
        ArrowTypeId.Boolean => ReadBits<string?>(data, CellValue.Text, missing: null),
        ArrowTypeId.Null => new string?[data.Length],
        _ => ReadDecimals(data),
    };

    /// <summary>What is wrong with the column of this batch.</summary>
    public ColumnException Damage(string message) =>
        new($"record batch {batch}, column {PrintableText.Name(name)}", message);

    private float[] ReadNumbers<T>(ArrayData data)
        where T : struct, INumberBase<T> => Read<T, float>(data, CellValue.Number, float.NaN);

    private string?[] ReadTexts<T>(ArrayData data)
        where T : struct, INumberBase<T> => Read<T, string?>(data, CellValue.Text, missing: null);

    private TResult[] Read<T, TResult>(ArrayData data, Func<T, TResult> convert, TResult missing)
        where T : struct
    {
        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<T> values = ValuesOf<T>(data);
        var results = new TResult[data.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = IsSet(present, data.Offset + i) ? convert(values[i]) : missing;
        }

        return results;
    }

    private TResult[] ReadBits<TResult>(ArrayData data, Func<bool, TResult> convert, TResult missing)
    {
        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<byte> values = BufferOf(data, 1);
        Require(data.Offset + (long)data.Length, values.Length * 8L);
        var results = new TResult[data.Length];
        for (int i = 0; i < results.Length; i++)
        {
            int place = data.Offset + i;
            results[i] = IsSet(present, place) ? convert(IsSet(values, place)) : missing;
        }

        return results;
    }

    private TResult[] ReadIndexed<TResult>(ArrayData data, TResult[] values, TResult missing) =>
        ((DictionaryType)ArrowTypes.StorageOf(data.DataType)).IndexType.TypeId switch
        {
            ArrowTypeId.Int8 => ReadIndexed<sbyte, TResult>(data, values, missing),
            ArrowTypeId.UInt8 => ReadIndexed<byte, TResult>(data, values, missing),
            ArrowTypeId.Int16 => ReadIndexed<short, TResult>(data, values, missing),
            ArrowTypeId.UInt16 => ReadIndexed<ushort, TResult>(data, values, missing),
            ArrowTypeId.Int32 => ReadIndexed<int, TResult>(data, values, missing),
            ArrowTypeId.UInt32 => ReadIndexed<uint, TResult>(data, values, missing),
            ArrowTypeId.Int64 => ReadIndexed<long, TResult>(data, values, missing),
            _ => ReadIndexed<ulong, TResult>(data, values, missing),
        };

    private TResult[] ReadIndexed<TIndex, TResult>(ArrayData data, TResult[] values, TResult missing)
        where TIndex : struct, INumberBase<TIndex>
    {
        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<TIndex> indices = ValuesOf<TIndex>(data);
        var results = new TResult[data.Length];
        for (int i = 0; i < results.Length; i++)
        {
            if (!IsSet(present, data.Offset + i))
            {
                results[i] = missing;
                continue;
            }

            long index = long.CreateSaturating(indices[i]);
            results[i] = index >= 0 && index < values.Length
                ? values[index]
                : throw new ColumnException(
                    $"row {rowsBefore + i + 1}, column {PrintableText.Name(name)}",
                    $"expected one of the {values.Length} values of its dictionary, got number {index}");
        }

        return results;
    }

    // Texts lie behind each other; offsets say where each begins and where the last one ends.
    private string?[] ReadStrings<TOffset>(ArrayData data)
        where TOffset : struct, INumberBase<TOffset>
    {
        if (data.Length == 0)
        {
            return [];
        }

        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<TOffset> offsets = ValuesOf<TOffset>(data, data.Length + 1L);
        ReadOnlySpan<byte> bytes = BufferOf(data, 2);
        string?[] texts = new string?[data.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (IsSet(present, data.Offset + i))
            {
                long start = long.CreateSaturating(offsets[i]);
                texts[i] = TextOf(bytes, start, long.CreateSaturating(offsets[i + 1]) - start);
            }
        }

        return texts;
    }

    // A view has 16 bytes: the length of its text, then a text of up to 12 bytes, or else its first 4 bytes, and the
    // buffer and the place where it lies.
    private string?[] ReadViews(ArrayData data)
    {
        const int LongestInView = 12;
        const int FirstBuffer = 2;
        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<Int128> views = ValuesOf<Int128>(data);
        string?[] texts = new string?[data.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!IsSet(present, data.Offset + i))
            {
                continue;
            }

            ReadOnlySpan<byte> view = MemoryMarshal.AsBytes(views.Slice(i, 1));
            ReadOnlySpan<int> parts = MemoryMarshal.Cast<byte, int>(view);
            if (parts[0] <= LongestInView)
            {
                texts[i] = TextOf(view[sizeof(int)..], start: 0, parts[0]);
            }
            else
            {
                int buffer = parts[2] >= 0 && parts[2] < data.Buffers.Length - FirstBuffer
                    ? FirstBuffer + parts[2]
                    : throw Damage(
                        $"expected a text in one of {data.Buffers.Length - FirstBuffer} buffers, "
                            + $"got buffer {parts[2]}");
                texts[i] = TextOf(BufferOf(data, buffer), parts[3], parts[0]);
            }
        }

        return texts;
    }

    private string TextOf(ReadOnlySpan<byte> bytes, long start, long length) =>
        start >= 0 && length >= 0 && length <= bytes.Length && start <= bytes.Length - length
            ? Encoding.UTF8.GetString(bytes.Slice((int)start, (int)length))
            : throw Damage($"expected a text within {bytes.Length} bytes, got one of {length} bytes at {start}");

    // A decimal number is a whole one, in as many bytes as its type has, and the number of its decimal places.
    private string?[] ReadDecimals(ArrayData data)
    {
        var type = (FixedSizeBinaryType)ArrowTypes.StorageOf(data.DataType);
        int places = ArrowTypes.DecimalPlacesOf(type);
        if (Math.Abs((long)places) > MostDecimalPlaces)
        {
            throw Damage($"expected at most {MostDecimalPlaces} decimal places, got {places}");
        }

        ReadOnlySpan<byte> present = PresentOf(data);
        ReadOnlySpan<byte> bytes = BufferOf(data, 1);
        Require((data.Offset + (long)data.Length) * type.ByteWidth, bytes.Length);
        string?[] texts = new string?[data.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            int place = data.Offset + i;
            texts[i] = IsSet(present, place)
                ? WithPoint(new BigInteger(bytes.Slice(place * type.ByteWidth, type.ByteWidth)), places)
                : null;
        }

        return texts;
    }

    private static string WithPoint(BigInteger number, int places)
    {
        if (places <= 0)
        {
            return (number * BigInteger.Pow(10, -places)).ToString(CultureInfo.InvariantCulture);
        }

        string digits = BigInteger.Abs(number).ToString("D" + (places + 1), CultureInfo.InvariantCulture);
        return $"{(number.Sign < 0 ? "-" : "")}{digits[..^places]}.{digits[^places..]}";
    }

    private ReadOnlySpan<T> ValuesOf<T>(ArrayData data, long? count = null)
        where T : struct
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(BufferOf(data, 1));
        Require(data.Offset + (count ?? data.Length), values.Length);
        return values[data.Offset..];
    }

    // A bit for each value, or nothing where none is missing.
    private ReadOnlySpan<byte> PresentOf(ArrayData data)
    {
        ReadOnlySpan<byte> present = BufferOf(data, 0);
        if (!present.IsEmpty)
        {
            Require(data.Offset + (long)data.Length, present.Length * 8L);
        }

        return present;
    }

    private static bool IsSet(ReadOnlySpan<byte> bits, int place) =>
        bits.IsEmpty || (bits[place >> 3] >> (place & 7) & 1) != 0;

    private static ReadOnlySpan<byte> BufferOf(ArrayData data, int index) => data.Buffers[index].Span;

    private void Require(long expected, long count)
    {
        if (count < expected)
        {
            throw Damage($"expected {expected} values, got {count}");
        }
    }
}
