using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace ModelDsl;

/// <summary>
/// A tensor in the IDX format of the MNIST database: a magic number with the element type and the number of dimensions,
/// the dimensions, then the elements, all big-endian. The file may be compressed by gzip.
/// </summary>
public sealed class IdxFile
{
    // Deflate codes at most 258 bytes in two bits, so a file cannot hold more than this many times its size.
    private const long HighestCompression = 1032;

    private readonly byte[] _elements;

    private IdxFile(string name, IdxElementType elementType, ImmutableArray<int> dimensions, byte[] elements)
    {
        Name = name;
        ElementType = elementType;
        Dimensions = dimensions;
        _elements = elements;
    }

    /// <summary>The file's path, as error messages name it.</summary>
    public string Name { get; }

    /// <summary>The type of the elements.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The extents, outermost first.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>The number of elements.</summary>
    public int Count => _elements.Length / SizeOf(ElementType);

    /// <summary>The elements as they stand in the file: big-endian where they have more than one byte.</summary>
    public ReadOnlyMemory<byte> Bytes => _elements;

    /// <summary>Reads a file, compressed by gzip or not.</summary>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is damaged, or has another length than its
    /// header says.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static IdxFile Read(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return Read(file, path);
    }

    /// <summary>Reads a file, compressed by gzip or not, from a stream that can seek.</summary>
    /// <param name="stream">The file, from the stream's beginning to its end.</param>
    /// <param name="name">The file's name for error messages.</param>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is damaged, or has another length than its
    /// header says.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        Span<byte> magic = stackalloc byte[2];
        bool compressed = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic is [0x1F, 0x8B];
        stream.Position = 0;
        if (!compressed)
        {
            return Read(stream, name, limit: stream.Length, static content => content.ReadByte() < 0);
        }

        try
        {
            using GZipStream content = CheckedGzip.Open(stream);
            return Read(content, name, limit: stream.Length * HighestCompression, CheckedGzip.ReadEnd);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name}: expected a complete gzip file, got a damaged or truncated one", exception);
        }
    }

    /// <summary>The elements as floats.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[Count];
        int size = SizeOf(ElementType);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = _elements.AsSpan(i * size, size);
            values[i] = ElementType switch
            {
                IdxElementType.UInt8 => element[0],
                IdxElementType.Int8 => (sbyte)element[0],
                IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(element),
                IdxElementType.Int32 => BinaryPrimitives.ReadInt32BigEndian(element),
                IdxElementType.Single => BinaryPrimitives.ReadSingleBigEndian(element),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(element),
            };
        }

        return values;
    }

    /// <summary>The elements as integers, such as labels.</summary>
    /// <exception cref="InvalidDataException">The elements are floating-point numbers.</exception>
    public int[] ToInt32s()
    {
        if (ElementType is IdxElementType.Single or IdxElementType.Double)
        {
            throw new InvalidDataException($"{Name}: expected integers, got elements of type {ElementType}");
        }

        int[] values = new int[Count];
        int size = SizeOf(ElementType);
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> element = _elements.AsSpan(i * size, size);
            values[i] = ElementType switch
            {
                IdxElementType.UInt8 => element[0],
                IdxElementType.Int8 => (sbyte)element[0],
                IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(element),
                _ => BinaryPrimitives.ReadInt32BigEndian(element),
            };
        }

        return values;
    }

    private static IdxFile Read(Stream stream, string name, long limit, Func<Stream, bool> readEnd)
    {
        Span<byte> magic = stackalloc byte[4];
        ReadHeader(stream, magic, name);
        var elementType = (IdxElementType)magic[2];
        int rank = magic[3];
        if (magic[0] != 0 || magic[1] != 0 || !Enum.IsDefined(elementType) || rank == 0)
        {
            throw new InvalidDataException(
                $"{name}: expected an IDX file (magic number 00 00, type 08 to 0E, dimensions), got "
                    + $"{magic[0]:X2} {magic[1]:X2} {magic[2]:X2} {magic[3]:X2}");
        }

        Span<byte> extents = stackalloc byte[rank * sizeof(int)];
        ReadHeader(stream, extents, name);
        int[] dimensions = new int[rank];
        long size = SizeOf(elementType);
        bool tooLarge = false;
        for (int i = 0; i < rank; i++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(extents[(i * sizeof(int))..]);
            dimensions[i] = unchecked((int)extent);
            size *= extent;
            tooLarge |= extent > int.MaxValue || size > Array.MaxLength;
            size = Math.Min(size, int.MaxValue);
        }

        string shape = string.Join('x', dimensions.Select(extent => unchecked((uint)extent)));
        if (tooLarge)
        {
            throw new InvalidDataException($"{name}: expected at most {Array.MaxLength} bytes, but its header says {shape}");
        }

        if (size > limit)
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, but the file is too short for them");
        }

        byte[] elements = new byte[size];
        int read = stream.ReadAtLeast(elements, elements.Length, throwOnEndOfStream: false);
        if (read < elements.Length)
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, got {read}: the file is truncated");
        }

        if (!readEnd(stream))
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, but the file goes on after them");
        }

        return new IdxFile(name, elementType, [.. dimensions], elements);
    }

    private static void ReadHeader(Stream stream, Span<byte> header, string name)
    {
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw new InvalidDataException($"{name}: expected an IDX file, but it ends within its header");
        }
    }

    private static int SizeOf(IdxElementType type) => type switch
    {
        IdxElementType.UInt8 or IdxElementType.Int8 => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Single => 4,
        _ => 8,
    };
}
