using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// Writes a safetensors file of floats: the header when it is created, then each tensor's values in turn. The file
/// appears when it is committed.
/// </summary>
internal sealed class SafetensorsWriter : IDisposable
{
    // A span of all bytes of a tensor would have more than an int can count from 2 GiB on.
    private const int FloatsAtOnce = 1 << 20;

    private readonly SafetensorsHeader _header;
    private readonly AtomicFile _file;
    private int _written;
    private long _writtenOfTensor;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where to; what stands there is replaced at the end.</param>
    /// <param name="header">The tensors and the text about them.</param>
    /// <exception cref="ArgumentException">The header is longer than the format allows.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be written to.</exception>
    public SafetensorsWriter(string path, SafetensorsHeader header)
        : this(header, () => new AtomicFile(path)) => ArgumentNullException.ThrowIfNull(path);

    /// <summary>Begins a file that is opened when all else is in order.</summary>
    internal SafetensorsWriter(SafetensorsHeader header, Func<AtomicFile> open)
    {
        _header = header;
        byte[] json = header.ToUtf8(SafetensorsFile.MaxHeaderBytes);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        _file = open();
        try
        {
            _file.Write(length);
            _file.Write(json);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Describes tensors of floats and the text about them, or says what the format has no place for.
    /// </summary>
    /// <param name="tensors">The tensors' names and shapes, in the order in which they are to lie in the file.</param>
    /// <param name="metadata">Text about the file, by key.</param>
    /// <exception cref="ArgumentException">A name comes twice, is null, reserved or not Unicode; or a text
    /// is.</exception>
    public static SafetensorsHeader Describe(
        IEnumerable<(string? Name, Shape Shape)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var described = ImmutableArray.CreateBuilder<SafetensorsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        long offset = 0;
        foreach ((string? name, Shape shape) in tensors)
        {
            CheckText(name, $"the name of tensor {described.Count}", nameof(tensors));
            if (!names.Add(name!))
            {
                throw new ArgumentException(
                    $"expected names that differ from each other and from {SafetensorsHeader.MetadataKey}, got "
                        + PrintableText.Name(name!),
                    nameof(tensors));
            }

            // No extents are those of a single number, in the file and for new Shape() alike.
            long count = shape.Dimensions.Aggregate(1L, static (product, extent) => product * extent);
            ImmutableArray<long> extents = [.. shape.Dimensions.Select(extent => (long)extent)];
            described.Add(
                new SafetensorsTensor(name!, SafetensorsElementType.F32, extents, offset, count * sizeof(float)));
            offset = checked(offset + (count * sizeof(float)));
        }

        return new SafetensorsHeader(described.DrainToImmutable(), Describe(metadata));
    }

    /// <summary>Checks that there are as many values as the tensor of a number has elements.</summary>
    /// <exception cref="ArgumentException">There are not.</exception>
    public static void CheckCount(SafetensorsTensor tensor, int count, string parameter)
    {
        if (count != tensor.Count)
        {
            throw new ArgumentException(
                $"{tensor.ShownName}: expected {tensor.Count} values for {tensor.ShownShape}, got {count}", parameter);
        }
    }

    /// <summary>Writes the values of the next tensor.</summary>
    /// <exception cref="ArgumentException">There are not as many values as the tensor has elements.</exception>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Write(ReadOnlySpan<float> values)
    {
        CheckCount(_header.Tensors[_written], values.Length, nameof(values));
        Append(values);
    }

    /// <summary>Writes the next values of a tensor that is too large to be written as a whole.</summary>
    /// <exception cref="ArgumentException">There are more values than the tensor has elements left.</exception>
    /// <exception cref="IOException">The disk is full, or fails.</exception>
    public void Append(ReadOnlySpan<float> values)
    {
        SafetensorsTensor tensor = _header.Tensors[_written];
        _writtenOfTensor += values.Length;
        if (_writtenOfTensor > tensor.Count)
        {
            throw new ArgumentException(
                $"{tensor.ShownName}: expected {tensor.Count} values, got {_writtenOfTensor}", nameof(values));
        }

        if (_writtenOfTensor == tensor.Count)
        {
            _written++;
            _writtenOfTensor = 0;
        }

        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> piece = values[..Math.Min(values.Length, FloatsAtOnce)];
            WritePiece(piece);
            values = values[piece.Length..];
        }
    }

    /// <summary>Brings the complete file to its place.</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there before is unchanged.</exception>
    public void Commit() => _file.Commit();

    /// <summary>Removes what was written where it was not committed.</summary>
    public void Dispose() => _file.Dispose();

    private void WritePiece(ReadOnlySpan<float> values)
    {
        if (BitConverter.IsLittleEndian)
        {
            _file.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> element = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(element, value);
            _file.Write(element);
        }
    }

    private static ImmutableArray<KeyValuePair<string, string>> Describe(IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is null)
        {
            return [];
        }

        KeyValuePair<string, string>[] entries = [.. metadata];
        foreach ((string? key, string? value) in entries)
        {
            CheckText(key, "a key", nameof(metadata));
            CheckText(value, $"the text of {PrintableText.Name(key)}", nameof(metadata));
        }

        Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        for (int i = 1; i < entries.Length; i++)
        {
            if (entries[i].Key == entries[i - 1].Key)
            {
                throw new ArgumentException(
                    $"expected each key once, got {PrintableText.Name(entries[i].Key)} twice", nameof(metadata));
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(entries);
    }

    // JSON is UTF-8, which has no form for half a pair of surrogates.
    private static void CheckText(string? text, string what, string parameter)
    {
        if (text is null)
        {
            throw new ArgumentException($"expected text as {what}, got null", parameter);
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i))
            {
                throw new ArgumentException(
                    $"expected Unicode text as {what}, got half a pair of surrogates in {PrintableText.Name(text)}", parameter);
            }

            i++;
        }
    }
}
