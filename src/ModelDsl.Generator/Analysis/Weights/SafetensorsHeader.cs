using System.Globalization;
using System.Text;

namespace ModelDsl.Generator.Analysis.Weights;

/// <summary>
/// Reads the header of a safetensors file and nothing behind it: eight bytes of length, then JSON that maps the name of
/// each tensor to its type, shape and place. The file is not trusted: lengths are checked before memory is taken.
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The most bytes of a header that the compiler reads.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int LengthBytes = 8;
    private const string Metadata = "__metadata__";

    /// <summary>The tensors that a file holds.</summary>
    /// <exception cref="InvalidDataException">The file is damaged; the message says how.</exception>
    /// <exception cref="OperationCanceledException">The result is not wanted any more.</exception>
    public static IReadOnlyList<HeaderTensor> Read(Stream file, CancellationToken cancellation)
    {
        byte[] prefix = new byte[LengthBytes];
        Fill(file, prefix);
        ulong length = 0;
        for (int i = LengthBytes - 1; i >= 0; i--)
        {
            length = (length << 8) | prefix[i];
        }

        long rest = file.Length - LengthBytes;
        if (length > (ulong)rest)
        {
            throw new InvalidDataException(Invariant($"its header should have {length} bytes, but only {rest} follow"));
        }

        if (length > MostBytes)
        {
            throw new InvalidDataException(Invariant($"its header has {length} bytes, more than {MostBytes}"));
        }

        byte[] header = new byte[(int)length];
        Fill(file, header);
        cancellation.ThrowIfCancellationRequested();
        return Parse(Decode(header), cancellation);
    }

    private static IReadOnlyList<HeaderTensor> Parse(string json, CancellationToken cancellation)
    {
        var tensors = new List<HeaderTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new JsonReader(json);
        reader.ReadObject(name =>
        {
            cancellation.ThrowIfCancellationRequested();
            if (!names.Add(name))
            {
                throw new InvalidDataException($"its header has '{PrintableText.Name(name)}' twice");
            }

            if (name == Metadata)
            {
                reader.Skip();
                return;
            }

            tensors.Add(ReadTensor(reader, name));
        });
        reader.ExpectEnd();
        return tensors;
    }

    private static HeaderTensor ReadTensor(JsonReader reader, string name)
    {
        string? elementType = null;
        List<long>? shape = null;
        reader.ReadObject(property =>
        {
            switch (property)
            {
                case "dtype":
                    elementType = reader.ReadString();
                    break;
                case "shape":
                    shape = reader.ReadNumbers();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        });
        string missing = shape is null ? "shape" : "dtype";
        return shape is not null && elementType is not null
            ? new HeaderTensor(name, PrintableText.Name(elementType), shape.ToEquatableArray())
            : throw new InvalidDataException($"its tensor '{PrintableText.Name(name)}' has no {missing}");
    }

    private static void Fill(Stream file, byte[] bytes)
    {
        for (int done = 0; done < bytes.Length;)
        {
            int read = file.Read(bytes, done, bytes.Length - done);
            done += read > 0 ? read : throw new InvalidDataException("it ends within its header");
        }
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException("its header is not UTF-8");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
