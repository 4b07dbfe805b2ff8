namespace ModelDsl.Runtime.Tests.Serialization;

public sealed class ModelFileTests
{
    [Fact]
    public void A_loaded_model_is_the_saved_one_to_the_last_bit()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        AssertKept(path, 7, 5);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.Equal(["dense1.weight", "dense1.bias"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("Linear", file.Metadata["model"]);
        Assert.Single(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Saving_replaces_an_older_file()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.safetensors", [1, 2, 3]);
        ModelFile.Save(path, Create(7, 5));
        ModelFile.Load(path, Create(7, 5));
    }

    [Fact]
    public void Half_precision_weights_of_other_origin_are_loaded()
    {
        using var folder = new TemporaryFolder();
        const string Header =
            """
            {"dense1.bias":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]},
             "dense1.weight":{"dtype":"F16","shape":[1,2],"data_offsets":[2,6]}}
            """;
        string path = folder.Write("a", SafetensorsBytes.Create(Header, 0xC0, 0x3F, 0x00, 0x3E, 0x00, 0xC0));
        LinearModel model = Create(2, 1);
        ModelFile.Load(path, model);
        Assert.Equal([1.5f, -2f], model.Parameters[..2]);
        Assert.Equal(1.5f, model.Parameters[model.Description.Parameters[1].Offset]);
    }

    [Fact]
    public void A_model_of_other_sizes_is_refused_by_tensor_and_both_shapes() => AssertRefused(
        Create(7, 5), Create(7, 6), "expected dense1.weight of 6x7 for Linear, got 5x7");

    [Fact]
    public void A_file_without_one_of_the_tensors_is_refused() => AssertRefused(
        [new NamedTensor("dense1.weight", new Shape(5, 7), new float[35])],
        "expected a tensor dense1.bias (5) for Linear, but the file has none of that name");

    [Fact]
    public void A_file_with_one_tensor_more_is_refused() => AssertRefused(
        [
            new NamedTensor("dense1.weight", new Shape(5, 7), new float[35]),
            new NamedTensor("dense1.bias", new Shape(5), new float[5]),
            new NamedTensor("dense2.weight", new Shape(3, 5), new float[15]),
        ],
        "expected the 2 tensors of Linear, got 3, among them dense2.weight (3x5)");

    [Fact]
    public void A_tensor_of_the_same_size_in_another_shape_is_refused() => AssertRefused(
        [
            new NamedTensor("dense1.weight", new Shape(7, 5), new float[35]),
            new NamedTensor("dense1.bias", new Shape(5), new float[5]),
        ],
        "expected dense1.weight of 5x7 for Linear, got 7x5");

    [Fact]
    public void A_tensor_of_another_name_is_shown_without_control_characters() => AssertRefused(
        [
            new NamedTensor("dense1.weight", new Shape(5, 7), new float[35]),
            new NamedTensor("dense1.bias", new Shape(5), new float[5]),
            new NamedTensor("\u001b[2J", new Shape(), new float[1]),
        ],
        @"expected the 2 tensors of Linear, got 3, among them \u001B[2J (a single number)");

    [Fact]
    public void A_header_beyond_the_limit_that_was_set_is_refused()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("a");
        ModelFile.Save(path, Create(7, 5));
        var exception = Assert.Throws<InvalidDataException>(
            () => ModelFile.Load(path, Create(7, 5), maxHeaderBytes: 100));
        Assert.StartsWith(
            $"{path}: expected a header of at most 100 bytes, got one of ",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_longer_than_a_piece_is_saved_and_loaded_without_a_seam()
    {
        using var folder = new TemporaryFolder();
        AssertKept(folder.Combine("a"), 1500, 1500);
    }

    /// <summary>Takes 9 GB of memory and 2 GB of disk: on demand.</summary>
    [Fact]
    public void A_tensor_above_2_GiB_is_saved_and_loaded()
    {
        if (Environment.GetEnvironmentVariable("LARGE_TENSORS") is null)
        {
            return;
        }

        using var folder = new TemporaryFolder();
        string path = folder.Combine("a");
        LinearModel saved = Create(32768, 16385, seed: 1);
        ModelFile.Save(path, saved);
        Assert.True(new FileInfo(path).Length > 32768L * 16385 * sizeof(float));
        LinearModel loaded = Create(32768, 16385, seed: 2);
        ModelFile.Load(path, loaded);
        Assert.True(saved.Parameters.SequenceEqual(loaded.Parameters));
    }

    [Fact]
    public void Integers_are_refused()
    {
        const string Header =
            """
            {"dense1.weight":{"dtype":"I8","shape":[5,7],"data_offsets":[0,35]},
             "dense1.bias":{"dtype":"I8","shape":[5],"data_offsets":[35,40]}}
            """;
        using var folder = new TemporaryFolder();
        AssertRefused(
            folder.Write("a", SafetensorsBytes.Create(Header, new byte[40])),
            "dense1.weight: expected F32, F64, F16 or BF16, got I8");
    }

    [Fact]
    public void A_file_cut_off_at_any_byte_leaves_the_model_as_it_is()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("model.safetensors");
        ModelFile.Save(path, Create(3, 2, seed: 1));
        byte[] content = File.ReadAllBytes(path);
        LinearModel model = Create(3, 2, seed: 2);
        float[] before = model.Parameters.ToArray();
        for (int length = 0; length < content.Length; length++)
        {
            File.WriteAllBytes(path, content[..length]);
            Assert.Throws<InvalidDataException>(() => ModelFile.Load(path, model));
        }

        Assert.Equal(before, model.Parameters);
    }

    [Fact]
    public void A_missing_file_is_reported_by_its_path()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("nothing.safetensors");
        var exception = Assert.Throws<FileNotFoundException>(() => ModelFile.Load(path, Create(1, 1)));
        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
    }

    private static void AssertKept(string path, int inputs, int outputs)
    {
        LinearModel saved = Create(inputs, outputs, seed: 1);
        ModelFile.Save(path, saved);
        LinearModel loaded = Create(inputs, outputs, seed: 2);
        Assert.False(saved.Parameters.SequenceEqual(loaded.Parameters));
        ModelFile.Load(path, loaded);
        Assert.True(saved.Parameters.SequenceEqual(loaded.Parameters));
    }

    private static LinearModel Create(int inputs, int outputs, ulong seed = 0) =>
        new(new Shape(inputs), outputs, LossKind.MeanSquaredError, seed);

    private static void AssertRefused(LinearModel saved, LinearModel model, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("a");
        ModelFile.Save(path, saved);
        float[] before = model.Parameters.ToArray();
        Assert.Equal(
            $"{path}: {message}", Assert.Throws<InvalidDataException>(() => ModelFile.Load(path, model)).Message);
        Assert.Equal(before, model.Parameters);
    }

    private static void AssertRefused(NamedTensor[] tensors, string message)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("a");
        SafetensorsFile.Write(path, tensors);
        AssertRefused(path, message);
    }

    private static void AssertRefused(string path, string message) => Assert.Equal(
        $"{path}: {message}", Assert.Throws<InvalidDataException>(() => ModelFile.Load(path, Create(7, 5))).Message);
}
