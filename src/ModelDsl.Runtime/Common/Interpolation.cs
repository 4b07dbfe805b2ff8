namespace ModelDsl;

/// <summary>Where the values of new pixels come from.</summary>
public enum Interpolation
{
    /// <summary>From the pixel that the new one lies in.</summary>
    Nearest,

    /// <summary>
    /// From the four pixels around, by distance between centres, and from the border's pixels beyond it (PyTorch's
    /// <c>align_corners=False</c>).
    /// </summary>
    Bilinear,
}
