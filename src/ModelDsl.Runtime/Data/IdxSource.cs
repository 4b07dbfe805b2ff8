using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace ModelDsl;

/// <summary>
/// Samples in an uncompressed IDX file, which are read when they are gathered, with their labels from a second file. A
/// set may be much larger than memory; only the labels are kept there, four bytes each.
/// </summary>
/// <remarks>
/// Bytes are read as byte / 255, floats in [0, 1], as <see cref="Mnist"/> does; other types keep their numbers. Several
/// threads may use it. Neighbouring samples that are asked for one after the other are read at once.
/// </remarks>
public sealed class IdxSource : IDataSource, ISampleSource, IDisposable
{
    private const int BytesAtOnce = 1 << 20;

    private readonly string _shownPath;
    private readonly SafeFileHandle _handle;
    private readonly IdxHeader _header;
    private readonly int[] _labels;
    private readonly int _bytesPerSample;

    private IdxSource(string shownPath, SafeFileHandle handle, IdxHeader header, int[] labels)
    {
        _shownPath = shownPath;
        _handle = handle;
        _header = header;
        _labels = labels;
        SampleShape = new Shape(header.Dimensions.AsSpan()[1..]);
        ClassCount = labels.Length == 0 ? 0 : labels.Max() + 1;
        _bytesPerSample = SampleShape.Count * header.ElementSize;
    }

    /// <inheritdoc />
    public int Count => _header.Dimensions[0];

    /// <inheritdoc />
    public Shape SampleShape { get; }

    /// <inheritdoc />
    public int LabelsPerSample => _labels.Length == 0 ? 0 : 1;

    /// <summary>One more than the highest label; 0 without labels.</summary>
    public int ClassCount { get; }

    /// <summary>Opens a file of samples, and reads the labels.</summary>
    /// <param name="samplesPath">An uncompressed IDX file of at least two dimensions, the samples being the first.</param>
    /// <param name="labelsPath">An IDX file of one dimension, whole numbers from 0 on, compressed or not; or null.</param>
    /// <exception cref="InvalidDataException">A file is not an IDX file, is damaged or compressed, or the files do not
    /// match.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read, or is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static IdxSource Open(string samplesPath, string? labelsPath = null)
    {
        ArgumentNullException.ThrowIfNull(samplesPath);
        string shown = PrintableText.Escape(samplesPath);
        SafeFileHandle handle = InputFile.Open(samplesPath);
        try
        {
            var header = IdxHeader.Read(handle, samplesPath);
            int[] labels = labelsPath is null ? [] : ReadLabels(labelsPath, header.Dimensions[0], shown);
            return new IdxSource(shown, handle, header, labels);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A value is not finite, or the file was cut off since it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Indices.CheckGather(indices, Count, SampleShape.Count, destination.Length);
        SampleParts.Gather(this, indices, SampleShape.Count, destination);
    }

    void ISampleSource.Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
    {
        while (!indices.IsEmpty)
        {
            int run = Math.Min(Indices.RunLength(indices), Math.Max(1, BytesAtOnce / _bytesPerSample));
            Span<float> part = destination[..(run * sampleLength)];
            Read(indices[0], part);
            indices = indices[run..];
            destination = destination[part.Length..];
        }
    }

    /// <inheritdoc />
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        if (LabelsPerSample == 0)
        {
            throw new InvalidOperationException("expected labels, but the samples were opened without a file of labels");
        }

        Indices.CheckGather(indices, Count, perSample: 1, destination.Length);
        Indices.Gather(_labels.AsSpan(), indices, stride: 1, length: 1, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _handle.Dispose();

    private static int[] ReadLabels(string path, int count, string shownSamples)
    {
        IdxFile file = IdxFile.Read(path);
        string shown = PrintableText.Escape(path);
        if (file.Dimensions.Length != 1 || file.Dimensions[0] != count)
        {
            throw new InvalidDataException(
                $"{shown}: expected {count} labels for the samples in {shownSamples}, got {string.Join('x', file.Dimensions)}");
        }

        int[] labels = file.ToInt32s();
        int wrong = labels.AsSpan().IndexOfAnyExceptInRange(0, int.MaxValue - 1);
        return wrong < 0
            ? labels
            : throw new InvalidDataException(Invariant($"{shown}: expected labels from 0 on, got {labels[wrong]} for sample {wrong}"));
    }

    private void Read(int first, Span<float> samples)
    {
        int length = samples.Length / SampleShape.Count * _bytesPerSample;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, length);
            ReadBytes(_header.DataStart + ((long)first * _bytesPerSample), bytes);
            if (_header.ElementType == IdxElementType.UInt8)
            {
                ByteSamples.ToUnit(bytes, samples);
                return;
            }

            for (int i = 0; i < samples.Length; i++)
            {
                samples[i] = IdxFile.ToSingle(bytes.Slice(i * _header.ElementSize, _header.ElementSize), _header.ElementType);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        if (FiniteValues.FindWrong(samples, SampleShape.Count, first) is { } wrong)
        {
            throw new InvalidDataException($"{_shownPath}: {wrong}");
        }
    }

    private void ReadBytes(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{_shownPath}: the file was cut off since it was opened");
            }

            offset += read;
            destination = destination[read..];
        }
    }
}

