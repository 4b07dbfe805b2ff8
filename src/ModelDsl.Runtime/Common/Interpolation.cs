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

    /// <summary>
    /// From the sixteen nearest pixels, by Keys' cubic function with the parameter -0.75, as PyTorch's and ONNX's; at
    /// the border, its pixels stand for those beyond. Values may lie outside the range of the image's.
    /// </summary>
    Bicubic,
}
