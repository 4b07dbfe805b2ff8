namespace MnistSample.Images;

/// <summary>
/// Brings a picture of a digit into the form of MNIST's images: bright ink on black, scaled into a box of 20x20 pixels,
/// its centre of mass in the middle of 28x28. An image of MNIST itself comes out as it went in.
/// </summary>
internal static class DigitNormalization
{
    /// <summary>The width and height of the result.</summary>
    public const int Side = 28;

    private const int Box = 20;

    // MNIST's own images have their centre of mass within half a pixel of this column and row, counted from 0.
    private const double Center = 14;

    // A picture in which nothing stands out more than this is blank.
    private const float FaintestInk = 0.1f;

    /// <summary>Returns 28x28 ink values in [0, 1], or null where nothing stands out from the background.</summary>
    public static float[]? Normalize(GrayImage image)
    {
        if (ExtractInk(image) is not { } ink)
        {
            return null;
        }

        GrayImage digit = CropToInk(ink);
        float scale = (float)Box / Math.Max(digit.Width, digit.Height);
        GrayImage scaled = Resampling.Resize(
            digit,
            Math.Max(1, (int)MathF.Round(digit.Width * scale)),
            Math.Max(1, (int)MathF.Round(digit.Height * scale)));
        return PlaceByMass(scaled);
    }

    /// <summary>
    /// Turns brightness into ink from 0 to 1. The median of the border is the background; six times the border's median
    /// deviation from it (four standard deviations of Gaussian noise) is noise.
    /// </summary>
    private static GrayImage? ExtractInk(GrayImage image)
    {
        float[] border = [.. image.Border()];
        float background = Median(border);
        float noise = 6 * Median(Array.ConvertAll(border, value => MathF.Abs(value - background)));
        float direction = background > 0.5f ? -1f : 1f;

        float strongest = image.Values.Max(value => direction * (value - background));
        if (strongest <= Math.Max(noise, FaintestInk))
        {
            return null;
        }

        float[] ink = Array.ConvertAll(
            image.Values, value => Math.Max(0f, ((direction * (value - background)) - noise) / (strongest - noise)));
        return new GrayImage(image.Width, image.Height, ink);
    }

    private static float Median(float[] values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static GrayImage CropToInk(GrayImage ink)
    {
        int left = ink.Width, right = -1, top = ink.Height, bottom = -1;
        for (int y = 0; y < ink.Height; y++)
        {
            for (int x = 0; x < ink.Width; x++)
            {
                if (ink[x, y] > 0)
                {
                    left = Math.Min(left, x);
                    right = Math.Max(right, x);
                    top = Math.Min(top, y);
                    bottom = Math.Max(bottom, y);
                }
            }
        }

        int width = right - left + 1;
        int height = bottom - top + 1;
        float[] values = new float[width * height];
        for (int y = 0; y < height; y++)
        {
            ink.Values.AsSpan(((top + y) * ink.Width) + left, width).CopyTo(values.AsSpan(y * width));
        }

        return new GrayImage(width, height, values);
    }

    private static float[] PlaceByMass(GrayImage digit)
    {
        double mass = 0, massX = 0, massY = 0;
        for (int y = 0; y < digit.Height; y++)
        {
            for (int x = 0; x < digit.Width; x++)
            {
                mass += digit[x, y];
                massX += digit[x, y] * x;
                massY += digit[x, y] * y;
            }
        }

        // Shifted by whole pixels, and never so far that ink would fall off the edge.
        int left = Math.Clamp((int)Math.Round(Center - (massX / mass)), 0, Side - digit.Width);
        int top = Math.Clamp((int)Math.Round(Center - (massY / mass)), 0, Side - digit.Height);
        float[] placed = new float[Side * Side];
        for (int y = 0; y < digit.Height; y++)
        {
            digit.Values.AsSpan(y * digit.Width, digit.Width).CopyTo(placed.AsSpan(((top + y) * Side) + left));
        }

        return placed;
    }
}
