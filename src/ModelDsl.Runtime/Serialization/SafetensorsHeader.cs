using System.Buffers;
using System.Text.Json;

namespace ModelDsl;

/// <summary>
/// The JSON at the start of a safetensors file: for each tensor its type, shape and place, and optionally text about
/// the whole.
/// </summary>
/// <param name="Tensors">The tensors in the order of their places.</param>
/// <param name="Metadata">Text by key, as <c>__metadata__</c> gives it, in the order of the keys' characters.</param>
internal sealed record SafetensorsHeader(
    ImmutableArray<SafetensorsTensor> Tensors, ImmutableArray<KeyValuePair<string, string>> Metadata)
{
    /// <summary>What the header keeps the text about the whole under.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>
    /// The header as UTF-8, padded with spaces so that what follows its length starts at a multiple of 8.
    /// </summary>
    /// <param name="maxBytes">The most bytes that the header may have.</param>
    /// <exception cref="ArgumentException">The header would be longer.</exception>
    public byte[] ToUtf8(long maxBytes)
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
                    CheckLength(writer, maxBytes);
                }

                writer.WriteEndObject();
            }

            foreach (SafetensorsTensor tensor in Tensors)
            {
                WriteTensor(writer, tensor);
                CheckLength(writer, maxBytes);
            }

            writer.WriteEndObject();
            CheckLength(writer, maxBytes);
        }

        byte[] header = new byte[(buffer.WrittenCount + 7) & ~7];
        buffer.WrittenSpan.CopyTo(header);
        header.AsSpan(buffer.WrittenCount).Fill((byte)' ');
        return header;
    }

    private static void CheckLength(Utf8JsonWriter writer, long maxBytes)
    {
        // With the spaces behind it.
        long length = (writer.BytesCommitted + writer.BytesPending + 7) & ~7L;
        if (length > maxBytes)
        {
            throw new ArgumentException(
                $"expected names, shapes and metadata that fit a header of {maxBytes} bytes, as the format allows, got more");
        }
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
}
