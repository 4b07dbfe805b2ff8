namespace ModelDsl;

/// <summary>Gives an image of height x width x channels another size.</summary>
/// <remarks>
/// As PyTorch's <c>interpolate(size=...)</c> without <c>antialias</c>, also where the image gets smaller. The nearest
/// pixel is that of ⌊place · old size / new size⌋, in integers. Keras' <c>Resizing</c> agrees for the nearest pixel and
/// between two pixels; its cubic takes another parameter (-0.5).
/// </remarks>
/// <param name="height">The new height, at least 1.</param>
/// <param name="width">The new width, at least 1.</param>
public sealed class ResizeAttribute(int height, int width) : LayerAttribute
{
    /// <summary>The new height.</summary>
    public int Height { get; } = height;

    /// <summary>The new width.</summary>
    public int Width { get; } = width;

    /// <summary>Where the new pixels' values come from. Default: <see cref="Interpolation.Nearest"/>.</summary>
    public Interpolation Interpolation { get; set; }

    /// <summary>
    /// Whether the centres of the corner pixels stay where they are, so that place p of a new size comes from p · (old
    /// size - 1) / (new size - 1); else it comes from (p + ½) · old size / new size - ½ (PyTorch's
    /// <c>align_corners</c>). Not for the nearest pixel. Default: false.
    /// </summary>
    public bool AlignCorners { get; set; }
}

/// <summary>
/// Makes an image larger by taking its channels apart: [height, width, channels · factor²] becomes [height · factor,
/// width · factor, channels]. Shi et al. (2016).
/// </summary>
/// <remarks>
/// y[h · factor + i, w · factor + j, c] = x[h, w, (c · factor + i) · factor + j], as PyTorch's <c>PixelShuffle</c> with
/// the channels last. TensorFlow's <c>depth_to_space</c> counts channels otherwise: its c goes fastest.
/// </remarks>
/// <param name="factor">By how much height and width grow, at least 1.</param>
public sealed class PixelShuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>By how much height and width grow.</summary>
    public int Factor { get; } = factor;
}

/// <summary>
/// What <see cref="PixelShuffleAttribute"/> does, the other way round: [height · factor, width · factor, channels]
/// becomes [height, width, channels · factor²].
/// </summary>
/// <remarks>
/// y[h, w, (c · factor + i) · factor + j] = x[h · factor + i, w · factor + j, c], as PyTorch's <c>PixelUnshuffle</c>
/// with the channels last.
/// </remarks>
/// <param name="factor">By how much height and width shrink, at least 1; must divide both.</param>
public sealed class PixelUnshuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>By how much height and width shrink.</summary>
    public int Factor { get; } = factor;
}
