using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace ModelDsl.Data.Tests;

/// <summary>Arrow files and streams of the tests, written by the library.</summary>
internal static class ArrowFiles
{
    /// <summary>The content of a file or a stream.</summary>
    public static byte[] Write(RecordBatch[] batches, bool isFile = true, CompressionCodecType? codec = null)
    {
        using var stream = new MemoryStream();
        var options = new IpcOptions
        {
            CompressionCodec = codec,
            CompressionCodecFactory = new CompressionCodecFactory(),
        };
        using (ArrowStreamWriter writer = isFile
            ? new ArrowFileWriter(stream, batches[0].Schema, leaveOpen: true, options)
            : new ArrowStreamWriter(stream, batches[0].Schema, leaveOpen: true, options))
        {
            writer.WriteStart();
            foreach (RecordBatch batch in batches)
            {
                writer.WriteRecordBatch(batch);
            }

            writer.WriteEnd();
        }

        return stream.ToArray();
    }

    /// <summary>A record batch of columns of one length.</summary>
    public static RecordBatch Batch(params (string Name, IArrowArray Values)[] columns) => new(
        new Schema(
            columns.Select(static column => new Field(column.Name, column.Values.Data.DataType, nullable: true)), []),
        columns.Select(static column => column.Values),
        columns[0].Values.Length);

    /// <summary>A column of a type whose values have one width.</summary>
    public static IArrowArray Values<T>(IArrowType type, params T?[] values)
        where T : struct => Build(
            type,
            [.. values.Select(static value => value is not null)],
            [.. MemoryMarshal.AsBytes<T>([.. values.Select(static value => value.GetValueOrDefault())])]);

    /// <summary>A column of texts, in the layout of its type.</summary>
    public static IArrowArray Texts(IArrowType type, params string?[] texts)
    {
        bool[] present = [.. texts.Select(static text => text is not null)];
        byte[][] bytes = [.. texts.Select(static text => System.Text.Encoding.UTF8.GetBytes(text ?? ""))];
        long[] offsets =
            [0, .. bytes.Select((_, index) => bytes.Take(index + 1).Sum(static text => (long)text.Length))];
        byte[] all = [.. bytes.SelectMany(static text => text)];
        if (type is StringViewType)
        {
            var builder = new StringViewArray.Builder();
            foreach (string? text in texts)
            {
                _ = text is null ? builder.AppendNull() : builder.Append(text);
            }

            return builder.Build();
        }

        byte[] places = type is LargeStringType
            ? [.. MemoryMarshal.AsBytes<long>(offsets)]
            : [.. MemoryMarshal.AsBytes<int>([.. offsets.Select(static offset => (int)offset)])];
        return Build(type, present, places, all);
    }

    /// <summary>A column of texts.</summary>
    public static IArrowArray Texts(params string?[] texts) => Texts(StringType.Default, texts);

    /// <summary>A column of truth values.</summary>
    public static IArrowArray Truths(params bool?[] values) => Build(
        BooleanType.Default,
        [.. values.Select(static value => value is not null)],
        Bits([.. values.Select(static value => value is true)]));

    /// <summary>A column of decimal numbers, given as whole ones without their point.</summary>
    public static IArrowArray Decimals(FixedSizeBinaryType type, params string?[] values) => Build(
        type,
        [.. values.Select(static value => value is not null)],
        [.. values.SelectMany(value =>
        {
            byte[] bytes = new byte[type.ByteWidth];
            var number = BigInteger.Parse(value ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            System.Array.Fill(bytes, number.Sign < 0 ? (byte)0xFF : (byte)0);
            _ = number.TryWriteBytes(bytes, out _);
            return bytes;
        })]);

    /// <summary>A column of indices into other values.</summary>
    public static IArrowArray Indexed(IArrowArray indices, IArrowArray values) =>
        new DictionaryArray(new DictionaryType(indices.Data.DataType, values.Data.DataType, false), indices, values);

    /// <summary>A column of buffers.</summary>
    public static IArrowArray Build(IArrowType type, bool[] present, params byte[][] buffers) =>
        ArrowArrayFactory.BuildArray(new ArrayData(
            type,
            present.Length,
            present.Count(static value => !value),
            0,
            [
                present.All(static value => value) ? ArrowBuffer.Empty : new ArrowBuffer(Bits(present)),
                .. buffers.Select(static buffer => new ArrowBuffer(buffer)),
            ],
            System.Array.Empty<ArrayData>()));

    private static byte[] Bits(bool[] values)
    {
        byte[] bits = new byte[(values.Length + 7) / 8];
        for (int i = 0; i < values.Length; i++)
        {
            bits[i >> 3] |= (byte)(values[i] ? 1 << (i & 7) : 0);
        }

        return bits;
    }
}
