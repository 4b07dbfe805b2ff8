namespace ModelDsl;

/// <summary>
/// A random change of images, which makes a training set larger: one step of <see cref="DataViews.Augment(IDataSource, ulong, ReadOnlySpan{Augmentation})"/>.
/// </summary>
/// <remarks>
/// Images are [height, width] or [height, width, channels]. Coordinates count pixels. What comes from outside of an image
/// is 0, the background of MNIST: augment first and normalise afterwards. Changes of the geometry that stand next to each
/// other are joined, so that pixels are interpolated once (bilinearly).
/// </remarks>
public abstract class Augmentation
{
    private protected Augmentation()
    {
    }

    /// <summary>Shifts by whole pixels, each direction by -<paramref name="pixels"/> to <paramref name="pixels"/>, all
    /// equally likely.</summary>
    /// <param name="pixels">The most pixels, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public static Augmentation Shift(int pixels)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pixels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pixels, 1 << 20);
        return new ShiftAugmentation(pixels);
    }

    /// <summary>Rotates around the centre by an angle that is uniform in ±<paramref name="degrees"/>.</summary>
    /// <param name="degrees">The largest angle, in [0, 180].</param>
    /// <exception cref="ArgumentOutOfRangeException">The angle is out of range.</exception>
    public static Augmentation Rotate(float degrees)
    {
        CheckRange(degrees, 0f, 180f, nameof(degrees));
        return new RotateAugmentation(degrees);
    }

    /// <summary>Enlarges around the centre by a factor that is uniform in [<paramref name="least"/>,
    /// <paramref name="most"/>]; below 1, the image becomes smaller.</summary>
    /// <param name="least">The smallest factor, in [0.01, 100].</param>
    /// <param name="most">The largest factor, in [<paramref name="least"/>, 100].</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is out of range.</exception>
    public static Augmentation Scale(float least, float most)
    {
        CheckRange(least, 0.01f, 100f, nameof(least));
        CheckRange(most, least, 100f, nameof(most));
        return new ScaleAugmentation(least, most);
    }

    /// <summary>Turns left and right around in every second image. Not for digits.</summary>
    public static Augmentation FlipHorizontally() => new FlipAugmentation(isVertical: false);

    /// <summary>Turns top and bottom around in every second image.</summary>
    public static Augmentation FlipVertically() => new FlipAugmentation(isVertical: true);

    /// <summary>
    /// Cuts a window out, at a uniform place within the image, and enlarges it to the whole. Its sides are the same part
    /// of the image's, uniform in [<paramref name="leastPart"/>, 1].
    /// </summary>
    /// <param name="leastPart">The smallest part of a side, in (0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The part is out of range.</exception>
    public static Augmentation Crop(float leastPart)
    {
        CheckRange(leastPart, 0.01f, 1f, nameof(leastPart));
        return new CropAugmentation(leastPart);
    }

    /// <summary>
    /// Moves every pixel by <paramref name="strength"/> times a random field, uniform in ±1 and smoothed by a Gaussian of
    /// standard deviation <paramref name="smoothness"/>. Simard, Steinkraus and Platt, "Best Practices for Convolutional
    /// Neural Networks Applied to Visual Document Analysis" (2003), which takes 34 and 4 for MNIST.
    /// </summary>
    /// <param name="strength">The factor α, in pixels, in [0, 10000]. Smoothing leaves little of a field: at a smoothness
    /// of 4, pixels move by about 1.4 (one standard deviation) for a strength of 34.</param>
    /// <param name="smoothness">The standard deviation σ, in pixels, in [0.1, 100].</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static Augmentation Elastic(float strength, float smoothness)
    {
        CheckRange(strength, 0f, 10_000f, nameof(strength));
        CheckRange(smoothness, 0.1f, 100f, nameof(smoothness));
        return new ElasticAugmentation(strength, smoothness);
    }

    /// <summary>Adds normally distributed noise of mean 0 to every value. The sum is not clipped.</summary>
    /// <param name="standardDeviation">The noise's standard deviation, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or not finite.</exception>
    public static Augmentation Noise(float standardDeviation)
    {
        CheckRange(standardDeviation, 0f, float.MaxValue / 100f, nameof(standardDeviation));
        return new NoiseAugmentation(standardDeviation);
    }

    /// <summary>
    /// Sets a square to 0. Its centre is any pixel, so that it may lie partly outside. DeVries and Taylor, "Improved
    /// Regularization of Convolutional Neural Networks with Cutout" (2017).
    /// </summary>
    /// <param name="size">The side of the square in pixels, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public static Augmentation Cutout(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 1 << 20);
        return new CutoutAugmentation(size);
    }

    /// <summary>
    /// Mixes each image and its targets with those of another sample of the source: λ·x + (1 - λ)·x', with λ from
    /// Beta(α, α). Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond Empirical Risk Minimization" (2018).
    /// </summary>
    /// <remarks>
    /// It comes last, wherever it stands in the list: both images have gone through the other changes. Labels become
    /// target values, the weight of each class, which softmax cross-entropy takes. The other sample is drawn from all of
    /// the source, where the paper draws it from the batch: so nothing depends on the batch's size.
    /// </remarks>
    /// <param name="alpha">α, in [0.01, 100]. The paper takes 0.1 to 0.4 for images.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public static Augmentation Mixup(float alpha)
    {
        CheckRange(alpha, 0.01f, 100f, nameof(alpha));
        return new MixupAugmentation(alpha);
    }

    private static void CheckRange(float value, float least, float most, string name)
    {
        if (!(value >= least && value <= most))
        {
            throw new ArgumentOutOfRangeException(name, Invariant($"expected a number from {least} to {most}, got {value}"));
        }
    }
}
