using System.Runtime.InteropServices;
using System.Text.Json;

namespace ModelDsl;

/// <summary>
/// Reads the header of a safetensors file that nobody vouches for, and proves that its tensors cover the bytes after it
/// without gaps or overlaps.
/// </summary>
/// <remarks>
/// It goes over the JSON once and keeps nothing but the records that it returns: a few times the header's own size,
/// whatever the header says. Messages are made where they are thrown only.
/// </remarks>
internal static class SafetensorsHeaderReader
{
    private const string TensorDescription = "an object of dtype, shape and data_offsets";

    /// <summary>Reads a header.</summary>
    /// <param name="json">The header.</param>
    /// <param name="dataLength">The number of bytes after the header.</param>
    /// <exception cref="InvalidDataException">The header breaks a rule of the format; the message does not name the
    /// file.</exception>
    public static SafetensorsHeader Read(ReadOnlySpan<byte> json, long dataLength)
    {
        if (json.IsEmpty || json[0] != (byte)'{')
        {
            throw new InvalidDataException("expected a header that begins with {");
        }

        try
        {
            return ReadObject(json, dataLength);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // The reader reports text that is not UTF-8 as an invalid operation.
            throw new InvalidDataException(
                "expected a header of valid JSON with tensors' dtype, shape and data_offsets", exception);
        }
    }

