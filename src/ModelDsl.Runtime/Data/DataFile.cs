using System.Globalization;

namespace ModelDsl;

/// <summary>
/// A data set in a file of floats, from which samples are read when they are gathered: a set may be much larger than
/// memory. <see cref="Save"/> makes the file from any source.
/// </summary>
/// <remarks>
/// <para>
/// The file is a safetensors file with the tensors <c>samples</c> [count, sample shape], and where there are such targets
/// <c>labels</c> [count, labels per sample] and <c>values</c> [count, values per sample]. Labels are whole numbers, which
/// are kept in memory (four bytes each); all else is read from the file. Text under <c>classes</c> gives the number of
/// classes, and under <c>class.0</c>, <c>class.1</c>, ... their names. Other programs may write such files, in F32, F64,
/// F16 or BF16.
/// </para>
/// <para>Several threads may use it. Neighbouring samples that are asked for one after the other are read at once.</para>
/// </remarks>
public sealed class DataFile : IDataSource, IDisposable
{
    private const string SamplesName = "samples";
    private const string LabelsName = "labels";
    private const string ValuesName = "values";
    private const string ClassesKey = "classes";
    private const string ClassKeyPrefix = "class.";

    // From here on floats are no longer every whole number.
    private const int MostClasses = 1 << 24;

    // 2 MiB. Linux caches a file in pieces as large as it was written in, and finds a sample faster in few large ones.
    private const int FloatsAtOnce = 1 << 19;

    private readonly SafetensorsFile _file;
    private readonly TensorRows _samples;
    private readonly TensorRows? _values;
    private readonly int[] _labels;

    private DataFile(SafetensorsFile file)
    {
        _file = file;
        SafetensorsTensor samples = Find(SamplesName)
            ?? throw new InvalidDataException($"{file.ShownPath}: expected a tensor {SamplesName}, found none");
        _samples = new TensorRows(file, samples);
        (Count, SampleShape) = ReadShape(samples);
        SafetensorsTensor? labels = Find(LabelsName);
        SafetensorsTensor? values = Find(ValuesName);
        _values = values is null ? null : new TensorRows(file, values);
        LabelsPerSample = PerSample(labels);
        ValuesPerSample = PerSample(values);
        ClassCount = labels is null ? 0 : ReadClassCount();
        ClassNames = ReadClassNames();
        _labels = labels is null ? [] : ReadLabels(labels);
    }

    /// <inheritdoc />
    public int Count { get; }

    /// <inheritdoc />
    public Shape SampleShape { get; }

    /// <inheritdoc />
    public int LabelsPerSample { get; }

    /// <inheritdoc />
    public int ClassCount { get; }

    /// <inheritdoc />
    public int ValuesPerSample { get; }

    /// <inheritdoc />
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Opens a file and checks everything but the samples and values, which are checked when they are read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a safetensors file, is damaged, or holds no data set.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read, or is a folder, a pipe or a device.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static DataFile Open(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            return new DataFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes all samples of a source with their targets, as F32. The file appears complete or not at all.</summary>
    /// <param name="path">The file to write; an existing one is replaced.</param>
    /// <param name="source">What to write; it is read a few samples at a time, in order.</param>
    /// <exception cref="ArgumentException">The source has more than 2²⁴ classes, or a label that is no class.</exception>
    /// <exception cref="IOException">The file cannot be written; an existing one is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file may not be written to.</exception>
    public static void Save(string path, IDataSource source)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(source);
        if (source.ClassCount > MostClasses)
        {
            throw new ArgumentException($"expected at most {MostClasses} classes, got {source.ClassCount}", nameof(source));
        }

        using var writer = new SafetensorsWriter(path, Describe(source));
        WriteAll(writer, source.Count, source.SampleShape.Count, source.GatherSamples);
        if (source.LabelsPerSample > 0)
        {
            WriteAll(writer, source.Count, source.LabelsPerSample, (indices, destination) => GatherLabels(source, indices, destination));
        }

        if (source.ValuesPerSample > 0)
        {
            WriteAll(writer, source.Count, source.ValuesPerSample, source.GatherValues);
        }

        writer.Commit();
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A value is not finite, or the file was cut off since it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Indices.CheckGather(indices, Count, SampleShape.Count, destination.Length);
        SampleParts.Gather(_samples, indices, SampleShape.Count, destination);
    }

