using System.Buffers.Binary;
using System.Text;

namespace ModelDsl.Loggers.Tests;

/// <summary>One scalar or histogram of an event file, or its version.</summary>
internal sealed record LoggedEvent(double Time, long Step, string? Version, string? Tag, float Value)
{
    public LoggedHistogram? Histogram { get; init; }
}

/// <summary>
/// A HistogramProto: its doubles by the numbers of their fields, and the upper ends and counts of its buckets.
/// </summary>
internal sealed record LoggedHistogram(Dictionary<int, double> Numbers, double[] Limits, double[] Counts)
{
    public double Min => Numbers[1];

    public double Max => Numbers[2];

    public double Count => Numbers[3];

    public double Sum => Numbers[4];

    public double SumOfSquares => Numbers[5];
}

/// <summary>
/// Reads event files from the description of the format alone: its checksums, its varints and its fields share no code
/// with what writes them.
/// </summary>
internal static class EventReader
{
    public static List<LoggedEvent> Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var events = new List<LoggedEvent>();
        for (int at = 0; at < bytes.Length;)
        {
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(at)));
            Check(bytes.AsSpan(at, 8), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            ReadOnlySpan<byte> message = bytes.AsSpan(at + 12, length);
            Check(message, BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event(message));
            at += 16 + length;
        }

        return events;
    }

    private static LoggedEvent Event(ReadOnlySpan<byte> message)
    {
        var result = new LoggedEvent(0, 0, null, null, 0);
        while (!message.IsEmpty)
        {
            // The number of the field times 8, and its wire type.
            int key = (int)Varint(ref message);
            result = key switch
            {
                9 => result with { Time = BinaryPrimitives.ReadDoubleLittleEndian(Take(ref message, 8)) },
                16 => result with { Step = (long)Varint(ref message) },
                26 => result with { Version = Text(ref message) },
                42 => Summary(result, Delimited(ref message)),
                _ => throw new InvalidDataException($"unexpected key {key}"),
            };
        }

        return result;
    }

    private static LoggedEvent Summary(LoggedEvent result, ReadOnlySpan<byte> message)
    {
        Assert.Equal((1 << 3) | 2, (int)Varint(ref message));
        ReadOnlySpan<byte> value = Delimited(ref message);
        Assert.True(message.IsEmpty);
        Assert.Equal((1 << 3) | 2, (int)Varint(ref value));
        string tag = Text(ref value);
        int key = (int)Varint(ref value);
        result = key switch
        {
            (2 << 3) | 5 =>
                result with { Tag = tag, Value = BinaryPrimitives.ReadSingleLittleEndian(Take(ref value, 4)) },
            (5 << 3) | 2 => result with { Tag = tag, Histogram = Histogram(Delimited(ref value)) },
            _ => throw new InvalidDataException($"unexpected key {key}"),
        };
        Assert.True(value.IsEmpty);
        return result;
    }

    private static LoggedHistogram Histogram(ReadOnlySpan<byte> message)
    {
        var result = new LoggedHistogram([], [], []);
        while (!message.IsEmpty)
        {
            int key = (int)Varint(ref message);
            switch (key)
            {
                case (6 << 3) | 2:
                    result = result with { Limits = Doubles(Delimited(ref message)) };
                    break;
                case (7 << 3) | 2:
                    result = result with { Counts = Doubles(Delimited(ref message)) };
                    break;
                default:
                    Assert.Equal(1, key & 7);
                    result.Numbers.Add(key >> 3, BinaryPrimitives.ReadDoubleLittleEndian(Take(ref message, 8)));
                    break;
            }
        }

        return result;
    }

    private static double[] Doubles(ReadOnlySpan<byte> bytes)
    {
        var values = new List<double>();
        while (!bytes.IsEmpty)
        {
            values.Add(BinaryPrimitives.ReadDoubleLittleEndian(Take(ref bytes, 8)));
        }

        return [.. values];
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte part = Take(ref message, 1)[0];
            value |= (part & 0x7FUL) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }

    private static ReadOnlySpan<byte> Delimited(ref ReadOnlySpan<byte> message) =>
        Take(ref message, (int)Varint(ref message));

    private static string Text(ref ReadOnlySpan<byte> message) => Encoding.UTF8.GetString(Delimited(ref message));

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int count)
    {
        ReadOnlySpan<byte> taken = message[..count];
        message = message[count..];
        return taken;
    }

    // Bit by bit, by the reversed polynomial of Castagnoli.
    private static void Check(ReadOnlySpan<byte> bytes, uint expected)
    {
        uint checksum = ~0u;
        foreach (byte value in bytes)
        {
            checksum ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) == 1 ? 0x82F63B78u : 0);
            }
        }

        checksum = ~checksum;
        Assert.Equal(expected, ((checksum >> 15) | (checksum << 17)) + 0xA282EAD8u);
    }
}
