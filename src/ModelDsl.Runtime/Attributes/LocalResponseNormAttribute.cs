namespace ModelDsl;

/// <summary>
/// Divides each element by a power of the squares of its neighbours along the last dimension, an image's channels:
/// y[c] = x[c] / (K + Alpha / size · Σ x[c']²)^Beta, with c' from c - ⌊size / 2⌋ to c + ⌊(size - 1) / 2⌋ where there
/// are such. Krizhevsky et al. (2012).
/// </summary>
/// <remarks>
/// As PyTorch's <c>LocalResponseNorm</c>, which has the same defaults, and ONNX's <c>LRN</c>. TensorFlow's
/// <c>local_response_normalization</c> does not divide by the size, and its size is 2 · depth_radius + 1.
/// </remarks>
/// <param name="size">The number of neighbours, the element itself among them; at least 1.</param>
public sealed class LocalResponseNormAttribute(int size) : LayerAttribute
{
    /// <summary>The number of neighbours.</summary>
    public int Size { get; } = size;

    /// <summary>The factor of the mean square, at least 0. Default: 1e-4.</summary>
    public double Alpha { get; set; } = 1e-4;

    /// <summary>The power, at least 0. Default: 0.75.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>What the mean square is added to, above 0. Default: 1.</summary>
    public double K { get; set; } = 1;
}
