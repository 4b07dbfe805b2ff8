using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ModelDsl;

/// <summary>
/// Writes a safetensors file of floats: the header when it is created, then each tensor's values in turn. The file appears
/// when it is committed.
/// </summary>
internal sealed class SafetensorsWriter : IDisposable
{
    private readonly SafetensorsHeader _header;
    private readonly AtomicFile _file;
    private int _written;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where to; what stands there is replaced at the end.</param>
    /// <param name="tensors">The tensors' names and shapes, in the order in which they lie in the file.</param>
    /// <param name="metadata">Text about the file, by key.</param>
    /// <exception cref="ArgumentException">A name comes twice, or is reserved by the format.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be written to.</exception>
    public SafetensorsWriter(
        string path, IEnumerable<(string Name, Shape Shape)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(path);
        _header = CreateHeader(tensors, metadata);
        byte[] header = _header.ToUtf8();
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        _file = new AtomicFile(path);
        _file.Stream.Write(length);
        _file.Stream.Write(header);
    }

    /// <summary>Writes the values of the next tensor.</summary>
    /// <exception cref="ArgumentException">There are not as many values as the tensor has elements.</exception>
    public void Write(ReadOnlySpan<float> values)
    {
        SafetensorsTensor tensor = _header.Tensors[_written];
        if (values.Length != tensor.Count)
        {
            throw new ArgumentException(
                $"{tensor.Name}: expected {tensor.Count} values for {tensor.ShapeText}, got {values.Length}", nameof(values));
        }

        _written++;
        if (BitConverter.IsLittleEndian)
        {
            _file.Stream.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> element = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(element, value);
            _file.Stream.Write(element);
        }
    }

    /// <summary>Brings the complete file to its place.</summary>
    /// <exception cref="IOException">The file cannot be written; what stood there before is unchanged.</exception>
    public void Commit() => _file.Commit();

    /// <summary>Removes what was written where it was not committed.</summary>
    public void Dispose() => _file.Dispose();

    private static SafetensorsHeader CreateHeader(
        IEnumerable<(string Name, Shape Shape)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var described = ImmutableArray.CreateBuilder<SafetensorsTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
        long offset = 0;
        foreach ((string name, Shape shape) in tensors)
        {
            if (!names.Add(name))
            {
                throw new ArgumentException(
                    $"expected names that differ from each other and from {SafetensorsHeader.MetadataKey}, got {name}",
                    nameof(tensors));
            }

            long bytes = (long)shape.Count * sizeof(float);
            ImmutableArray<long> extents = [.. shape.Dimensions.Select(extent => (long)extent)];
            described.Add(new SafetensorsTensor(name, SafetensorsElementType.F32, extents, offset, bytes));
            offset += bytes;
        }

        return new SafetensorsHeader(
            described.DrainToImmutable(),
            (metadata ?? ImmutableDictionary<string, string>.Empty).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}
