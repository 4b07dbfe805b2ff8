namespace ModelDsl.Runtime.Tests.Data;

public sealed class MnistTests
{
    [Theory]
    [InlineData("train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")]
    [InlineData("train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte")]
    [InlineData(
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz")]
    [InlineData("train-images-idx3-ubyte", "train-labels.idx1-ubyte.gz", "t10k-images.idx3-ubyte.gz", "t10k-labels-idx1-ubyte")]
    public void Files_are_found_in_every_spelling(string images, string labels, string testImages, string testLabels)
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder, [images, labels, testImages, testLabels], Complete());
        MnistData data = Mnist.Load(folder.Path);
        Assert.Equal(3, data.Train.Count);
        Assert.Equal(2, data.Test.Count);
        Assert.Equal(new Shape(2, 2), data.Train.SampleShape);
        Assert.Equal([1, 0, 4], Enumerable.Range(0, 3).Select(data.Train.GetLabel));
        Assert.Equal([0.2f, 0.4f, 0.6f, 0.8f], data.Train.GetSample(1));
        Assert.Equal(6, data.Train.ClassCount);
        Assert.Equal(["0", "1", "2", "3", "4", "5"], data.Test.ClassNames.AsEnumerable());
    }

    [Fact]
    public void A_missing_folder_is_reported()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Combine("nowhere");
        Assert.Equal(
            $"{path}: expected a folder with MNIST files, but it does not exist",
            Assert.Throws<DirectoryNotFoundException>(() => Mnist.Load(path)).Message);
    }

    [Fact]
    public void A_missing_file_is_reported_with_the_names_it_may_have()
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder, Names, Complete());
        File.Delete(folder.Combine(Names[3]));
        Assert.Equal(
            $"{folder.Path}: expected a file t10k-labels-idx1-ubyte or t10k-labels.idx1-ubyte or "
                + "t10k-labels-idx1-ubyte.gz or t10k-labels.idx1-ubyte.gz, found none of them",
            Assert.Throws<FileNotFoundException>(() => Mnist.Load(folder.Path)).Message);
    }

    [Fact]
    public void Labels_that_do_not_count_as_many_as_the_images_are_refused()
    {
        byte[][] files = Complete();
        files[1] = IdxBytes.Create(IdxElementType.UInt8, [2], 0, 1);
        AssertRefused(
            files,
            folder => $"{folder.Combine(Names[1])}: expected 3 labels for the images in {folder.Combine(Names[0])}, got 2");
    }

    [Fact]
    public void Test_images_of_another_size_are_refused()
    {
        byte[][] files = Complete();
        files[2] = IdxBytes.Create(IdxElementType.UInt8, [2, 1, 2], 0, 1, 2, 3);
        AssertRefused(
            files,
            folder =>
                $"{folder.Combine(Names[2])}: expected images of 2x2 as in {folder.Combine(Names[0])}, got 1x2");
    }

    [Fact]
    public void Images_in_place_of_labels_are_refused()
    {
        byte[][] files = Complete();
        files[1] = files[0];
        AssertRefused(
            files,
            folder => $"{folder.Combine(Names[1])}: expected labels as UInt8 in 1 dimensions, at least one, got UInt8 of 3x2x2");
    }

    [Fact]
    public void Files_without_images_are_refused()
    {
        byte[][] files = Complete();
        files[0] = IdxBytes.Create(IdxElementType.UInt8, [0, 28, 28]);
        AssertRefused(
            files,
            folder =>
                $"{folder.Combine(Names[0])}: expected images as UInt8 in 3 dimensions, at least one, got UInt8 of 0x28x28");
    }

    private static string[] Names { get; } =
        ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static byte[][] Complete() =>
    [
        IdxBytes.Create(IdxElementType.UInt8, [3, 2, 2], 0, 0, 0, 0, 51, 102, 153, 204, 255, 255, 255, 255),
        IdxBytes.Create(IdxElementType.UInt8, [3], 1, 0, 4),
        IdxBytes.Create(IdxElementType.UInt8, [2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8),
        IdxBytes.Create(IdxElementType.UInt8, [2], 5, 2),
    ];

    private static void WriteAll(TemporaryFolder folder, string[] names, byte[][] files)
    {
        foreach ((string name, byte[] file) in names.Zip(files))
        {
            folder.Write(name, name.EndsWith(".gz", StringComparison.Ordinal) ? IdxBytes.Compress(file) : file);
        }
    }

    private static void AssertRefused(byte[][] files, Func<TemporaryFolder, string> message)
    {
        using var folder = new TemporaryFolder();
        WriteAll(folder, Names, files);
        Assert.Equal(message(folder), Assert.Throws<InvalidDataException>(() => Mnist.Load(folder.Path)).Message);
    }
}
