namespace ModelDsl;

/// <summary>Where the values of new pixels come from.</summary>
public enum Interpolation
{
    /// <summary>From the pixel in which the new one lies.</summary>
    Nearest,

    /// <summary>
    /// From the four nearest pixels, weighted by the distance between centres; at the border, from the pixels that
    /// exist (PyTorch's <c>align_corners=False</c>).
    /// </summary>
    Bilinear,
}
