using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;

namespace ModelDsl;

/// <summary>
/// A file of TensorBoard's events: records of the TFRecord format, each with a message Event of TensorFlow's
/// event.proto.
/// </summary>
/// <remarks>
/// A record is its length (8 bytes), the length's masked CRC-32C (4), the message, and its masked CRC-32C (4), all
/// little-endian. A mask keeps the checksum of data that contain checksums from being one of them.
/// </remarks>
internal sealed class EventFile : IDisposable
{
    // Field numbers of Event, Summary, Summary.Value and HistogramProto in event.proto, summary.proto and
    // histogram.proto.
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int Summary = 5;
    private const int Value = 1;
    private const int Tag = 1;
    private const int SimpleValue = 2;
    private const int Histo = 5;
    private const int Min = 1;
    private const int Max = 2;
    private const int Num = 3;
    private const int Sum = 4;
    private const int SumSquares = 5;
    private const int BucketLimit = 6;
    private const int Bucket = 7;

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;

    /// <summary>A new file, which begins with the version that TensorBoard looks for.</summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    public EventFile(string path, TimeProvider clock)
    {
        _clock = clock;

        // TensorBoard reads it while it grows.
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(step: 0, output =>
        {
            output.WriteTag(FileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
        Flush();
    }

    /// <summary>Adds the value of a scalar at a step.</summary>
    public void AddScalar(string tag, double value, long step) => AddValue(tag, step, output =>
    {
        output.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    });

    /// <summary>Adds a histogram at a step.</summary>
    public void AddHistogram(string tag, Histogram histogram, long step) => AddValue(tag, step, output =>
        WriteMessage(output, Histo, message =>
        {
            WriteDouble(message, Min, histogram.Min);
            WriteDouble(message, Max, histogram.Max);
            WriteDouble(message, Num, histogram.Count);
            WriteDouble(message, Sum, histogram.Sum);
            WriteDouble(message, SumSquares, histogram.SumOfSquares);
            WriteDoubles(message, BucketLimit, histogram.Limits);
            WriteDoubles(message, Bucket, histogram.Counts);
        }));

    /// <summary>Hands all events to the operating system, where TensorBoard sees them.</summary>
    public void Flush() => _stream.Flush();

    /// <summary>Flushes and closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    /// <summary>The masked CRC-32C of TFRecord.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, value);
        }

        return BitOperations.RotateRight(~checksum, 15) + 0xA282_EAD8u;
    }

    private void AddValue(string tag, long step, Action<CodedOutputStream> writeContent) => Write(step, output =>
        WriteMessage(output, Summary, summary => WriteMessage(summary, Value, value =>
        {
            value.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
            value.WriteString(tag);
            writeContent(value);
        })));

    private void Write(long step, Action<CodedOutputStream> writeRest) => WriteRecord(Message(output =>
    {
        WriteDouble(output, WallTime, _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        output.WriteTag(Step, WireFormat.WireType.Varint);
        output.WriteInt64(step);
        writeRest(output);
    }).Span);

    private static void WriteDouble(CodedOutputStream output, int field, double value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteDouble(value);
    }

    // As one packed field.
    private static void WriteDoubles(CodedOutputStream output, int field, List<double> values)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteLength(values.Count * sizeof(double));
        values.ForEach(output.WriteDouble);
    }

    private static void WriteMessage(CodedOutputStream output, int field, Action<CodedOutputStream> write)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(Message(write));
    }

    private static ByteString Message(Action<CodedOutputStream> write)
    {
        using var message = new MemoryStream();
        using (var output = new CodedOutputStream(message, leaveOpen: true))
        {
            write(output);
        }

        return UnsafeByteOperations.UnsafeWrap(message.GetBuffer().AsMemory(0, (int)message.Length));
    }

    private void WriteRecord(ReadOnlySpan<byte> message)
    {
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedChecksum(header[..sizeof(ulong)]));
        _stream.Write(header);
        _stream.Write(message);
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedChecksum(message));
        _stream.Write(footer);
    }
}
