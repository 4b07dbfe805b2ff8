using SkiaSharp;

namespace ModelDsl.Data;

/// <summary>
/// Images in folders, one folder for each class: <c>cats/1.png</c>, <c>dogs/2.jpg</c>. They are decoded when they are
/// gathered, so that a set may be much larger than memory.
/// </summary>
/// <remarks>
/// <para>
/// Classes are the folders in ordinal order, files within a class too, also in folders below. Files whose name does not
/// end in .png, .jpg, .jpeg, .bmp, .gif or .webp are left out, and so are names that begin with a dot.
/// </para>
/// <para>
/// Samples are [height, width, channels] in [0, 1], rows from the top. An image of another size is resized to it,
/// whatever its proportions (bilinearly, with averages where it shrinks). Colours are red, green and blue; grey is
/// 0.299·R + 0.587·G + 0.114·B (ITU-R BT.601), as in Pillow and torchvision. What is transparent lies on black.
/// </para>
/// <para>
/// Images lie as they are stored: a camera's note of how it was held (EXIF orientation) is not heeded. Of an animation
/// the first image is taken.
/// </para>
/// <para>Decoding allocates. <see cref="ToDataset"/> decodes once and keeps bytes, where they fit into memory.</para>
/// </remarks>
public sealed class ImageFolder : IDataSource
{
    private static readonly ImmutableArray<string> Extensions = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp"];

    private readonly ImmutableArray<(string Path, int Label)> _files;

    private ImageFolder(
        ImmutableArray<(string Path, int Label)> files, ImmutableArray<string> classNames, Shape sampleShape)
    {
        _files = files;
        ClassNames = classNames;
        SampleShape = sampleShape;
    }

    /// <inheritdoc />
    public int Count => _files.Length;

    /// <summary>[height, width, channels], with 1 channel for grey and 3 for colours.</summary>
    public Shape SampleShape { get; }

    /// <inheritdoc />
    public int LabelsPerSample => 1;

    /// <inheritdoc />
    public int ClassCount => ClassNames.Length;

    /// <summary>The names of the folders.</summary>
    public ImmutableArray<string> ClassNames { get; }

    /// <summary>Finds the images of a folder. Does not decode them.</summary>
    /// <param name="path">A folder with one folder for each class.</param>
    /// <param name="height">The height of a sample in pixels, positive.</param>
    /// <param name="width">The width of a sample in pixels, positive.</param>
    /// <param name="isGray">Whether samples are grey (1 channel) and not coloured (3).</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">There are no folders in it, or one of them holds no image.</exception>
    /// <exception cref="IOException">A folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder may not be read.</exception>
    public static ImageFolder Open(string path, int height, int width, bool isGray = false)
    {
        ArgumentNullException.ThrowIfNull(path);
        var shape = new Shape(height, width, isGray ? 1 : 3);
        string shown = PrintableText.Escape(path);
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException(
                $"{shown}: expected a folder with one folder for each class, but it does not exist");
        }

        string[] folders = [.. Directory.GetDirectories(path).Where(IsVisible).Order(StringComparer.Ordinal)];
        if (folders.Length == 0)
        {
            throw new InvalidDataException($"{shown}: expected one folder for each class, found none");
        }

        var files = ImmutableArray.CreateBuilder<(string Path, int Label)>();
        for (int label = 0; label < folders.Length; label++)
        {
            int before = files.Count;
            files.AddRange(Directory.EnumerateFiles(folders[label], "*", SearchOption.AllDirectories)
                .Where(IsImage)
                .Order(StringComparer.Ordinal)
                .Select(file => (file, label)));
            if (files.Count == before)
            {
                throw new InvalidDataException(
                    $"{PrintableText.Escape(folders[label])}: expected images ({string.Join(", ", Extensions)}), "
                        + "found none");
            }
        }

