namespace ModelDsl;

/// <summary>x where x is positive, and slope·x elsewhere. Maas et al. (2013).</summary>
/// <param name="slope">The factor for negative elements, in [0, 1). Default: 0.01.</param>
public sealed class LeakyReluAttribute(double slope = 0.01) : LayerAttribute
{
    /// <summary>The factor for negative elements.</summary>
    public float Slope { get; } = (float)slope;
}
