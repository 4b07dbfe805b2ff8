namespace ModelDsl;

/// <summary>max(x, 0), element by element.</summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary>x where x is positive, and slope·x elsewhere. Maas et al. (2013).</summary>
/// <param name="slope">The factor for negative elements, in [0, 1). Default: 0.01.</param>
public sealed class LeakyReluAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>The factor for negative elements.</summary>
    public float Slope { get; } = (float)slope;
}

/// <summary>x where x is positive, and slope·x elsewhere, with a slope that is learned. He et al. (2015).</summary>
public sealed class PreluAttribute : LayerAttribute
{
    /// <summary>
    /// Whether each channel (each index of the last dimension) has a slope of its own, rather than one for all.
    /// Default: false.
    /// </summary>
    public bool PerChannel { get; set; }

    /// <summary>The slope before training. Default: 0.25.</summary>
    public double InitialSlope { get; set; } = 0.25;
}

/// <summary>
/// x where x is positive, and alpha·(exp(x) - 1) elsewhere. Clevert, Unterthiner and Hochreiter (2015).
/// </summary>
/// <param name="alpha">Very negative elements approach -alpha; above 0. Default: 1.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Very negative elements approach the negative of this.</summary>
    public float Alpha { get; } = (float)alpha;
}

/// <summary>
/// scale·x where x is positive, and scale·alpha·(exp(x) - 1) elsewhere, with the scale 1.0507 and the alpha 1.6733 that
/// preserve mean and variance from layer to layer. Klambauer et al. (2017).
/// </summary>
public sealed class SeluAttribute : LayerAttribute;
