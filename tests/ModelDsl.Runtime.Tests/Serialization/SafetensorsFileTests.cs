using System.Buffers.Binary;
using System.Text;

namespace ModelDsl.Runtime.Tests.Serialization;

public sealed class SafetensorsFileTests
{
    private static readonly Gen<NamedTensor> GenTensor =
        Gen.Select(Gen.String[0, 12], Gen.Int[1, 5].Array[0, 4], Gen.UInt).Select((name, extents, seed) =>
        {
            var shape = new Shape(extents);
            float[] values = new float[shape.Count];
            new Philox(seed).FillNormal(values, 0f, 100f);
            return new NamedTensor(name, shape, values);
        });

    [Fact]
    public void What_is_written_is_read_to_the_last_bit() =>
        Gen.Select(GenTensor.Array[0, 8], Gen.Dictionary(Gen.String[0, 9], Gen.String[0, 30])[0, 4]).Sample((drawn, metadata) =>
        {
            NamedTensor[] tensors = [.. drawn.Where(IsWritable).DistinctBy(tensor => tensor.Name)];
            metadata = metadata.Where(pair => IsUnicode(pair.Key) && IsUnicode(pair.Value)).ToDictionary();
            using var folder = new TemporaryFolder();
            string path = folder.Combine("a.safetensors");
            SafetensorsFile.Write(path, tensors, metadata);
            using SafetensorsFile file = SafetensorsFile.Open(path);
            Assert.Equal(tensors.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
            Assert.Equal(metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal), file.Metadata);
            foreach (NamedTensor tensor in tensors)
            {
                SafetensorsTensor found = file.Find(tensor.Name)!;
                Assert.True(found.HasShape(tensor.Shape));
                Assert.Equal(SafetensorsElementType.F32, found.ElementType);
                float[] values = new float[found.Count];
                file.Read(found, values);
                Assert.Equal(tensor.Values.ToArray(), values);
            }
        }, iter: 100);

    [Fact]
    public void The_layout_is_that_of_the_format()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("a.safetensors");
        float[] pair = [1f, -2f];
        float[] single = [0.5f];
        SafetensorsFile.Write(
            path,
            [new NamedTensor("a", new Shape(1, 2), pair), new NamedTensor("b", new Shape(1), single)],
            new Dictionary<string, string> { ["k"] = "v" });
        byte[] bytes = File.ReadAllBytes(path);
        const string Header =
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}"""
            + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}""";
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(Header, Encoding.UTF8.GetString(bytes.AsSpan(8, length)).TrimEnd(' '));
        Assert.Equal(0, length % 8);
        Assert.Equal([0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0, 0, 0, 0, 0x3F], bytes[(8 + length)..]);
    }

    [Theory]
    [InlineData("F64", 8, new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0x3F, 0, 0, 0, 0, 0, 0, 0, 0xC0 })]
    [InlineData("F16", 2, new byte[] { 0x00, 0x3E, 0x00, 0xC0 })]
    [InlineData("BF16", 2, new byte[] { 0xC0, 0x3F, 0x00, 0xC0 })]
    [InlineData("F32", 4, new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 })]
    public void Floating_point_numbers_of_each_size_are_read_as_floats(string type, int size, byte[] data)
    {
        using SafetensorsFile file = Open(
            $$$"""{"x":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,{{{2 * size}}}]}}""", data);
        float[] values = new float[2];
        file.Read(file.Tensors[0], values);
        Assert.Equal([1.5f, -2f], values);
    }

    [Fact]
    public void A_long_tensor_is_converted_in_pieces_without_a_seam()
    {
        const int Count = 40_000;
        byte[] data = new byte[2 * Count];
        for (int i = 0; i < Count; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(data.AsSpan(2 * i), (Half)(i % 1000));
        }

        using SafetensorsFile file = Open(
            $$$"""{"x":{"dtype":"F16","shape":[{{{Count}}}],"data_offsets":[0,{{{2 * Count}}}]}}""", data);
        float[] values = new float[Count];
        file.Read(file.Tensors[0], values);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (float)(i % 1000)), values);
    }

    [Fact]
    public void Numbers_of_another_kind_are_listed_but_not_read_as_floats()
    {
        using SafetensorsFile file = Open("""{"x":{"dtype":"I16","shape":[2],"data_offsets":[0,4]}}""", 0, 0, 0, 0);
        SafetensorsTensor tensor = Assert.Single(file.Tensors);
        Assert.Equal(2, tensor.Count);
        var exception = Assert.Throws<InvalidDataException>(() => file.Read(tensor, new float[2]));
        Assert.Equal($"{file.Path}: x: expected F32, F64, F16 or BF16, got I16", exception.Message);
    }

    [Fact]
    public void Scalars_and_empty_tensors_are_read()
    {
        using SafetensorsFile file = Open(
            """
            {"empty":{"dtype":"F32","shape":[3,0],"data_offsets":[0,0]},
             "scalar":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}
            """,
            0, 0, 0x80, 0x3F);
        Assert.Equal(["empty", "scalar"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal(0, file.Find("empty")!.Count);
        float[] value = new float[1];
        file.Read(file.Find("scalar")!, value);
        Assert.Equal([1f], value);
        Assert.Null(file.Find("other"));
    }

    [Fact]
    public void A_destination_of_another_length_is_refused()
    {
        using SafetensorsFile file = Open("""{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 0, 0, 0, 0);
        var exception = Assert.Throws<ArgumentException>(() => file.Read(file.Tensors[0], new float[2]));
        Assert.StartsWith("x: expected room for 1 values, got 2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_that_cannot_be_written_leave_the_old_file_and_no_other()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a.safetensors", [1, 2, 3]);
        float[] one = [1f];
        AssertRefused("x: expected 2 values for 2, got 1", [new NamedTensor("x", new Shape(2), one)]);
        AssertRefused(
            "expected names that differ from each other and from __metadata__, got x",
            [new NamedTensor("x", new Shape(1), one), new NamedTensor("x", new Shape(1), one)]);
        AssertRefused(
            "expected names that differ from each other and from __metadata__, got __metadata__",
            [new NamedTensor("__metadata__", new Shape(1), one)]);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));

        void AssertRefused(string message, NamedTensor[] tensors) => Assert.StartsWith(
            message,
            Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, tensors)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_missing_is_reported_and_not_made()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("missing/a.safetensors");
        Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Write(path, []));
        Assert.Throws<DirectoryNotFoundException>(() => SafetensorsFile.Open(path));
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    private static bool IsWritable(NamedTensor tensor) => tensor.Name != "__metadata__" && IsUnicode(tensor.Name);

    private static bool IsUnicode(string text) => !text.Any(char.IsSurrogate);

    /// <summary>
    /// Opens a file whose name is gone before anything is read from it: the open handle is all that is used.
    /// </summary>
    private static SafetensorsFile Open(string header, params byte[] data)
    {
        using var folder = new TemporaryFolder();
        return SafetensorsFile.Open(folder.Write("x.safetensors", SafetensorsBytes.Create(header, data)));
    }
}
