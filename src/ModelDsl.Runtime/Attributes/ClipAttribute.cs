namespace ModelDsl;

/// <summary>
/// min(max(x, minimum), maximum), element by element: PyTorch's Hardtanh. ReLU6 is <c>Clip(0, 6)</c>. The derivative is
/// 1 between the bounds and 0 elsewhere.
/// </summary>
/// <param name="minimum">The lower bound, finite.</param>
/// <param name="maximum">The upper bound, finite and above <paramref name="minimum"/>.</param>
public sealed class ClipAttribute(double minimum, double maximum) : LayerAttribute
{
    /// <summary>The lower bound.</summary>
    public float Minimum { get; } = (float)minimum;

    /// <summary>The upper bound.</summary>
    public float Maximum { get; } = (float)maximum;
}
