using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModelDsl;

/// <summary>
/// A file of named tensors in the safetensors format, open for reading: the length of a header, the header in JSON, then
/// the tensors' bytes, little-endian. The header is checked when it is opened; values are read when they are asked for.
/// </summary>
public sealed class SafetensorsFile : IDisposable
{
    // What the format allows. A header that pretends to be longer is refused before memory is taken.
    private const long MaxHeaderLength = 100_000_000;

    private const int LengthSize = sizeof(ulong);

    private readonly SafeFileHandle _handle;
    private readonly long _dataStart;

    private SafetensorsFile(string path, SafeFileHandle handle, SafetensorsHeader header, long dataStart)
    {
        Path = path;
        _handle = handle;
        _dataStart = dataStart;
        Tensors = header.Tensors;
        Metadata = header.Metadata;
    }

    /// <summary>The file's path.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order in which they lie in the file.</summary>
    public ImmutableArray<SafetensorsTensor> Tensors { get; }

    /// <summary>Text about the file, by key.</summary>
    public ImmutableSortedDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header against its length.</summary>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, or is damaged.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SafeFileHandle handle = File.OpenHandle(path);
        try
        {
            byte[] json = ReadHeader(handle, path);
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
    /// <param name="path">Where to; what stands there is replaced.</param>
    /// <param name="tensors">The tensors, in the order in which they are to lie in the file.</param>
    /// <param name="metadata">Text about the file, by key.</param>
    /// <exception cref="ArgumentException">A tensor has not as many values as elements, or a name comes twice.</exception>
    /// <exception cref="IOException">The file cannot be written; what stood there before is unchanged.</exception>
    public static void Write(
        string path, IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var writer = new SafetensorsWriter(path, tensors.Select(tensor => (tensor.Name, tensor.Shape)), metadata);
        foreach (NamedTensor tensor in tensors)
        {
            writer.Write(tensor.Values.Span);
        }

        writer.Commit();
    }

    /// <summary>The tensor of a name, or null where there is none.</summary>
    public SafetensorsTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>Reads a tensor's values as floats. F32, F64, F16 and BF16 can be read.</summary>
    /// <param name="tensor">One of <see cref="Tensors"/>.</param>
    /// <param name="destination">Where to: as many floats as the tensor has elements.</param>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    /// <exception cref="InvalidDataException">The tensor has another type, or the file was cut off since it was
    /// opened.</exception>
    public void Read(SafetensorsTensor tensor, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (destination.Length != tensor.Count)
        {
            throw new ArgumentException(
                $"{tensor.Name}: expected room for {tensor.Count} values, got {destination.Length}", nameof(destination));
        }

        if (!SafetensorsElementTypes.IsReadable(tensor.ElementType))
        {
            throw new InvalidDataException(
                $"{Path}: {tensor.Name}: expected F32, F64, F16 or BF16, got {tensor.ElementType}");
        }

        if (tensor.ElementType == SafetensorsElementType.F32 && BitConverter.IsLittleEndian)
        {
            ReadBytes(_dataStart + tensor.Offset, MemoryMarshal.AsBytes(destination), tensor.Name);
            return;
        }

        Convert(tensor, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private void Convert(SafetensorsTensor tensor, Span<float> destination)
    {
        const int PieceBytes = 32 * 1024;
        byte[] buffer = new byte[Math.Min(PieceBytes, tensor.ByteLength)];
        int size = SafetensorsElementTypes.SizeOf(tensor.ElementType);
        int perPiece = PieceBytes / size;
        for (int start = 0; start < destination.Length; start += perPiece)
        {
            Span<float> piece = destination[start..Math.Min(start + perPiece, destination.Length)];
            Span<byte> bytes = buffer.AsSpan(0, piece.Length * size);
            ReadBytes(_dataStart + tensor.Offset + ((long)start * size), bytes, tensor.Name);
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
        }
    }

    private void ReadBytes(long offset, Span<byte> destination, string name)
    {
        if (!TryReadBytes(_handle, offset, destination))
        {
            throw new InvalidDataException($"{Path}: {name}: the file ends within the tensor");
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

    private static byte[] ReadHeader(SafeFileHandle handle, string path)
    {
        Span<byte> lengthBytes = stackalloc byte[LengthSize];
        long fileLength = RandomAccess.GetLength(handle);
        if (fileLength < LengthSize || !TryReadBytes(handle, 0, lengthBytes))
        {
            throw new InvalidDataException($"{path}: expected a safetensors file, but it has only {fileLength} bytes");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (length > MaxHeaderLength || (long)length > fileLength - LengthSize)
        {
            throw new InvalidDataException(
                $"{path}: expected a safetensors file, but it is not one or is truncated: its first 8 bytes announce a "
                    + $"header of {length} bytes, and {fileLength - LengthSize} follow");
        }

        byte[] json = new byte[length];
        return TryReadBytes(handle, LengthSize, json)
            ? json
            : throw new InvalidDataException($"{path}: the file ends within its header");
    }

    private static SafetensorsHeader ParseHeader(byte[] json, long dataLength, string path)
    {
        try
        {
            return SafetensorsHeader.Parse(json, dataLength);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }
}
