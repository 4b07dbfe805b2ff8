namespace ModelDsl.Runtime.Tests.Serialization;

/// <summary>What a model takes from files and other models, part by part.</summary>
public sealed class WeightMapTests
{
    [Fact]
    public void Tensors_are_taken_by_path_and_the_others_stay()
    {
        using var folder = new TemporaryFolder();
        LinearModel saved = Create(7, 5, seed: 1);
        LinearModel model = Create(7, 5, seed: 2);
        float[] before = model.Parameters.ToArray();
        int bias = model.Description.Parameters[1].Offset;
        saved.Parameters[bias..].Fill(3f);

        WeightsReport report = ModelFile.LoadInto(
            Save(folder, saved), model, new WeightMap { Paths = ["dense1.bias"] });

        Assert.Equal(before[..bias], model.Parameters[..bias].ToArray());
        Assert.Equal([3f, 3f, 3f, 3f, 3f], model.Parameters.Slice(bias, 5));
        Assert.Equal([new TakenWeight("dense1.bias", "dense1.bias")], report.Taken.ToArray());
        Assert.Equal(["dense1.weight"], report.Left.ToArray());
        Assert.Empty(report.Missing);
        Assert.Equal("took 1 tensor; left 1: dense1.weight", report.ToString());
    }

    [Fact]
    public void Names_of_the_other_side_are_found_by_the_longest_path()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("other.safetensors");
        SafetensorsFile.Write(
            path,
            [
                new NamedTensor("fc.weight", new Shape(1, 2), new float[] { 1, 2 }),
                new NamedTensor("offset", new Shape(1), new float[] { 3 }),
                new NamedTensor("momentum", new Shape(1), new float[] { 4 }),
            ]);
        LinearModel model = Create(2, 1);
        WeightsReport report = ModelFile.LoadInto(
            path,
            model,
            new WeightMap { Names = new Dictionary<string, string> { ["dense1"] = "fc", ["dense1.bias"] = "offset" } });
        Assert.Equal([1f, 2f], model.Parameters[..2]);
        Assert.Equal(3f, model.Parameters[model.Description.Parameters[1].Offset]);
        Assert.Equal(["fc.weight", "offset"], report.Taken.Select(taken => taken.Source));
        Assert.Equal(["momentum"], report.Left.ToArray());
    }

    [Fact]
    public void Missing_tensor_of_a_strict_map_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = WeightOnly(folder);
        LinearModel model = Create(2, 1, seed: 3);
        float[] before = model.Parameters.ToArray();
        var exception = Assert.Throws<InvalidDataException>(() => ModelFile.LoadInto(path, model, new WeightMap()));
        Assert.Contains("expected a tensor dense1.bias (1) for Linear", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    [Fact]
    public void Missing_tensor_of_a_map_that_is_not_strict_stays_and_is_reported()
    {
        using var folder = new TemporaryFolder();
        LinearModel model = Create(2, 1, seed: 3);
        model.Parameters[model.Description.Parameters[1].Offset] = 9f;
        WeightsReport report = ModelFile.LoadInto(WeightOnly(folder), model, new WeightMap { IsStrict = false });
        Assert.Equal([1f, 2f], model.Parameters[..2]);
        Assert.Equal(9f, model.Parameters[model.Description.Parameters[1].Offset]);
        Assert.Equal(["dense1.bias"], report.Missing.ToArray());
        Assert.Equal("took 1 tensor; missing 1: dense1.bias", report.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tensor_of_another_shape_is_refused_and_changes_nothing(bool isStrict)
    {
        using var folder = new TemporaryFolder();
        string path = Save(folder, Create(7, 5));
        LinearModel model = Create(7, 6, seed: 2);
        float[] before = model.Parameters.ToArray();
        var exception = Assert.Throws<InvalidDataException>(
            () => ModelFile.LoadInto(path, model, new WeightMap { IsStrict = isStrict }));
        Assert.Contains(
            "expected dense1.weight of 6x7 for Linear, got 5x7", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.ToArray());
    }

    [Theory]
    [InlineData("dense")]
    [InlineData("dense1.")]
    [InlineData("dense1.weights")]
    [InlineData("")]
    public void Path_that_stands_for_nothing_is_refused(string path)
    {
        using var folder = new TemporaryFolder();
        string file = Save(folder, Create(7, 5));
        LinearModel model = Create(7, 5);
        WeightMap[] maps =
        [
            new() { Paths = [path], IsStrict = false },
            new() { Names = new Dictionary<string, string> { [path] = "x" }, IsStrict = false },
        ];
        foreach (WeightMap map in maps)
        {
            var exception = Assert.Throws<ArgumentException>(() => ModelFile.LoadInto(file, model, map));
            Assert.Contains(
                "expected the path of a layer or tensor of Linear", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Path_is_shown_without_control_characters() => Assert.DoesNotContain(
        '\u001b',
        Assert.Throws<ArgumentException>(
            () => ModelWeights.Copy(Create(2, 1), Create(2, 1), new WeightMap { Paths = ["\u001b[2J"] })).Message);

    [Fact]
    public void File_that_is_damaged_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        string path = Save(folder, Create(7, 5, seed: 1));
        byte[] bytes = File.ReadAllBytes(path);
        LinearModel model = Create(7, 5, seed: 2);
        float[] before = model.Parameters.ToArray();
        for (int length = 0; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => ModelFile.LoadInto(path, model, new WeightMap()));
            Assert.Equal(before, model.Parameters.ToArray());
        }
    }

    [Fact]
    public void Copy_takes_what_the_map_says_to_the_last_bit()
    {
        LinearModel source = Create(7, 5, seed: 1);
        LinearModel target = Create(7, 5, seed: 2);
        WeightsReport report = ModelWeights.Copy(source, target);
        Assert.Equal(source.Parameters, target.Parameters);
        Assert.Equal("took 2 tensors", report.ToString());
    }

    [Fact]
    public void Copy_of_another_shape_is_refused_and_changes_nothing()
    {
        LinearModel target = Create(7, 6, seed: 2);
        float[] before = target.Parameters.ToArray();
        var exception = Assert.Throws<ArgumentException>(() => ModelWeights.Copy(Create(7, 5), target));
        Assert.Contains("expected dense1.weight of Linear to be of 6x7", exception.Message, StringComparison.Ordinal);
        Assert.Contains("got 5x7", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.Parameters.ToArray());
    }

    [Fact]
    public void Copy_of_a_model_into_itself_is_refused()
    {
        LinearModel model = Create(7, 5);
        Assert.Throws<ArgumentException>(() => ModelWeights.Copy(model, model));
    }

    [Fact]
    public void Block_that_a_model_does_not_use_is_refused()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => WeightMap.OfBlock<WeightMapTests>(Create(7, 5).Description));
        Assert.Contains(
            "tensors of the block ModelDsl.Runtime.Tests.Serialization.WeightMapTests",
            exception.Message,
            StringComparison.Ordinal);
    }

    private static string WeightOnly(TemporaryFolder folder)
    {
        string path = folder.Combine("weight.safetensors");
        SafetensorsFile.Write(path, [new NamedTensor("dense1.weight", new Shape(1, 2), new float[] { 1, 2 })]);
        return path;
    }

    private static string Save(TemporaryFolder folder, LinearModel model)
    {
        string path = folder.Combine("model.safetensors");
        ModelFile.Save(path, model);
        return path;
    }

    private static LinearModel Create(int inputs, int outputs, ulong seed = 0) =>
        new(new Shape(inputs), outputs, LossKind.MeanSquaredError, seed);
}