/// <summary>What stands at the beginning of an IDX file that is read at any place.</summary>
/// <param name="ElementType">The type of the elements.</param>
/// <param name="Dimensions">The extents, outermost first.</param>
internal sealed record IdxHeader(IdxElementType ElementType, ImmutableArray<int> Dimensions)
{
    private const int FixedBytes = 4;

    /// <summary>The bytes of one element.</summary>
    public int ElementSize => IdxFile.SizeOf(ElementType);

    /// <summary>Where the elements start.</summary>
    public long DataStart => FixedBytes + (sizeof(int) * (long)Dimensions.Length);

    /// <summary>Reads a header and compares it with the length of its file.</summary>
    /// <exception cref="InvalidDataException">It is no IDX file of samples, or has another length than the header
    /// says.</exception>
    public static IdxHeader Read(SafeFileHandle handle, string path)
    {
        string name = PrintableText.Escape(path);
        long fileLength = InputFile.LengthOf(handle, path);
        Span<byte> start = stackalloc byte[FixedBytes + (byte.MaxValue * sizeof(int))];
        start = start[..RandomAccess.Read(handle, start, fileOffset: 0)];
        if (start is [0x1F, 0x8B, ..])
        {
            throw new InvalidDataException($"{name}: expected an uncompressed file, which can be read at any place: unpack it first");
        }

        if (start is not [0, 0, byte type, byte rank, ..] || !Enum.IsDefined((IdxElementType)type) || rank < 2)
        {
            throw new InvalidDataException(
                $"{name}: expected an IDX file of samples (magic number 00 00, type 08 to 0E, at least 2 dimensions), got "
                    + string.Join(' ', start[..Math.Min(FixedBytes, start.Length)].ToArray().Select(static value => value.ToString("X2", null))));
        }

        if (start.Length < FixedBytes + (rank * sizeof(int)))
        {
            throw new InvalidDataException($"{name}: expected an IDX file, but it ends within its header");
        }

        return Create((IdxElementType)type, start.Slice(FixedBytes, rank * sizeof(int)), fileLength, name);
    }

    private static IdxHeader Create(IdxElementType type, ReadOnlySpan<byte> extents, long fileLength, string name)
    {
        int[] dimensions = new int[extents.Length / sizeof(int)];
        long perSample = 1;
        for (int i = 0; i < dimensions.Length; i++)
        {
            dimensions[i] = BinaryPrimitives.ReadInt32BigEndian(extents[(i * sizeof(int))..]);
            perSample = i == 0 ? 1 : Math.Min(perSample * Math.Max(0, dimensions[i]), int.MaxValue + 1L);
        }

        var header = new IdxHeader(type, [.. dimensions]);
        string shape = string.Join('x', dimensions.Select(static extent => unchecked((uint)extent)));
        if (dimensions[0] <= 0 || perSample == 0 || perSample * header.ElementSize > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{name}: expected at least one sample, each of at most {Array.MaxLength} bytes, but its header says {shape}");
        }

        long expected = header.DataStart + (dimensions[0] * perSample * header.ElementSize);
        return fileLength == expected
            ? header
            : throw new InvalidDataException($"{name}: expected {expected} bytes for {shape} as its header says, got {fileLength}");
    }
}