        return new ImageFolder(
            files.DrainToImmutable(), [.. folders.Select(static folder => System.IO.Path.GetFileName(folder))], shape);
    }

    /// <summary>The file of a sample.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not within this source.</exception>
    public string GetPath(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return _files[index].Path;
    }

    /// <inheritdoc />
    /// <exception cref="InvalidDataException">A file is not an image, or is damaged. The message names it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
    {
        Check(indices, SampleShape.Count, destination.Length);
        byte[] bytes = new byte[SampleShape.Count];
        for (int i = 0; i < indices.Length; i++)
        {
            Decode(_files[indices[i]].Path, bytes);
            Span<float> sample = destination.Slice(i * bytes.Length, bytes.Length);
            for (int j = 0; j < bytes.Length; j++)
            {
                sample[j] = bytes[j] / 255f;
            }
        }
    }

    /// <inheritdoc />
    public void GatherLabels(ReadOnlySpan<int> indices, Span<int> destination)
    {
        Check(indices, perSample: 1, destination.Length);
        for (int i = 0; i < indices.Length; i++)
        {
            destination[i] = _files[indices[i]].Label;
        }
    }

    /// <summary>Decodes all images and keeps them as bytes: the same samples, in memory.</summary>
    /// <exception cref="InvalidDataException">A file is not an image or is damaged, or the images take more than 2
    /// GiB.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public Dataset ToDataset()
    {
        int size = SampleShape.Count;
        if ((long)size * Count > Array.MaxLength)
        {
            throw new InvalidDataException($"expected images that fit {Array.MaxLength} bytes, got {Count} of {size}");
        }

        byte[] all = new byte[size * Count];
        for (int i = 0; i < Count; i++)
        {
            Decode(_files[i].Path, all.AsSpan(i * size, size));
        }

        return Dataset.FromLabels(SampleShape, all, [.. _files.Select(static file => file.Label)], ClassCount)
            .WithClassNames(ClassNames);
    }

    private static bool IsVisible(string path) => !System.IO.Path.GetFileName(path).StartsWith('.');

    private static bool IsImage(string path) =>
        IsVisible(path) && Extensions.Contains(System.IO.Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private void Check(ReadOnlySpan<int> indices, int perSample, int destination)
    {
        foreach (int index in indices)
        {
            if ((uint)index >= (uint)Count)
            {
                throw new ArgumentException(
                    $"expected sample indices from 0 to {Count - 1}, got {index}", nameof(indices));
            }
        }

        if (destination != (long)indices.Length * perSample)
        {
            throw new ArgumentException(
                $"expected room for {(long)indices.Length * perSample} values, got {destination}", nameof(destination));
        }
    }

    private void Decode(string path, Span<byte> pixels)
    {
        // The file is read here and not by Skia, so that a missing or protected one is told from a damaged one.
        byte[] content = File.ReadAllBytes(path);
        int height = SampleShape.Dimensions[0];
        int width = SampleShape.Dimensions[1];
        using SKBitmap decoded = Decode(content, path);
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        bool isScaled = decoded.ScalePixels(bitmap, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        if (!isScaled)
        {
            throw new InvalidDataException(
                $"{PrintableText.Escape(path)}: expected an image that can be resized to {width}x{height}");
        }

        ReadOnlySpan<byte> colours = bitmap.GetPixelSpan();
        for (int i = 0; i < width * height; i++)
        {
            ReadOnlySpan<byte> colour = colours.Slice(i * 4, 3);
            if (SampleShape.Dimensions[2] == 3)
            {
                colour.CopyTo(pixels[(i * 3)..]);
            }
            else
            {
                // Pillow's fixed-point form of the formula, which is exact for grey.
                pixels[i] = (byte)(((colour[0] * 19595) + (colour[1] * 38470) + (colour[2] * 7471) + 0x8000) >> 16);
            }
        }
    }

    // SKBitmap.Decode would take a truncated file for a whole one.
    private static SKBitmap Decode(byte[] content, string path)
    {
        using SKData data = SKData.CreateCopy(content);
        using SKCodec? codec = SKCodec.Create(data);
        if (codec is not null)
        {
            var bitmap = new SKBitmap(
                new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
            if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success)
            {
                return bitmap;
            }

            bitmap.Dispose();
        }

        throw new InvalidDataException(
            $"{PrintableText.Escape(path)}: expected an image, got a file that is none, is damaged, or is truncated");
    }
}