    /// <inheritdoc />
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        if (LabelsPerSample == 0)
        {
            throw new InvalidOperationException($"expected labels, but each sample has {ValuesPerSample} target values");
        }

        Indices.CheckGather(indices, Count, LabelsPerSample, destination.Length);
        Indices.Gather(_labels.AsSpan(), indices, LabelsPerSample, LabelsPerSample, destination);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A value is not finite, or the file was cut off since it was opened.</exception>
    /// <exception cref="ObjectDisposedException">The file was closed.</exception>
    public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
    {
        if (_values is null)
        {
            throw new InvalidOperationException($"expected target values, but each sample has {LabelsPerSample} labels");
        }

        Indices.CheckGather(indices, Count, ValuesPerSample, destination.Length);
        SampleParts.Gather(_values, indices, ValuesPerSample, destination);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    private delegate void GatherFloats(ReadOnlySpan<int> indices, Span<float> destination);

    private static SafetensorsHeader Describe(IDataSource source)
    {
        var tensors = ImmutableArray.CreateBuilder<SafetensorsTensor>();
        long offset = 0;
        Add(SamplesName, source.SampleShape.Count, [.. source.SampleShape.Dimensions]);
        Add(LabelsName, source.LabelsPerSample, [source.LabelsPerSample]);
        Add(ValuesName, source.ValuesPerSample, [source.ValuesPerSample]);
        var metadata = new List<KeyValuePair<string, string>>();
        if (source.LabelsPerSample > 0)
        {
            metadata.Add(new(ClassesKey, source.ClassCount.ToString(CultureInfo.InvariantCulture)));
            metadata.AddRange(source.ClassNames.Select(static (name, number) => new KeyValuePair<string, string>(ClassKey(number), name)));
        }

        return new SafetensorsHeader(tensors.DrainToImmutable(), [.. metadata]);

        void Add(string name, int perSample, ReadOnlySpan<int> dimensions)
        {
            if (perSample > 0)
            {
                long bytes = (long)source.Count * perSample * sizeof(float);
                ImmutableArray<long> extents = [source.Count, .. dimensions.ToArray().Select(static extent => (long)extent)];
                tensors.Add(new SafetensorsTensor(name, SafetensorsElementType.F32, extents, offset, bytes));
                offset += bytes;
            }
        }
    }

    private static string ClassKey(int number) => ClassKeyPrefix + number.ToString(CultureInfo.InvariantCulture);

    private static void WriteAll(SafetensorsWriter writer, int count, int perSample, GatherFloats gather)
    {
        int samplesAtOnce = Math.Min(count, Math.Max(1, FloatsAtOnce / perSample));
        int[] indices = new int[samplesAtOnce];
        float[] floats = new float[checked(samplesAtOnce * perSample)];
        for (int first = 0; first < count; first += samplesAtOnce)
        {
            int samples = Math.Min(samplesAtOnce, count - first);
            for (int i = 0; i < samples; i++)
            {
                indices[i] = first + i;
            }

            Span<float> part = floats.AsSpan(0, samples * perSample);
            gather(indices.AsSpan(0, samples), part);
            writer.Append(part);
        }
    }

    private static void GatherLabels(IDataSource source, ReadOnlySpan<int> indices, Span<float> destination)
    {
        int[] labels = new int[destination.Length];
        source.GatherLabels(indices, labels);
        for (int i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)source.ClassCount)
            {
                throw new ArgumentException(
                    $"expected labels from 0 to {source.ClassCount - 1}, got {labels[i]} for sample {indices[i / source.LabelsPerSample]}",
                    nameof(source));
            }

            destination[i] = labels[i];
        }
    }

    private SafetensorsTensor? Find(string name)
    {
        SafetensorsTensor? tensor = _file.Find(name);
        return tensor is null || SafetensorsElementTypes.IsReadable(tensor.ElementType)
            ? tensor
            : throw new InvalidDataException($"{_file.ShownPath}: {name}: expected F32, F64, F16 or BF16, got {tensor.ElementType}");
    }

    private (int Count, Shape SampleShape) ReadShape(SafetensorsTensor samples)
    {
        ImmutableArray<long> extents = samples.Dimensions;
        long perSample = extents.Length < 2 || extents[0] == 0 ? 0 : samples.Count / extents[0];
        if (perSample is 0 or > int.MaxValue || extents[0] > Array.MaxLength)
        {
            throw new InvalidDataException(
                $"{_file.ShownPath}: {SamplesName}: expected [count, sample shape], at least one sample, got {samples.ShownShape}");
        }

        return ((int)extents[0], new Shape([.. extents.Skip(1).Select(static extent => (int)extent)]));
    }

    private int PerSample(SafetensorsTensor? targets)
    {
        if (targets is null)
        {
            return 0;
        }

        long perSample = targets.Count / Count;
        bool fits = !targets.Dimensions.IsEmpty && targets.Dimensions[0] == Count && perSample is > 0 and <= int.MaxValue;
        return fits
            ? (int)perSample
            : throw new InvalidDataException(
                $"{_file.ShownPath}: {targets.Name}: expected targets of {Count} samples, got {targets.ShownShape}");
    }

    private int ReadClassCount()
    {
        string text = _file.Metadata.GetValueOrDefault(ClassesKey, string.Empty);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int classes) && classes is > 0 and <= MostClasses
            ? classes
            : throw new InvalidDataException(
                $"{_file.ShownPath}: expected metadata {ClassesKey} with a number of classes from 1 to {MostClasses}, got "
                    + PrintableText.Name(text));
    }

    private ImmutableArray<string> ReadClassNames()
    {
        if (!_file.Metadata.ContainsKey(ClassKey(0)))
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        for (int number = 0; number < ClassCount; number++)
        {
            names.Add(_file.Metadata.GetValueOrDefault(ClassKey(number))
                ?? throw new InvalidDataException($"{_file.ShownPath}: expected names for {ClassCount} classes, found {number}"));
        }

        return names.DrainToImmutable();
    }

    private int[] ReadLabels(SafetensorsTensor tensor)
    {
        if (tensor.Count > Array.MaxLength)
        {
            throw new InvalidDataException($"{_file.ShownPath}: {LabelsName}: expected at most {Array.MaxLength} labels, got {tensor.Count}");
        }

        int[] labels = new int[tensor.Count];
        float[] buffer = new float[Math.Min(FloatsAtOnce, labels.Length)];
        for (int first = 0; first < labels.Length; first += buffer.Length)
        {
            Span<float> part = buffer.AsSpan(0, Math.Min(buffer.Length, labels.Length - first));
            _file.Read(tensor, first, part);
            for (int i = 0; i < part.Length; i++)
            {
                if (!(part[i] >= 0f && part[i] < ClassCount && part[i] == MathF.Floor(part[i])))
                {
                    throw new InvalidDataException(Invariant(
                        $"{_file.ShownPath}: expected labels from 0 to {ClassCount - 1}, got {part[i]} for sample {(first + i) / LabelsPerSample}"));
                }

                labels[first + i] = (int)part[i];
            }
        }

        return labels;
    }

    /// <summary>A tensor of the file, one row for each sample.</summary>
    private sealed class TensorRows(SafetensorsFile file, SafetensorsTensor tensor) : ISampleSource
    {
        public void Gather(ReadOnlySpan<int> indices, int sampleLength, Span<float> destination)
        {
            while (!indices.IsEmpty)
            {
                int run = Indices.RunLength(indices);
                Span<float> part = destination[..(run * sampleLength)];
                file.Read(tensor, (long)indices[0] * sampleLength, part);
                if (FiniteValues.FindWrong(part, sampleLength, indices[0]) is { } wrong)
                {
                    throw new InvalidDataException($"{file.ShownPath}: {tensor.Name}: {wrong}");
                }

                indices = indices[run..];
                destination = destination[part.Length..];
            }
        }
    }
}
