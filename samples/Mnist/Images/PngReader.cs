using MnistSample.Errors;
using SkiaSharp;

namespace MnistSample.Images;

/// <summary>Reads PNG pictures as brightness, or says in one sentence why it cannot.</summary>
internal static class PngReader
{
    /// <summary>The largest width and height that is read unless one says otherwise: a large photograph, no attack on the memory.</summary>
    public const int LargestSide = 8192;

    /// <summary>The largest side that one may ask for: a square of it has as many bytes as an array may.</summary>
    public const int LargestPossibleSide = 23_000;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether a file begins as every PNG picture does.</summary>
    public static bool IsPng(ReadOnlySpan<byte> head) => head.StartsWith(Signature);

    /// <summary>Reads a picture. Transparent parts become paper: white under dark ink, black under bright ink.</summary>
    /// <param name="path">The picture's file.</param>
    /// <param name="largestSide">The largest width and height that is read.</param>
    /// <exception cref="UserErrorException">The file is not a whole PNG picture, or is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static GrayImage Read(string path, int largestSide = LargestSide)
    {
        using FileStream file = File.OpenRead(path);
        using SKCodec? codec = SKCodec.Create(file, out SKCodecResult opened);
        if (codec is null || codec.EncodedFormat != SKEncodedImageFormat.Png)
        {
            string found = codec is null ? $"a file that cannot be decoded ({opened})" : codec.EncodedFormat.ToString();
            throw new UserErrorException($"{path}: expected a PNG picture, got {found}");
        }

        int width = codec.Info.Width;
        int height = codec.Info.Height;
        if (width > largestSide || height > largestSide)
        {
            throw new UserErrorException(
                $"{path}: expected a picture of at most {largestSide}x{largestSide} pixels, got {width}x{height}");
        }

        // A pixel takes a bit at least, and deflate codes at most 1032 bytes in one.
        if ((long)width * height > file.Length * 8 * 1032)
        {
            throw new UserErrorException(
                $"{path}: expected a whole PNG picture, but {file.Length} bytes cannot hold {width}x{height} pixels");
        }

        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        SKCodecResult decoded = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        return decoded == SKCodecResult.Success
            ? new GrayImage(width, height, OnPaper(bitmap.GetPixelSpan()))
            : throw new UserErrorException(
                $"{path}: expected a whole PNG picture, but it is damaged or cut off ({decoded})");
    }

    private static float[] OnPaper(ReadOnlySpan<byte> rgba)
    {
        float[] brightness = new float[rgba.Length / 4];
        double visibleBrightness = 0, visible = 0;
        for (int pixel = 0; pixel < brightness.Length; pixel++)
        {
            ReadOnlySpan<byte> color = rgba.Slice(4 * pixel, 4);
            brightness[pixel] = Luma(color[0], color[1], color[2]);
            visibleBrightness += color[3] * brightness[pixel];
            visible += color[3];
        }

        float paper = visibleBrightness > 0.5 * visible ? 0f : 1f;
        for (int pixel = 0; pixel < brightness.Length; pixel++)
        {
            byte alpha = rgba[(4 * pixel) + 3];
            if (alpha < byte.MaxValue)
            {
                brightness[pixel] = paper + ((brightness[pixel] - paper) * alpha / byte.MaxValue);
            }
        }

        return brightness;
    }

    /// <summary>Rec. 601 luma in [0, 1], summed in whole numbers so that a grey pixel's value g becomes g / 255.</summary>
    private static float Luma(byte red, byte green, byte blue) =>
        ((299 * red) + (587 * green) + (114 * blue)) / (1000f * byte.MaxValue);
}
