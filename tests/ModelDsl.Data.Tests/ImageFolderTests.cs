using SkiaSharp;

namespace ModelDsl.Data.Tests;

public sealed class ImageFolderTests
{
    [Fact]
    public void Folders_are_classes_and_pixels_are_red_green_and_blue_from_the_top()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "b/two.png", 2, 1, SKColors.Red, new SKColor(0, 51, 255));
        Write(folder, "a/deep/one.PNG", 2, 1, SKColors.Lime, SKColors.White);
        File.WriteAllText(folder.Combine("a/notes.txt"), "no image");
        File.WriteAllText(folder.Combine("a/.hidden.png"), "no image");
        var images = ImageFolder.Open(folder.Path, height: 1, width: 2);
        Assert.Equal(["a", "b"], images.ClassNames.AsEnumerable());
        Assert.Equal((2, new Shape(1, 2, 3)), (images.Count, images.SampleShape));
        Assert.Equal([1f, 0f, 0f, 0f, 0.2f, 1f], images.GetSample(1));
        Assert.Equal(1, images.GetLabel(1));
        Assert.EndsWith("one.PNG", images.GetPath(0), StringComparison.Ordinal);
    }

    [Fact]
    public void Grey_is_the_weighted_sum_of_the_colours_rounded_to_a_byte()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/1.png", 4, 1, SKColors.Red, SKColors.Lime, SKColors.Blue, new SKColor(77, 77, 77));
        var images = ImageFolder.Open(folder.Path, height: 1, width: 4, isGray: true);
        Assert.Equal([76f / 255, 150f / 255, 29f / 255, 77f / 255], images.GetSample(0));
    }

    [Fact]
    public void An_image_of_another_size_is_resized()
    {
        using var folder = new TemporaryFolder();
        SKColor[] halves =
            [.. Enumerable.Range(0, 64).Select(pixel => pixel % 8 < 4 ? SKColors.White : SKColors.Black)];
        Write(folder, "a/1.png", 8, 8, halves);
        float[] small = ImageFolder.Open(folder.Path, height: 2, width: 4, isGray: true).GetSample(0);
        Assert.Equal([1f, 0f], [small[0], small[3]]);
        Assert.Equal(small[..4], small[4..]);
        Assert.Equal(small[..4].OrderDescending(), small[..4]);
        Assert.Equal(16 * 16, ImageFolder.Open(folder.Path, 16, 16, isGray: true).GetSample(0).Length);
    }

    [Fact]
    public void A_set_in_memory_holds_the_same_samples()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/1.png", 2, 2, SKColors.Red, SKColors.Gray, SKColors.Pink, SKColors.Navy);
        Write(folder, "b/1.png", 1, 1, SKColors.Teal);
        var images = ImageFolder.Open(folder.Path, height: 2, width: 2);
        Dataset set = images.ToDataset();
        Assert.Equal(["a", "b"], set.ClassNames.AsEnumerable());
        for (int index = 0; index < 2; index++)
        {
            Assert.Equal(images.GetSample(index), set.GetSample(index));
            Assert.Equal(images.GetLabel(index), set.GetLabel(index));
        }
    }

    [Fact]
    public void A_damaged_image_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/good.png", 1, 1, SKColors.Red);
        Directory.CreateDirectory(folder.Combine("b"));
        File.WriteAllBytes(folder.Combine("b/bad.jpg"), [0xFF, 0xD8, 0xFF, 1, 2, 3]);
        var images = ImageFolder.Open(folder.Path, 1, 1);
        foreach (Action read in (Action[])[() => images.GetSample(1), () => images.ToDataset()])
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(read);
            Assert.Contains("bad.jpg: expected an image", error.Message, StringComparison.Ordinal);
        }

        File.WriteAllBytes(folder.Combine("b/bad.jpg"), []);
        Assert.Throws<InvalidDataException>(() => images.GetSample(1));
        using PrefetchedSource prefetched = images.Prefetch();
        prefetched.Prepare([0, 1]);
        Assert.Contains(
            "bad.jpg",
            Assert.Throws<InvalidDataException>(() => prefetched.GatherSamples([0, 1], new float[6])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_image_is_refused_by_its_name()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        Write(
            folder,
            "a/1.png",
            64,
            64,
            [.. Enumerable.Range(0, 64 * 64).Select(_ => new SKColor((uint)random.Next() | 0xFF000000))]);
        string path = folder.Combine("a/1.png");
        byte[] content = File.ReadAllBytes(path);
        File.WriteAllBytes(path, content[..(content.Length / 2)]);
        var images = ImageFolder.Open(folder.Path, 8, 8);
        Assert.Contains(
            "1.png: expected an image",
            Assert.Throws<InvalidDataException>(() => images.GetSample(0)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Folders_that_hold_no_classes_or_no_images_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<DirectoryNotFoundException>(() => ImageFolder.Open(folder.Combine("none"), 1, 1));
        AssertRefused("expected one folder for each class, found none");
        Directory.CreateDirectory(folder.Combine("empty"));
        AssertRefused("empty: expected images (.png, .jpg");
        Assert.Throws<ArgumentOutOfRangeException>(() => ImageFolder.Open(folder.Path, 0, 1));

        void AssertRefused(string message) => Assert.Contains(
            message,
            Assert.Throws<InvalidDataException>(() => ImageFolder.Open(folder.Path, 1, 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Indices_and_lengths_of_a_gathering_are_checked()
    {
        using var folder = new TemporaryFolder();
        Write(folder, "a/1.png", 1, 1, SKColors.Red);
        var images = ImageFolder.Open(folder.Path, 1, 1);
        Assert.Throws<ArgumentException>(() => images.GatherSamples([1], new float[3]));
        Assert.Throws<ArgumentException>(() => images.GatherSamples([0], new float[4]));
        Assert.Throws<ArgumentException>(() => images.GatherLabels([-1], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => images.GetPath(1));
    }

    private static void Write(TemporaryFolder folder, string name, int width, int height, params SKColor[] pixels)
    {
        string path = folder.Combine(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var bitmap = new SKBitmap(width, height) { Pixels = pixels };
        using FileStream file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, quality: 100);
    }
}
