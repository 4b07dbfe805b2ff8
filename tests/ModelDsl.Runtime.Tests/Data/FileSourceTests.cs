using System.Buffers.Binary;
using ModelDsl.Runtime.Tests.Serialization;

namespace ModelDsl.Runtime.Tests.Data;

public sealed class FileSourceTests
{
    [Fact]
    public void A_set_comes_back_from_its_file_in_any_order()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        float[] samples = new float[100 * 6];
        new Philox(1).FillUniform(samples, -1f, 1f);
        Dataset set = Dataset.FromTargets(
            new Shape(2, 3),
            samples,
            [.. Enumerable.Range(0, 200).Select(i => i % 7)],
            [.. Enumerable.Range(0, 300).Select(i => i / 7f)]).WithClassNames("a", "b", "c", "d", "e", "f", "ü");
        DataFile.Save(path, set);
        using var file = DataFile.Open(path);
        Assert.Equal((set.Count, set.SampleShape, set.ClassCount), (file.Count, file.SampleShape, file.ClassCount));
        Assert.Equal((2, 3), (file.LabelsPerSample, file.ValuesPerSample));
        Assert.Equal(set.ClassNames.AsEnumerable(), file.ClassNames);
        Gen.Int[0, 99].Array[0, 300].Sample(indices => Assert.Equal(Everything(set, indices), Everything(file, indices)));
    }

    [Fact]
    public void A_set_ten_times_larger_than_the_memory_allowed_trains()
    {
        // All that the thread allocates from the making of the file to the end of the training, without regard to what is
        // collected meanwhile: no more than this is ever held, for there is no memory but the collector's.
        const int Allowed = 6 << 20;
        using var folder = new TemporaryFolder();
        string path = folder.Combine("large.safetensors");
        var model = new LinearModel(new Shape(1024), 1, LossKind.MeanSquaredError, seed: 1);
        var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 0.3f });
        long before = GC.GetAllocatedBytesForCurrentThread();
        DataFile.Save(path, new GeneratedSource(16 * 1024));
        using var file = DataFile.Open(path);
        History history = trainer.Fit(file, epochs: 2, batchSize: 64, validationSplit: 0.1f, seed: 3);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(new FileInfo(path).Length >= 10L * Allowed);
        Assert.InRange(allocated, 1, Allowed);
        Assert.InRange(history.Last.ValidationLoss!.Value, 0, 1e-3);
    }

    [Fact]
    public void Gathering_from_a_file_allocates_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        Dataset set = Numbered(50);
        DataFile.Save(path, set);
        string idx = folder.Write("samples", IdxBytes.Create(IdxElementType.UInt8, [50, 2], new byte[100]));
        using var file = DataFile.Open(path);
        using var idxSource = IdxSource.Open(idx);
        int[] indices = [7, 8, 9, 3, 49, 0];
        float[] samples = new float[12];
        Run(times: 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(times: 200);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                file.GatherSamples(indices, samples);
                idxSource.GatherSamples(indices, samples);
            }
        }
    }

    [Fact]
    public void Training_from_a_file_gives_the_bits_of_training_from_memory()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        DataFile.Save(path, Numbered(60));
        using var file = DataFile.Open(path);
        using PrefetchedSource prefetched = file.Prefetch();
        Assert.Equal(Train(Numbered(60)), Train(file));
        Assert.Equal(Train(Numbered(60)), Train(prefetched));

        static float[] Train(IDataSource source)
        {
            var model = new LinearModel(new Shape(2), 5, LossKind.SoftmaxCrossEntropy, seed: 1);
            new Trainer<LinearModel>(model, new Adam()).Fit(source, epochs: 2, batchSize: 8, validationSplit: 0.2f);
            return model.Parameters.ToArray();
        }
    }

    [Theory]
    [InlineData(IdxElementType.UInt8)]
    [InlineData(IdxElementType.Int8)]
    [InlineData(IdxElementType.Int16)]
    [InlineData(IdxElementType.Int32)]
    [InlineData(IdxElementType.Single)]
    [InlineData(IdxElementType.Double)]
    public void Samples_of_an_IDX_file_are_those_that_are_read_as_a_whole(IdxElementType type)
    {
        using var folder = new TemporaryFolder();
        byte[] elements = new byte[10 * 6 * IdxFile.SizeOf(type)];
        for (int i = 0; i < 60; i++)
        {
            Write(type, elements.AsSpan(i * IdxFile.SizeOf(type)), (i * 4) - 100);
        }

        string path = folder.Write("samples", IdxBytes.Create(type, [10, 2, 3], elements));
        string labels = folder.Write(
            "labels.gz", IdxBytes.Compress(IdxBytes.Create(IdxElementType.UInt8, [10], 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)));
        using var source = IdxSource.Open(path, labels);
        float scale = type == IdxElementType.UInt8 ? 255f : 1f;
        float[] all = [.. IdxFile.Read(path).ToSingles().Select(value => value / scale)];
        Assert.Equal((10, new Shape(2, 3), 10), (source.Count, source.SampleShape, source.ClassCount));
        foreach (int index in (int[])[9, 0, 4, 5])
        {
            Assert.Equal(all[(index * 6)..((index + 1) * 6)], source.GetSample(index));
            Assert.Equal(index, source.GetLabel(index));
        }
    }

    [Theory]
    [InlineData("{\"labels\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "expected a tensor samples, found none")]
    [InlineData("{\"samples\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "samples: expected [count, sample shape]")]
    [InlineData("{\"samples\":{\"dtype\":\"F32\",\"shape\":[0,2],\"data_offsets\":[0,0]}}", "samples: expected [count, sample shape]")]
    [InlineData("{\"samples\":{\"dtype\":\"I32\",\"shape\":[2,1],\"data_offsets\":[0,8]}}", "samples: expected F32, F64, F16 or BF16, got I32")]
    [InlineData(
        "{\"samples\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "expected metadata classes")]
    [InlineData(
        "{\"__metadata__\":{\"classes\":\"-3\"},\"samples\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "from 1 to 16777216, got -3")]
    [InlineData(
        "{\"__metadata__\":{\"classes\":\"2\",\"class.0\":\"a\"},\"samples\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"labels\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "expected names for 2 classes, found 1")]
    [InlineData(
        "{\"samples\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"values\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[4,8]}}",
        "values: expected targets of 1 samples, got 2")]
    public void A_file_that_is_no_data_set_is_refused_and_closed(string header, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("set.safetensors", SafetensorsBytes.Create(header, new byte[header.Contains("[0,0]", StringComparison.Ordinal) ? 0 : 8]));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataFile.Open(path));
        Assert.Contains("set.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5f)]
    [InlineData(2f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void A_label_that_is_no_class_is_refused_by_its_place(float label)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        SafetensorsFile.Write(
            path,
            [new NamedTensor("samples", new Shape(3, 1), new float[3]), new NamedTensor("labels", new Shape(3), new[] { 0f, label, 1f })],
            new Dictionary<string, string> { ["classes"] = "2" });
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => DataFile.Open(path));
        Assert.Contains(FormattableString.Invariant($"expected labels from 0 to 1, got {label} for sample 1"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_found_when_it_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        SafetensorsFile.Write(path, [new NamedTensor("samples", new Shape(3, 2), new[] { 0f, 1f, 2f, 3f, 4f, float.NaN })]);
        using var file = DataFile.Open(path);
        Assert.Equal([2f, 3f], file.GetSample(1));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => file.GatherSamples([1, 2], new float[4]));
        Assert.Contains("samples: expected finite values, got NaN in sample 2 at position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_threads_gather_one_batch_and_report_its_first_wrong_sample()
    {
        const int SampleLength = 40_000;
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        float[] values = new float[6 * SampleLength];
        new Philox(1).FillUniform(values, -1f, 1f);
        SafetensorsFile.Write(path, [new NamedTensor("samples", new Shape(6, SampleLength), values)]);
        int[] indices = [5, 0, 3, 3, 1];
        float[] samples = new float[indices.Length * SampleLength];
        using (var file = DataFile.Open(path))
        {
            file.GatherSamples(indices, samples);
            Assert.Equal(
                indices.SelectMany(index => values[(index * SampleLength)..((index + 1) * SampleLength)]), samples);
        }

        (values[SampleLength], values[3 * SampleLength]) = (float.NaN, float.PositiveInfinity);
        SafetensorsFile.Write(path, [new NamedTensor("samples", new Shape(6, SampleLength), values)]);
        using var wrong = DataFile.Open(path);
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => wrong.GatherSamples(indices, samples));
        Assert.Contains("in sample 3 at position 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_while_it_is_open_is_found_when_it_is_read()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        DataFile.Save(path, Numbered(50));
        using var file = DataFile.Open(path);
        if (!OperatingSystem.IsWindows())
        {
            using (FileStream other = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            {
                other.SetLength(300);
            }

            Assert.Throws<InvalidDataException>(() => file.GetSample(49));
        }
    }

    [Fact]
    public void Saving_leaves_no_file_where_the_source_throws()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("set.safetensors");
        var source = new NumberedSource(10) { OnSample = index => _ = index == 7 ? throw new InvalidDataException("row 7") : 0 };
        Assert.Throws<InvalidDataException>(() => DataFile.Save(path, source));
        Assert.Empty(Directory.GetFiles(folder.Path));
        Dataset ignored = Dataset.FromTargets(new Shape(1), [1f, 2f], [0, 255], ignoredLabel: 255);
        ArgumentException error = Assert.Throws<ArgumentException>(() => DataFile.Save(path, ignored));
        Assert.StartsWith("expected labels from 0 to 0, got 255 for sample 1", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void IDX_files_that_do_not_fit_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        byte[] good = IdxBytes.Create(IdxElementType.UInt8, [2, 3], 1, 2, 3, 4, 5, 6);
        string samples = folder.Write("samples", good);
        AssertRefused("packed: expected an uncompressed file", folder.Write("packed", IdxBytes.Compress(good)));
        AssertRefused("short: expected 18 bytes for 2x3 as its header says, got 17", folder.Write("short", good[..^1]));
        AssertRefused("long: expected 18 bytes for 2x3 as its header says, got 19", folder.Write("long", [.. good, 7]));
        AssertRefused("flat: expected an IDX file of samples", folder.Write("flat", IdxBytes.Create(IdxElementType.UInt8, [2], 1, 2)));
        AssertRefused("text: expected an IDX file of samples", folder.Write("text", "no"u8.ToArray()));
        AssertRefused("empty: expected an IDX file of samples", folder.Write("empty", []));
        AssertRefused("header: expected an IDX file, but it ends within its header", folder.Write("header", good[..9]));
        AssertRefused("none: expected at least one sample", folder.Write("none", IdxBytes.Create(IdxElementType.UInt8, [0, 3])));
        AssertRefused(
            "huge: expected at least one sample, each of at most",
            folder.Write("huge", IdxBytes.Create(IdxElementType.Double, [1, int.MaxValue, int.MaxValue])));
        AssertRefused(
            "labels: expected 2 labels for the samples in", samples, folder.Write("labels", IdxBytes.Create(IdxElementType.UInt8, [1], 1)));
        AssertRefused(
            "negative: expected labels from 0 on, got -1 for sample 1",
            samples,
            folder.Write("negative", IdxBytes.Create(IdxElementType.Int8, [2], 0, 255)));
        using var source = IdxSource.Open(samples);
        Assert.Throws<InvalidOperationException>(() => source.GatherLabels([0], new int[1]));
        Assert.Throws<ArgumentException>(() => source.GatherSamples([2], new float[3]));
        Assert.Throws<ArgumentException>(() => source.GatherSamples([1], new float[2]));

        static void AssertRefused(string message, string path, string? labels = null)
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => IdxSource.Open(path, labels));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_part_of_a_tensor_is_read_from_any_place_in_every_type_of_float()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("half.safetensors", SafetensorsBytes.Create(
            "{\"samples\":{\"dtype\":\"BF16\",\"shape\":[3,2],\"data_offsets\":[0,12]}}", 0, 0, 0x80, 0x3F, 0, 0x40, 0x40, 0x40, 0x80, 0x40, 0xA0, 0x40));
        using var file = DataFile.Open(path);
        Assert.Equal([4f, 5f], file.GetSample(2));
        Assert.Equal([0f, 1f], file.GetSample(0));
        using var tensors = SafetensorsFile.Open(path);
        SafetensorsTensor tensor = tensors.Tensors[0];
        float[] part = new float[3];
        tensors.Read(tensor, 2, part);
        Assert.Equal([2f, 3f, 4f], part);
        Assert.Throws<ArgumentException>(() => tensors.Read(tensor, 4, part));
        Assert.Throws<ArgumentException>(() => tensors.Read(tensor, -1, part));
    }

    private static Dataset Numbered(int count) => Dataset.FromLabels(
        new Shape(2),
        [.. Enumerable.Range(0, 2 * count).Select(i => i / 50f)],
        [.. Enumerable.Range(0, count).Select(i => i % 5)]);

    private static float[] Everything(IDataSource source, int[] indices)
    {
        float[] samples = new float[indices.Length * source.SampleShape.Count];
        int[] labels = new int[indices.Length * source.LabelsPerSample];
        float[] values = new float[indices.Length * source.ValuesPerSample];
        source.GatherSamples(indices, samples);
        source.GatherLabels(indices, labels);
        source.GatherValues(indices, values);
        return [.. samples, .. labels.Select(label => (float)label), .. values];
    }

    private static void Write(IdxElementType type, Span<byte> element, int value)
    {
        switch (type)
        {
            case IdxElementType.UInt8 or IdxElementType.Int8:
                element[0] = unchecked((byte)value);
                break;
            case IdxElementType.Int16:
                BinaryPrimitives.WriteInt16BigEndian(element, (short)value);
                break;
            case IdxElementType.Int32:
                BinaryPrimitives.WriteInt32BigEndian(element, value);
                break;
            case IdxElementType.Single:
                BinaryPrimitives.WriteSingleBigEndian(element, value);
                break;
            default:
                BinaryPrimitives.WriteDoubleBigEndian(element, value);
                break;
        }
    }

    /// <summary>Samples of 4 KiB that nobody keeps: the first value of sample i goes through a range, and the target is twice it.</summary>
    private sealed class GeneratedSource(int count) : IDataSource
    {
        public int Count => count;

        public Shape SampleShape { get; } = new(1024);

        public int ValuesPerSample => 1;

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
        {
            destination.Clear();
            for (int i = 0; i < indices.Length; i++)
            {
                destination[i * SampleShape.Count] = First(indices[i]);
            }
        }

        public void GatherValues(ReadOnlySpan<int> indices, Span<float> destination)
        {
            for (int i = 0; i < indices.Length; i++)
            {
                destination[i] = 2f * First(indices[i]);
            }
        }

        private static float First(int index) => (index % 17 / 8f) - 1f;
    }
}
