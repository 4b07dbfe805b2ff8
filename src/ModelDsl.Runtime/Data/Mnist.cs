using System.Globalization;

namespace ModelDsl;

/// <summary>Loads MNIST and data sets in its format, such as Fashion-MNIST and KMNIST.</summary>
public static class Mnist
{
    /// <summary>The names of Fashion-MNIST's ten classes.</summary>
    public static ImmutableArray<string> FashionClassNames { get; } =
    [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
    ];

    /// <summary>
    /// Loads the four files of a folder: <c>train-images-idx3-ubyte</c>, <c>train-labels-idx1-ubyte</c>,
    /// <c>t10k-images-idx3-ubyte</c> and <c>t10k-labels-idx1-ubyte</c>, also in the spelling <c>.idx3-ubyte</c>, raw or
    /// with <c>.gz</c>. Grey values become floats in [0, 1]; classes are named by their number.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">One of the files is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the files do not match.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static MnistData Load(string directory) => Load(directory, IdxFile.Read);

    /// <summary>Loads the four files of a folder, with a limit on the bytes of each file's elements.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="maxBytes">
    /// The most bytes of elements of a file to take memory for, as for <see cref="IdxFile"/>.
    /// </param>
    /// <inheritdoc cref="Load(string)" path="/exception"/>
    public static MnistData Load(string directory, long maxBytes) => Load(directory, path => IdxFile.Read(path, maxBytes));

    private static MnistData Load(string directory, Func<string, IdxFile> read)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException(
                $"{PrintableText.Escape(directory)}: expected a folder with MNIST files, but it does not exist");
        }

        (IdxFile trainImages, int[] trainLabels) = LoadPart(directory, "train", read);
        (IdxFile testImages, int[] testLabels) = LoadPart(directory, "t10k", read);
        if (!trainImages.Dimensions.AsSpan()[1..].SequenceEqual(testImages.Dimensions.AsSpan()[1..]))
        {
            throw new InvalidDataException(
                $"{Shown(testImages)}: expected images of {ShapeOf(trainImages)} as in {Shown(trainImages)}, got "
                    + $"{ShapeOf(testImages)}");
        }

        int classCount = Math.Max(trainLabels.Max(), testLabels.Max()) + 1;
        return new MnistData(
            Create(trainImages, trainLabels, classCount), Create(testImages, testLabels, classCount));
    }

    private static Dataset Create(IdxFile images, int[] labels, int classCount) =>
        Dataset.FromLabels(ShapeOf(images), images.Bytes, labels, classCount).WithClassNames(
            [.. Enumerable.Range(0, classCount).Select(digit => digit.ToString(CultureInfo.InvariantCulture))]);

    private static Shape ShapeOf(IdxFile images) => new(images.Dimensions.AsSpan()[1..]);

    private static (IdxFile Images, int[] Labels) LoadPart(
        string directory, string part, Func<string, IdxFile> read)
    {
        // Both are looked for before one is read, so that a missing file is reported at once.
        string imagePath = Find(directory, $"{part}-images", "idx3-ubyte");
        string labelPath = Find(directory, $"{part}-labels", "idx1-ubyte");
        IdxFile images = ReadBytes(read, imagePath, rank: 3, "images");
        IdxFile labels = ReadBytes(read, labelPath, rank: 1, "labels");
        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new InvalidDataException(
                $"{Shown(labels)}: expected {images.Dimensions[0]} labels for the images in {Shown(images)}, got "
                    + $"{labels.Dimensions[0]}");
        }

        return (images, labels.ToInt32s());
    }

    private static string Shown(IdxFile file) => PrintableText.Escape(file.Name);

    private static string Find(string directory, string name, string format)
    {
        string[] candidates = [$"{name}-{format}", $"{name}.{format}", $"{name}-{format}.gz", $"{name}.{format}.gz"];
        foreach (string candidate in candidates)
        {
            string path = Path.Combine(directory, candidate);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"{PrintableText.Escape(directory)}: expected a file {string.Join(" or ", candidates)}, found none of them");
    }

    private static IdxFile ReadBytes(Func<string, IdxFile> read, string path, int rank, string what)
    {
        IdxFile file = read(path);
        if (file.ElementType != IdxElementType.UInt8 || file.Dimensions.Length != rank || file.Count == 0)
        {
            throw new InvalidDataException(
                $"{PrintableText.Escape(path)}: expected {what} as UInt8 in {rank} dimensions, at least one, got {file.ElementType} of "
                    + string.Join('x', file.Dimensions));
        }

        return file;
    }
}

/// <summary>The two parts of a data set in MNIST's format.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set.</param>
public sealed record MnistData(Dataset Train, Dataset Test);