    private static SafetensorsHeader ReadObject(ReadOnlySpan<byte> json, long dataLength)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var tensors = new List<SafetensorsTensor>();
        ImmutableArray<KeyValuePair<string, string>> metadata = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(SafetensorsHeader.MetadataKey))
            {
                reader.Read();
                metadata = metadata.IsDefault
                    ? ReadMetadata(ref reader)
                    : throw Duplicate(SafetensorsHeader.MetadataKey);
                continue;
            }

            string name = reader.GetString()!;
            reader.Read();
            tensors.Add(ReadTensor(ref reader, name, dataLength));
        }

        // What follows the object may only be space: the reader itself refuses anything else.
        reader.Read();
        CheckNames(tensors);
        SafetensorsTensor[] inOrder = [.. tensors];
        Array.Sort(inOrder, Compare);
        CheckCover(inOrder, dataLength);
        return new SafetensorsHeader(
            ImmutableCollectionsMarshal.AsImmutableArray(inOrder), metadata.IsDefault ? [] : metadata);
    }

    // By places. Several empty tensors may share one: by their names then.
    private static int Compare(SafetensorsTensor a, SafetensorsTensor b) =>
        (a.Offset, a.ByteLength).CompareTo((b.Offset, b.ByteLength)) is not 0 and int order
            ? order
            : string.CompareOrdinal(a.Name, b.Name);

    private static ImmutableArray<KeyValuePair<string, string>> ReadMetadata(ref Utf8JsonReader reader)
    {
        ExpectText(reader.TokenType == JsonTokenType.StartObject);
        var entries = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            ExpectText(reader.TokenType == JsonTokenType.String);
            entries.Add(new(key, reader.GetString()!));
        }

        entries.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i].Key == entries[i - 1].Key)
            {
                throw Duplicate(entries[i].Key);
            }
        }

        return [.. entries];

        static void ExpectText(bool isText)
        {
            if (!isText)
            {
                throw Expected(SafetensorsHeader.MetadataKey, "an object of text");
            }
        }
    }

    private static SafetensorsTensor ReadTensor(ref Utf8JsonReader reader, string name, long dataLength)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Expected(name, TensorDescription);
        }

        SafetensorsElementType? type = null;
        ImmutableArray<long> shape = default;
        (long Start, long End)? place = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (type is null && reader.ValueTextEquals("dtype"u8))
            {
                reader.Read();
                type = ReadElementType(in reader, name);
            }
            else if (shape.IsDefault && reader.ValueTextEquals("shape"u8))
            {
                reader.Read();
                shape = ReadShape(ref reader, name);
            }
            else if (place is null && reader.ValueTextEquals("data_offsets"u8))
            {
                reader.Read();
                place = ReadOffsets(ref reader, name, dataLength);
            }
            else
            {
                throw Unexpected(name, TensorDescription, reader.GetString()!);
            }
        }

        if (type is not { } elementType || shape.IsDefault || place is not { } bytes)
        {
            throw Expected(name, TensorDescription);
        }

        long length = bytes.End - bytes.Start;
        var tensor = new SafetensorsTensor(name, elementType, shape, bytes.Start, length);
        UInt128 expected = BytesOf(shape, SafetensorsElementTypes.SizeOf(elementType));
        return expected == (ulong)length
            ? tensor
            : throw Unexpected(
                name,
                $"{expected} bytes for {tensor.ShownShape} of {SafetensorsElementTypes.NameOf(elementType)}",
                $"{length}");
    }

    private static SafetensorsElementType ReadElementType(ref readonly Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Unexpected(name, TensorDescription, "dtype");
        }

        return SafetensorsElementTypes.Parse(in reader)
            ?? throw Unexpected(name, "a known element type", reader.GetString()!);
    }

    private static ImmutableArray<long> ReadShape(ref Utf8JsonReader reader, string name)
    {
        // Counted first, so that a long list is not copied again and again.
        Utf8JsonReader counter = reader;
        int count = 0;
        while (counter.Read() && counter.TokenType == JsonTokenType.Number)
        {
            count++;
        }

        ExpectNumbers(
            reader.TokenType == JsonTokenType.StartArray && counter.TokenType == JsonTokenType.EndArray, name, "shape");
        long[] extents = count == 0 ? [] : new long[count];
        for (int i = 0; i < count; i++)
        {
            extents[i] = ReadNumber(ref reader, name, "shape");
        }

        reader.Read();
        return ImmutableCollectionsMarshal.AsImmutableArray(extents);
    }

    private static (long Start, long End) ReadOffsets(ref Utf8JsonReader reader, string name, long dataLength)
    {
        const string Property = "data_offsets";
        ExpectNumbers(reader.TokenType == JsonTokenType.StartArray, name, Property);
        Span<long> offsets = stackalloc long[2];
        int count = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            ExpectNumbers(reader.TryGetInt64(out long number) && number >= 0, name, Property);
            if (count < offsets.Length)
            {
                offsets[count] = number;
            }

            count++;
        }

        ExpectNumbers(reader.TokenType == JsonTokenType.EndArray, name, Property);
        return count == offsets.Length && offsets[0] <= offsets[1] && offsets[1] <= dataLength
            ? (offsets[0], offsets[1])
            : throw Expected(
                name, $"data_offsets of a beginning and an end within the file's {dataLength} bytes of data");
    }

    private static long ReadNumber(ref Utf8JsonReader reader, string name, string property)
    {
        reader.Read();
        ExpectNumbers(reader.TryGetInt64(out long number) && number >= 0, name, property);
        return number;
    }

    private static void ExpectNumbers(bool areNumbers, string name, string property)
    {
        if (!areNumbers)
        {
            throw Expected(name, $"{property} as a list of integers of at least 0");
        }
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

    private static void CheckNames(List<SafetensorsTensor> tensors)
    {
        // Neighbours in the order of names, which takes less memory than a set of them.
        tensors.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        for (int i = 1; i < tensors.Count; i++)
        {
            if (tensors[i].Name == tensors[i - 1].Name)
            {
                throw Duplicate(tensors[i].Name);
            }
        }
    }

    private static void CheckCover(SafetensorsTensor[] tensors, long dataLength)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            if (tensor.Offset != end)
            {
                throw Expected(
                    tensor.Name, $"data from byte {end} on, got {tensor.Offset}: data may neither overlap nor leave holes");
            }

            end += tensor.ByteLength;
        }

        if (end != dataLength)
        {
            throw new InvalidDataException($"expected {end} bytes of data as its header says, got {dataLength}");
        }
    }

    private static InvalidDataException Expected(string name, string expected) =>
        new($"{PrintableText.Name(name)}: expected {expected}");

    private static InvalidDataException Unexpected(string name, string expected, string got) =>
        new($"{PrintableText.Name(name)}: expected {expected}, got {PrintableText.Name(got)}");

    private static InvalidDataException Duplicate(string name) =>
        new($"expected each name once, got {PrintableText.Name(name)} twice");
}
