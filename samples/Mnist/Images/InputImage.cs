using MnistSample.Commands;
using MnistSample.Errors;
using ModelDsl;

namespace MnistSample.Images;

/// <summary>Reads the image that a model is asked about, from whichever kind of file it is in.</summary>
internal static class InputImage
{
    /// <summary>Returns the image as the model takes it: ink values in [0, 1], row by row.</summary>
    /// <param name="path">A PNG picture or an IDX image file; told apart by how it begins, not by its name.</param>
    /// <param name="index">Which image of an IDX file; null for the first.</param>
    /// <param name="model">The model that will take it.</param>
    /// <param name="largestSide">The largest width and height of a picture that is read.</param>
    /// <exception cref="UserErrorException">The file does not hold such an image.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="InvalidDataException">The file is a damaged IDX file.</exception>
    public static float[] Read(string path, int? index, ModelDescription model, int largestSide = PngReader.LargestSide)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException($"{path}: expected a PNG picture or an IDX image file, but there is no such file");
        }

        if (SpecialFile.StandsAt(path, isReplaced: false))
        {
            throw new UserErrorException($"{path}: expected a PNG picture or an IDX image file, got a pipe or a device");
        }

        Span<byte> head = stackalloc byte[8];
        head = head[..ReadHead(path, head)];
        if (PngReader.IsPng(head))
        {
            return index is null
                ? ReadPicture(path, largestSide)
                : throw new UserErrorException(
                    $"--index: expected an IDX image file to choose from, but {path} is a PNG picture");
        }

        // An IDX file begins with two zero bytes, a gzip file with 1F 8B.
        return head is [0, 0, ..] or [0x1F, 0x8B, ..]
            ? ReadIdx(path, index ?? 0, model)
            : throw new UserErrorException($"{path}: expected a PNG picture or an IDX image file, got neither");
    }

    private static int ReadHead(string path, Span<byte> head)
    {
        using FileStream file = File.OpenRead(path);
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
    }

    private static float[] ReadPicture(string path, int largestSide) => DigitNormalization.Normalize(PngReader.Read(path, largestSide))
        ?? throw new UserErrorException(
            $"{path}: expected a picture of a digit, but nothing stands out from its background");

    private static float[] ReadIdx(string path, int index, ModelDescription model)
    {
        IdxFile file = IdxFile.Read(path);
        if (file.ElementType != IdxElementType.UInt8 || file.Dimensions.Length != 3 || file.Count == 0)
        {
            throw new UserErrorException(
                $"{path}: expected images as bytes in 3 dimensions, got {file.ElementType} in {file.Dimensions.Length}");
        }

        var shape = new Shape(file.Dimensions.AsSpan()[1..]);
        MnistFolder.CheckImages(path, shape, model);
        if (index >= file.Dimensions[0])
        {
            throw new UserErrorException($"--index: expected 0 to {file.Dimensions[0] - 1} for {path}, got {index}");
        }

        ReadOnlySpan<byte> bytes = file.Bytes.Span.Slice(index * shape.Count, shape.Count);
        float[] image = new float[shape.Count];
        for (int pixel = 0; pixel < image.Length; pixel++)
        {
            image[pixel] = bytes[pixel] / 255f;
        }

        return image;
    }
}
