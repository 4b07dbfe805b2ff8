using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace ModelDsl;

/// <summary>
/// The JSON at the start of a safetensors file: for each tensor its type, shape and place, and optionally text about the
/// whole.
/// </summary>
/// <param name="Tensors">The tensors in the order of their places.</param>
/// <param name="Metadata">Text by key, as <c>__metadata__</c> gives it.</param>
internal sealed record SafetensorsHeader(
    ImmutableArray<SafetensorsTensor> Tensors, ImmutableSortedDictionary<string, string> Metadata)
{
    /// <summary>What the header keeps the text about the whole under.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Reads a header, and proves that its tensors cover the bytes after it without gaps or overlaps.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">The number of bytes after the header.</param>
    /// <exception cref="InvalidDataException">The header breaks a rule of the format; the message does not name the
    /// file.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new InvalidDataException("expected a header that begins with {");
        }

        try
        {
            return ParseObject(json, dataLength);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The reader reports text that is not UTF-8 as an invalid operation.
            throw new InvalidDataException("expected a header of valid JSON with tensors' dtype, shape and data_offsets", exception);
        }
    }

    /// <summary>The header as UTF-8, padded with spaces so that what follows its length starts at a multiple of 8.</summary>
    public byte[] ToUtf8()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (!Metadata.IsEmpty)
            {
                writer.WriteStartObject(MetadataKey);
                foreach ((string key, string value) in Metadata)
                {
                    writer.WriteString(key, value);
                }

                writer.WriteEndObject();
            }

            foreach (SafetensorsTensor tensor in Tensors)
            {
                WriteTensor(writer, tensor);
            }

            writer.WriteEndObject();
        }

        byte[] header = new byte[(buffer.WrittenCount + 7) & ~7];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void WriteTensor(Utf8JsonWriter writer, SafetensorsTensor tensor)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", SafetensorsElementTypes.NameOf(tensor.ElementType));
        writer.WriteStartArray("shape");
        foreach (long extent in tensor.Dimensions)
        {
            writer.WriteNumberValue(extent);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(tensor.Offset);
        writer.WriteNumberValue(tensor.Offset + tensor.ByteLength);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static SafetensorsHeader ParseObject(ReadOnlySpan<byte> json, long dataLength)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var tensors = new List<SafetensorsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableSortedDictionary<string, string>? metadata = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == MetadataKey)
            {
                metadata = metadata is null ? ParseMetadata(ref reader) : throw Duplicate(name);
                continue;
            }

            if (!names.Add(name))
            {
                throw Duplicate(name);
            }

            tensors.Add(ParseTensor(ref reader, name, dataLength));
        }

        // What follows the object may only be space: the reader itself refuses anything else.
        reader.Read();
        tensors.Sort(static (a, b) => (a.Offset, a.ByteLength).CompareTo((b.Offset, b.ByteLength)));
        CheckCover(tensors, dataLength);
        return new SafetensorsHeader([.. tensors], metadata ?? NoMetadata);
    }

    private static ImmutableSortedDictionary<string, string> NoMetadata { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, string> ParseMetadata(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, MetadataKey, "an object of text");
        var metadata = NoMetadata.ToBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            Expect(reader.TokenType == JsonTokenType.String, MetadataKey, "an object of text");
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw Duplicate(key);
            }
        }

        return metadata.ToImmutable();
    }

    private static SafetensorsTensor ParseTensor(ref Utf8JsonReader reader, string name, long dataLength)
    {
        const string Description = "an object of dtype, shape and data_offsets";
        Expect(reader.TokenType == JsonTokenType.StartObject, name, Description);
        string? typeName = null;
        ImmutableArray<long> shape = default;
        ImmutableArray<long> offsets = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string property = reader.GetString()!;
            reader.Read();
            switch (property)
            {
                case "dtype" when typeName is null && reader.TokenType == JsonTokenType.String:
                    typeName = reader.GetString();
                    break;
                case "shape" when shape.IsDefault:
                    shape = ParseNumbers(ref reader, name, property);
                    break;
                case "data_offsets" when offsets.IsDefault:
                    offsets = ParseNumbers(ref reader, name, property);
                    break;
                default:
                    throw Unexpected(name, Description, property);
            }
        }

        Expect(typeName is not null && !shape.IsDefault && !offsets.IsDefault, name, Description);
        SafetensorsElementType type = SafetensorsElementTypes.Parse(typeName)
            ?? throw Unexpected(name, "a known element type", typeName!);
        Expect(
            offsets.Length == 2 && offsets[0] <= offsets[1] && offsets[1] <= dataLength,
            name,
            $"data_offsets of a beginning and an end within the file's {dataLength} bytes of data");
        long length = offsets[1] - offsets[0];
        var tensor = new SafetensorsTensor(name, type, shape, offsets[0], length);
        UInt128 expected = BytesOf(shape, SafetensorsElementTypes.SizeOf(type));
        Expect(
            expected == (ulong)length,
            name,
            $"{expected} bytes for {tensor.ShapeText} of {typeName}, got {length}");
        return tensor;
    }

    private static ImmutableArray<long> ParseNumbers(ref Utf8JsonReader reader, string name, string property)
    {
        string expected = $"{property} as a list of integers of at least 0";
        Expect(reader.TokenType == JsonTokenType.StartArray, name, expected);
        var numbers = ImmutableArray.CreateBuilder<long>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            Expect(reader.TryGetInt64(out long number) && number >= 0, name, expected);
            numbers.Add(number);
        }

        Expect(reader.TokenType == JsonTokenType.EndArray, name, expected);
        return numbers.ToImmutable();
    }

    private static UInt128 BytesOf(ImmutableArray<long> shape, int elementSize)
    {
        // Saturates, so that no shape can pass for a small one by overflow; an extent of 0 still gives 0.
        if (shape.Contains(0))
        {
            return 0;
        }

        UInt128 bytes = (uint)elementSize;
        foreach (long extent in shape)
        {
            bytes = bytes > long.MaxValue ? bytes : bytes * (ulong)extent;
        }

        return bytes;
    }

    private static void CheckCover(List<SafetensorsTensor> tensors, long dataLength)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            Expect(
                tensor.Offset == end,
                tensor.Name,
                $"data from byte {end} on, got {tensor.Offset}: data may neither overlap nor leave holes");
            end += tensor.ByteLength;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException($"expected {end} bytes of data as its header says, got {dataLength}");
        }
    }

    private static void Expect(bool condition, string name, string expected)
    {
        if (!condition)
        {
            throw new InvalidDataException($"{Shorten(name)}: expected {expected}");
        }
    }

    private static InvalidDataException Unexpected(string name, string expected, string got) =>
        new($"{Shorten(name)}: expected {expected}, got {Shorten(got)}");

    private static InvalidDataException Duplicate(string name) =>
        new($"expected each name once, got {Shorten(name)} twice");

    // A hostile name shall not fill the screen.
    private static string Shorten(string name) => name.Length <= 100 ? name : $"{name.AsSpan(0, 100)}...";
}
