namespace ModelDsl;

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
