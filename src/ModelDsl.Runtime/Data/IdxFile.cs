using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelDsl;

/// <summary>
/// A tensor in the IDX format of the MNIST database: a magic number with the element type and the number of dimensions,
/// the dimensions, then the elements, all big-endian. The file may be compressed by gzip.
/// </summary>
public sealed class IdxFile
{
    /// <summary>
    /// The most bytes of elements that a compressed file is unpacked to unless another limit is given: 1 GiB. A file of
    /// a few megabytes can hold gigabytes of zeros.
    /// </summary>
    public const int DefaultMaxBytes = 1 << 30;

    // Deflate codes at most 258 bytes in two bits, so a file cannot hold more than this many times its size.
    private const long HighestCompression = 1032;

    // Little packed data is smaller than this part of what it holds, so memory for as much is rarely taken in vain.
    private const long LikelyCompression = 8;

    private const int LeastPiece = 1 << 16;

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

    /// <summary>
    /// Reads a file, compressed by gzip or not. Takes memory for what the file really holds, whatever its header says;
    /// for a compressed file at most <see cref="DefaultMaxBytes"/>, or the file's own size where that is larger.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is damaged, is beyond the limit, or is not
    /// as long as its header says.</exception>
    /// <exception cref="IOException">
    /// The file is missing or cannot be read, or is a folder, a pipe or a device.
    /// </exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static IdxFile Read(string path)
    {
        using FileStream file = Open(path);
        return Read(file, path);
    }

    /// <summary>Reads a file with a limit on the bytes of its elements, compressed by gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">The most bytes of elements to take memory for, at least 0; an array holds at most 2
    /// GiB.</param>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static IdxFile Read(string path, long maxBytes)
    {
        using FileStream file = Open(path);
        return Read(file, path, maxBytes);
    }

