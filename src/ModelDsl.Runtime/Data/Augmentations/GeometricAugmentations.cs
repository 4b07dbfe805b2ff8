namespace ModelDsl;

/// <summary>An augmentation that takes every pixel from another place.</summary>
internal abstract class GeometricAugmentation : Augmentation
{
    /// <summary>Draws where pixels are taken from.</summary>
    public abstract Affine Draw(Philox random, ImageSize size);

    /// <summary>A number that is uniform between two others; exactly these where they are the same.</summary>
    protected static double Between(Philox random, double least, double most) => least + ((most - least) * random.NextSingle());
}

internal sealed class ShiftAugmentation(int pixels) : GeometricAugmentation
{
    public override Affine Draw(Philox random, ImageSize size) => Affine.Identity with { X0 = Pixels(random), Y0 = Pixels(random) };

    private int Pixels(Philox random) => random.NextInt32((2 * pixels) + 1) - pixels;
}

internal sealed class RotateAugmentation(float degrees) : GeometricAugmentation
{
    public override Affine Draw(Philox random, ImageSize size)
    {
        (double sine, double cosine) = Math.SinCos(Between(random, -degrees, degrees) * (Math.PI / 180));
        return Affine.Around(size, cosine, -sine, sine, cosine);
    }
}

internal sealed class ScaleAugmentation(float least, float most) : GeometricAugmentation
{
    public override Affine Draw(Philox random, ImageSize size)
    {
        double step = 1 / Between(random, least, most);
        return Affine.Around(size, step, 0, 0, step);
    }
}

internal sealed class FlipAugmentation(bool isVertical) : GeometricAugmentation
{
    public override Affine Draw(Philox random, ImageSize size) =>
        random.NextInt32(2) == 0 ? Affine.Identity
        : isVertical ? Affine.Around(size, 1, 0, 0, -1)
        : Affine.Around(size, -1, 0, 0, 1);
}

/// <remarks>
/// The outermost pixels of the result are taken from within the image (as align_corners does), so nothing comes from
/// outside.
/// </remarks>
internal sealed class CropAugmentation(float leastPart) : GeometricAugmentation
{
    public override Affine Draw(Philox random, ImageSize size)
    {
        double part = Between(random, leastPart, 1);
        double left = Between(random, 0, (size.Width - 1) * (1 - part));
        double top = Between(random, 0, (size.Height - 1) * (1 - part));
        return new Affine(part, 0, left, 0, part, top);
    }
}
