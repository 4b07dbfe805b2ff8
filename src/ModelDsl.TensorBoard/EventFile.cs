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
    // Field numbers of Event, Summary and Summary.Value in event.proto and summary.proto.
    private const int WallTime = 1;
    private const int Step = 2;
    private const int FileVersion = 3;
    private const int Summary = 5;
    private const int Value = 1;
    private const int Tag = 1;
    private const int SimpleValue = 2;

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
    public void AddScalar(string tag, double value, long step) => Write(step, output =>
    {
        // tag: 1 byte of key, the length and the text; the value: 1 byte of key and 4 bytes.
        int length = 1 + CodedOutputStream.ComputeStringSize(tag) + 1 + sizeof(float);
        output.WriteTag(Summary, WireFormat.WireType.LengthDelimited);
        output.WriteLength(1 + CodedOutputStream.ComputeLengthSize(length) + length);
        output.WriteTag(Value, WireFormat.WireType.LengthDelimited);
        output.WriteLength(length);
        output.WriteTag(Tag, WireFormat.WireType.LengthDelimited);
        output.WriteString(tag);
        output.WriteTag(SimpleValue, WireFormat.WireType.Fixed32);
        output.WriteFloat((float)value);
    });

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

    private void Write(long step, Action<CodedOutputStream> writeRest)
    {
        using var message = new MemoryStream();
        using (var output = new CodedOutputStream(message, leaveOpen: true))
        {
            output.WriteTag(WallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble(_clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
            output.WriteTag(Step, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            writeRest(output);
        }

        WriteRecord(message.GetBuffer().AsSpan(0, (int)message.Length));
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
