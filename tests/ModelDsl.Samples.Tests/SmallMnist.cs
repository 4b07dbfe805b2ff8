using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelDsl.Samples.Tests;

/// <summary>The first images of MNIST as a data set of its own, and ways to damage it.</summary>
internal sealed class SmallMnist : IDisposable
{
    public const string TrainImages = "train-images-idx3-ubyte";
    public const string TrainLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte";
    public const string TestLabels = "t10k-labels-idx1-ubyte";

    private const int ImageHeader = 16, LabelHeader = 8, ImageSize = 28 * 28;

    private readonly TemporaryFolder _folder = new();

    public SmallMnist(int train = 300, int test = 100)
    {
        WriteFirst(TrainImages, ImageHeader, train, ImageSize);
        WriteFirst(TrainLabels, LabelHeader, train, 1);
        WriteFirst(TestImages, ImageHeader, test, ImageSize);
        WriteFirst(TestLabels, LabelHeader, test, 1);
    }

    public string Path => _folder.Path;

    public string PathOf(string file) => _folder[file];

    public byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    public void Write(string file, byte[] bytes) => File.WriteAllBytes(PathOf(file), bytes);

    public void Delete(string file) => File.Delete(PathOf(file));

    /// <summary>Puts the file's gzipped form, cut to a part of its length, in its place.</summary>
    public void Compress(string file, double keptPart = 1)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Read(file));
        }

        Delete(file);
        Write($"{file}.gz", compressed.ToArray()[..(int)(compressed.Length * keptPart)]);
    }

    /// <summary>The pixels of a test image, as bytes.</summary>
    public byte[] TestImage(int index) =>
        Read(TestImages).AsSpan(ImageHeader + (index * ImageSize), ImageSize).ToArray();

    public void Dispose() => _folder.Dispose();

    private void WriteFirst(string file, int header, int count, int size)
    {
        using var gzip = new GZipStream(
            File.OpenRead(System.IO.Path.Combine(MnistFolder.Default, $"{file}.gz")), CompressionMode.Decompress);
        byte[] first = new byte[header + (count * size)];
        gzip.ReadExactly(first);
        BinaryPrimitives.WriteInt32BigEndian(first.AsSpan(4), count);
        Write(file, first);
    }
}