    /// <summary>Reads a file, compressed by gzip or not, from a stream that can seek.</summary>
    /// <param name="stream">The file, from the stream's beginning to its end.</param>
    /// <param name="name">The file's name for error messages.</param>
    /// <exception cref="ArgumentException">The stream cannot seek.</exception>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is damaged, is beyond the limit of
    /// <see cref="Read(string)"/>, or is not as long as its header says.</exception>
    public static IdxFile Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        CheckSeekable(stream);
        return Read(stream, name, Math.Max(DefaultMaxBytes, stream.Length));
    }

    /// <summary>Reads a file with a limit on the bytes of its elements from a stream that can seek.</summary>
    /// <param name="stream">The file, from the stream's beginning to its end.</param>
    /// <param name="name">The file's name for error messages.</param>
    /// <param name="maxBytes">The most bytes of elements to take memory for, at least 0; an array holds at most 2
    /// GiB.</param>
    /// <exception cref="ArgumentException">The stream cannot seek, or the limit is negative.</exception>
    /// <exception cref="InvalidDataException">The file is not an IDX file, is damaged, is beyond the limit, or is not
    /// as long as its header says.</exception>
    public static IdxFile Read(Stream stream, string name, long maxBytes)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(maxBytes);
        CheckSeekable(stream);
        stream.Position = 0;
        Span<byte> magic = stackalloc byte[2];
        bool compressed = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) == magic.Length
            && magic is [0x1F, 0x8B];
        stream.Position = 0;
        var reading = new Reading(name, Math.Min(maxBytes, Array.MaxLength));
        long length = stream.Length;
        if (!compressed)
        {
            return Read(stream, reading with { Holds = length, LikelyHolds = length }, static content => content.ReadByte() < 0);
        }

        reading = reading with { Holds = Times(length, HighestCompression), LikelyHolds = Times(length, LikelyCompression) };
        try
        {
            using GZipStream content = CheckedGzip.Open(stream);
            return Read(content, reading, CheckedGzip.ReadEnd);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(reading.ShownName, StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"{reading.ShownName}: expected a complete gzip file, got a damaged or truncated one", exception);
        }
    }

    /// <summary>The elements as floats.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[Count];
        int size = SizeOf(ElementType);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ToSingle(_elements.AsSpan(i * size, size), ElementType);
        }

        return values;
    }

    /// <summary>The elements as integers, such as labels.</summary>
    /// <exception cref="InvalidDataException">The elements are floating-point numbers.</exception>
    public int[] ToInt32s()
    {
        if (ElementType is IdxElementType.Single or IdxElementType.Double)
        {
            throw new InvalidDataException($"{PrintableText.Escape(Name)}: expected integers, got elements of type {ElementType}");
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

    private static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return InputFile.OpenStream(path);
    }

    private static void CheckSeekable(Stream stream)
    {
        if (!stream.CanSeek)
        {
            throw new ArgumentException("expected a stream that can seek", nameof(stream));
        }
    }

    private static long Times(long length, long factor) => length > long.MaxValue / factor ? long.MaxValue : length * factor;

    private static IdxFile Read(Stream stream, Reading reading, Func<Stream, bool> readEnd)
    {
        string name = reading.ShownName;
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
            tooLarge |= extent > int.MaxValue || size > reading.MaxBytes;
            size = Math.Min(size, int.MaxValue);
        }

        string shape = string.Join('x', dimensions.Select(extent => unchecked((uint)extent)));
        if (tooLarge)
        {
            throw new InvalidDataException($"{name}: expected at most {reading.MaxBytes} bytes, but its header says {shape}");
        }

        if (size > reading.Holds)
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, but the file is too short for them");
        }

        byte[] elements = ReadElements(stream, (int)size, reading.LikelyHolds, out int read);
        if (read < size)
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, got {read}: the file is truncated");
        }

        if (!readEnd(stream))
        {
            throw new InvalidDataException(
                $"{name}: expected {size} bytes of {shape} as its header says, but the file goes on after them");
        }

        return new IdxFile(reading.Name, elementType, [.. dimensions], elements);
    }

    /// <summary>Reads elements into memory that grows with what was read, so that a header alone takes none.</summary>
    private static byte[] ReadElements(Stream stream, int size, long likely, out int read)
    {
        byte[] elements = new byte[Math.Min(size, Math.Max(likely, LeastPiece))];
        read = 0;
        while (true)
        {
            int more = stream.ReadAtLeast(elements.AsSpan(read), elements.Length - read, throwOnEndOfStream: false);
            read += more;
            if (read < elements.Length || read == size)
            {
                return elements;
            }

            Array.Resize(ref elements, (int)Math.Min(size, 2L * elements.Length));
        }
    }

    private static void ReadHeader(Stream stream, Span<byte> header, string name)
    {
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            throw new InvalidDataException($"{name}: expected an IDX file, but it ends within its header");
        }
    }

    /// <summary>One element as a float.</summary>
    internal static float ToSingle(ReadOnlySpan<byte> element, IdxElementType type) => type switch
    {
        IdxElementType.UInt8 => element[0],
        IdxElementType.Int8 => (sbyte)element[0],
        IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(element),
        IdxElementType.Int32 => BinaryPrimitives.ReadInt32BigEndian(element),
        IdxElementType.Single => BinaryPrimitives.ReadSingleBigEndian(element),
        _ => (float)BinaryPrimitives.ReadDoubleBigEndian(element),
    };

    /// <summary>The bytes of one element.</summary>
    internal static int SizeOf(IdxElementType type) => type switch
    {
        IdxElementType.UInt8 or IdxElementType.Int8 => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Single => 4,
        _ => 8,
    };

    /// <summary>What is known of a file before its header is read.</summary>
    /// <param name="Name">The file's name.</param>
    /// <param name="MaxBytes">The most bytes of elements to take memory for.</param>
    private readonly record struct Reading(string Name, long MaxBytes)
    {
        /// <summary>The name as messages show it.</summary>
        public string ShownName { get; } = PrintableText.Escape(Name);

        /// <summary>No more bytes than this can be in the file.</summary>
        public long Holds { get; init; }

        /// <summary>As many bytes as this may well be in the file.</summary>
        public long LikelyHolds { get; init; }
    }
}

/// <summary>What an IDX file holds. The values are the type codes in the file.</summary>
public enum IdxElementType
{
    /// <summary>Bytes from 0 to 255.</summary>
    UInt8 = 0x08,

    /// <summary>Bytes from -128 to 127.</summary>
    Int8 = 0x09,

    /// <summary>Integers of 16 bits.</summary>
    Int16 = 0x0B,

    /// <summary>Integers of 32 bits.</summary>
    Int32 = 0x0C,

    /// <summary>Floating-point numbers of 32 bits.</summary>
    Single = 0x0D,

    /// <summary>Floating-point numbers of 64 bits.</summary>
    Double = 0x0E,
}
