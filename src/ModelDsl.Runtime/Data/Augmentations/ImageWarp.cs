namespace ModelDsl;

/// <summary>Takes every pixel of an image from another place, interpolated bilinearly; 0 outside of the image.</summary>
internal sealed class ImageWarp(ImageSize size)
{
    private readonly float[] _result = new float[size.Count];

    /// <summary>Changes an image where it lies.</summary>
    /// <param name="map">Where the pixels come from.</param>
    /// <param name="shiftX">How far each pixel is moved to the right before that; empty for not at all.</param>
    /// <param name="shiftY">How far each pixel is moved down before that; as long as <paramref name="shiftX"/>.</param>
    /// <param name="image">The image.</param>
    public void Run(Affine map, ReadOnlySpan<float> shiftX, ReadOnlySpan<float> shiftY, Span<float> image)
    {
        Span<float> result = _result;
        int pixel = 0;
        for (int y = 0; y < size.Height; y++)
        {
            for (int x = 0; x < size.Width; x++, pixel++)
            {
                double fromX = shiftX.IsEmpty ? x : x + (double)shiftX[pixel];
                double fromY = shiftY.IsEmpty ? y : y + (double)shiftY[pixel];
                Take(
                    image,
                    (map.XX * fromX) + (map.XY * fromY) + map.X0,
                    (map.YX * fromX) + (map.YY * fromY) + map.Y0,
                    result.Slice(pixel * size.Channels, size.Channels));
            }
        }

        result.CopyTo(image);
    }

    private void Take(ReadOnlySpan<float> image, double x, double y, Span<float> pixel)
    {
        if (!(x > -1 && x < size.Width && y > -1 && y < size.Height))
        {
            pixel.Clear();
            return;
        }

        int left = (int)Math.Floor(x);
        int top = (int)Math.Floor(y);
        float toRight = (float)(x - left);
        float toBottom = (float)(y - top);
        bool isInside = left >= 0 && top >= 0 && left < size.Width - 1 && top < size.Height - 1;
        int start = ((top * size.Width) + left) * size.Channels;
        int row = size.Width * size.Channels;
        for (int channel = 0; channel < pixel.Length; channel++)
        {
            float topLeft, topRight, bottomLeft, bottomRight;
            if (isInside)
            {
                int at = start + channel;
                topLeft = image[at];
                topRight = image[at + size.Channels];
                bottomLeft = image[at + row];
                bottomRight = image[at + row + size.Channels];
            }
            else
            {
                topLeft = At(image, left, top, channel);
                topRight = At(image, left + 1, top, channel);
                bottomLeft = At(image, left, top + 1, channel);
                bottomRight = At(image, left + 1, top + 1, channel);
            }

            float above = ((1 - toRight) * topLeft) + (toRight * topRight);
            float below = ((1 - toRight) * bottomLeft) + (toRight * bottomRight);
            pixel[channel] = ((1 - toBottom) * above) + (toBottom * below);
        }
    }

    private float At(ReadOnlySpan<float> image, int x, int y, int channel) =>
        (uint)x < (uint)size.Width && (uint)y < (uint)size.Height
            ? image[(((y * size.Width) + x) * size.Channels) + channel]
            : 0f;
}
