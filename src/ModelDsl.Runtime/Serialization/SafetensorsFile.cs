using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModelDsl;

/// <summary>
/// A file of named tensors in the safetensors format, open for reading: the length of a header, the header in JSON,
/// then the tensors' bytes, little-endian. The header is checked when it is opened; values are read when they are asked
/// for.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    /// <summary>
    /// The longest header that the format allows, in bytes, and the default limit of <see cref="Open"/>. Reading a
    /// header takes a few times its size in memory.
    /// </summary>
    public const int MaxHeaderBytes = 100_000_000;

    // A span of all bytes of a tensor would have more than an int can count from 2 GiB on.
    private const int BytesAtOnce = 1 << 22;

    private const int LengthSize = sizeof(ulong);

    private readonly SafeFileHandle _handle;
    private readonly long _dataStart;
    private readonly ImmutableArray<KeyValuePair<string, string>> _metadata;
    private SafetensorsTensor[]? _byName;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header, long dataStart)
    {
        Path = path;
        _handle = handle;
        _dataStart = dataStart;
        Tensors = header.Tensors;
        _metadata = header.Metadata;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The file's path as a message may show it.</summary>
    internal string ShownPath => PrintableText.Escape(Path);

    /// <summary>The tensors in the order in which they lie in the file.</summary>
    public ImmutableArray<SafetensorsTensor> Tensors { get; }

    /// <summary>Text about the file, by key.</summary>
    public ImmutableSortedDictionary<string, string> Metadata =>
        field ??= _metadata.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxHeaderBytes">The most bytes of a header to take memory for; a longer one is refused.</param>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, or is damaged.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read, or is a folder, a pipe or a
    /// device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SafetensorsFile Open(string path, int maxHeaderBytes = MaxHeaderBytes)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxHeaderBytes);
        SafeFileHandle handle = InputFile.Open(path);
        try
        {
            byte[] json = ReadHeader(handle, path, maxHeaderBytes);
            long dataStart = LengthSize + json.Length;
            return new SafetensorsFile(
                path, handle, ParseHeader(json, RandomAccess.GetLength(handle) - dataStart, path), dataStart);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file of floats (F32). It appears complete or not at all.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="tensors">The tensors, in the order in which they are to lie in the file.</param>
    /// <param name="metadata">Text about the file, by key.</param>
    /// <exception cref="ArgumentException">A reader would refuse the file: a tensor has not as many values as elements
    /// (<c>new Shape()</c> has one) or is null; a name comes twice or is <c>__metadata__</c>; a name, a key or a text
    /// is null or not Unicode; or all of them together are longer than <see cref="MaxHeaderBytes"/>. No file is touched
    /// then.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    /// <remarks>
    /// A symbolic link is followed: the file that it points to is replaced. The new file has the mode of the old one;
    /// its owner is the user who writes it.
    /// </remarks>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(tensors);

        // A copy, so that what is checked is what is written.
        NamedTensor?[] all = [.. tensors];
        int missing = Array.IndexOf(all, null);
        if (missing >= 0)
        {
            throw new ArgumentException($"expected tensors, got null at {missing}", nameof(tensors));
        }

        SafetensorsHeader header = SafetensorsWriter.Describe(
            all.Select(static tensor => ((string?)tensor!.Name, tensor.Shape)), metadata);
        for (int i = 0; i < all.Length; i++)
        {
            SafetensorsWriter.CheckCount(header.Tensors[i], all[i]!.Values.Length, nameof(tensors));
        }

        using var writer = new SafetensorsWriter(path, header);
        foreach (NamedTensor? tensor in all)
        {
            writer.Write(tensor!.Values.Span);
        }

        writer.Commit();
    }

    /// <summary>The tensor with this name, or null where there is none.</summary>
    public SafetensorsTensor? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_byName is null)
        {
            SafetensorsTensor[] byName = [.. Tensors];
            Array.Sort(byName, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            _byName = byName;
        }

        int first = 0;
        int end = _byName.Length;
        while (first < end)
        {
            int middle = (first + end) >>> 1;
            int order = string.CompareOrdinal(_byName[middle].Name, name);
            if (order == 0)
            {
                return _byName[middle];
            }

            (first, end) = order < 0 ? (middle + 1, end) : (first, middle);
        }

        return null;
    }

    /// <summary>Reads a tensor's values as floats. F32, F64, F16 and BF16 can be read.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">The destination: as many floats as the tensor has elements.</param>
    /// <exception cref="ArgumentException">The tensor is not one of this file, or the destination does not have its
    /// length.</exception>
    /// <exception cref="InvalidDataException">The tensor has another type, or the file was cut off since it was
    /// opened.</exception>
    public void Read(SafetensorsTensor tensor, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (destination.Length != tensor.Count)
        {
            throw new ArgumentException(
                $"{tensor.ShownName}: expected room for {tensor.Count} values, got {destination.Length}", nameof(destination));
        }

        Read(tensor, first: 0, destination);
    }

    /// <summary>
    /// Reads some of a tensor's values as floats, from any place. F32, F64, F16 and BF16 can be read.
    /// </summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="first">The first element, row-major.</param>
    /// <param name="destination">The destination: as many floats as elements are wanted.</param>
    /// <exception cref="ArgumentException">The tensor is not one of this file, or has no such elements.</exception>
    /// <exception cref="InvalidDataException">The tensor has another type, or the file was cut off since it was
    /// opened.</exception>
    public void Read(SafetensorsTensor tensor, long first, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (Find(tensor.Name) != tensor)
        {
            throw new ArgumentException(
                $"expected a tensor of {ShownPath}, got {tensor.ShownName} of another file", nameof(tensor));
        }

        if (first < 0 || first > tensor.Count - destination.Length)
        {
            throw new ArgumentException(
                $"{tensor.ShownName}: expected elements of {tensor.Count}, got {destination.Length} from {first} on", nameof(first));
        }

        if (!SafetensorsElementTypes.IsReadable(tensor.ElementType))
        {
            throw new InvalidDataException(
                $"{ShownPath}: {tensor.ShownName}: expected F32, F64, F16 or BF16, got {tensor.ElementType}");
        }

        if (tensor.ElementType == SafetensorsElementType.F32 && BitConverter.IsLittleEndian)
        {
            ReadFloats(tensor, first, destination);
            return;
        }

        Convert(tensor, first, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private void ReadFloats(SafetensorsTensor tensor, long first, Span<float> destination)
    {
        long offset = _dataStart + tensor.Offset + (first * sizeof(float));
        while (!destination.IsEmpty)
        {
            Span<float> piece = destination[..Math.Min(destination.Length, BytesAtOnce / sizeof(float))];
            ReadBytes(offset, MemoryMarshal.AsBytes(piece), tensor);
            offset += (long)piece.Length * sizeof(float);
            destination = destination[piece.Length..];
        }
    }

    private void Convert(SafetensorsTensor tensor, long first, Span<float> destination)
    {
        const int PieceBytes = 8 * 1024;
        Span<byte> buffer = stackalloc byte[PieceBytes];
        int size = SafetensorsElementTypes.SizeOf(tensor.ElementType);
        long offset = _dataStart + tensor.Offset + (first * size);
        while (!destination.IsEmpty)
        {
            Span<float> piece = destination[..Math.Min(destination.Length, PieceBytes / size)];
            Span<byte> bytes = buffer[..(piece.Length * size)];
            ReadBytes(offset, bytes, tensor);
            for (int i = 0; i < piece.Length; i++)
            {
                ReadOnlySpan<byte> element = bytes.Slice(i * size, size);
                piece[i] = tensor.ElementType switch
                {
                    SafetensorsElementType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                    SafetensorsElementType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                    SafetensorsElementType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                    _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                };
            }

            offset += bytes.Length;
            destination = destination[piece.Length..];
        }
    }

    private void ReadBytes(long offset, Span<byte> destination, SafetensorsTensor tensor)
    {
        if (!TryReadBytes(_handle, offset, destination))
        {
            throw new InvalidDataException($"{ShownPath}: {tensor.ShownName}: the file ends within the tensor");
        }
    }

    private static bool TryReadBytes(SafeFileHandle handle, long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(handle, destination, offset);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            destination = destination[read..];
        }

        return true;
    }

    private static byte[] ReadHeader(SafeFileHandle handle, string path, int maxHeaderBytes)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthSize];
        long fileLength = InputFile.LengthOf(handle, path);
        path = PrintableText.Escape(path);
        if (fileLength < LengthSize || !TryReadBytes(handle, 0, lengthBytes))
        {
            throw new InvalidDataException($"{path}: expected a safetensors file, but it has only {fileLength} bytes");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > (ulong)(fileLength - LengthSize))
        {
            throw new InvalidDataException(
                $"{path}: expected a safetensors file, but it is not one or is truncated: its first 8 bytes announce a "
                    + $"header of {length} bytes, and {fileLength - LengthSize} follow");
        }

        if (length > (ulong)maxHeaderBytes)
        {
            throw new InvalidDataException(
                $"{path}: expected a header of at most {maxHeaderBytes} bytes, got one of {length}");
        }

        byte[] json = GC.AllocateUninitializedArray<byte>((int)length);
        return TryReadBytes(handle, LengthSize, json)
            ? json
            : throw new InvalidDataException($"{path}: the file ends within its header");
    }

    private static SafetensorsHeader ParseHeader(byte[] json, long dataLength, string path)
    {
        try
        {
            return SafetensorsHeaderReader.Read(json, dataLength);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{PrintableText.Escape(path)}: {exception.Message}", exception);
        }
    }
}
