namespace ModelDsl;

/// <summary>
/// Where in an image a pixel of the result is taken from: (x, y) → (xx·x + xy·y + x0, yx·x + yy·y + y0), with the first
/// pixel's centre at (0, 0).
/// </summary>
internal readonly record struct Affine(double XX, double XY, double X0, double YX, double YY, double Y0)
{
    /// <summary>Every pixel from where it is.</summary>
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>A map of directions around the centre of an image, which stays where it is.</summary>
    public static Affine Around(ImageSize size, double xx, double xy, double yx, double yy)
    {
        double x = (size.Width - 1) / 2.0;
        double y = (size.Height - 1) / 2.0;
        return new Affine(xx, xy, x - (xx * x) - (xy * y), yx, yy, y - (yx * x) - (yy * y));
    }

    /// <summary>The map of a change that comes after this one: a pixel of its result is first sought in its image.</summary>
    public Affine Then(Affine later) => new(
        (XX * later.XX) + (XY * later.YX),
        (XX * later.XY) + (XY * later.YY),
        (XX * later.X0) + (XY * later.Y0) + X0,
        (YX * later.XX) + (YY * later.YX),
        (YX * later.XY) + (YY * later.YY),
        (YX * later.X0) + (YY * later.Y0) + Y0);
}

/// <summary>The extents of an image, [height, width, channels].</summary>
internal readonly record struct ImageSize(int Height, int Width, int Channels)
{
    public int Pixels => Height * Width;

    public int Count => Pixels * Channels;
}
