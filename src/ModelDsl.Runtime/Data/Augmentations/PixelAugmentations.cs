using System.Numerics.Tensors;

namespace ModelDsl;

/// <summary>An augmentation that changes values and leaves every pixel where it is.</summary>
internal abstract class PixelAugmentation : Augmentation
{
    /// <summary>Changes an image where it lies.</summary>
    /// <param name="random">What to draw from.</param>
    /// <param name="size">The image's extents.</param>
    /// <param name="image">The image, row-major.</param>
    /// <param name="scratch">As much memory as an image takes, to be used at will.</param>
    public abstract void Apply(Philox random, ImageSize size, Span<float> image, Span<float> scratch);
}

internal sealed class NoiseAugmentation(float standardDeviation) : PixelAugmentation
{
    public override void Apply(Philox random, ImageSize size, Span<float> image, Span<float> scratch)
    {
        if (standardDeviation > 0f)
        {
            random.FillNormal(scratch, mean: 0f, standardDeviation);
            TensorPrimitives.Add(image, scratch, image);
        }
    }
}

internal sealed class CutoutAugmentation(int side) : PixelAugmentation
{
    public override void Apply(Philox random, ImageSize size, Span<float> image, Span<float> scratch)
    {
        (int left, int right) = Range(random, size.Width);
        (int top, int bottom) = Range(random, size.Height);
        for (int y = top; y < bottom; y++)
        {
            int row = y * size.Width;
            image[((row + left) * size.Channels)..((row + right) * size.Channels)].Clear();
        }
    }

    private (int Start, int End) Range(Philox random, int extent)
    {
        int start = random.NextInt32(extent) - (side / 2);
        return (Math.Max(0, start), Math.Clamp(start + side, 0, extent));
    }
}
