namespace ModelDsl;

/// <summary>x where x is positive, and alpha·(exp(x) - 1) elsewhere. Clevert, Unterthiner and Hochreiter (2015).</summary>
/// <param name="alpha">Very negative elements approach -alpha; above 0. Default: 1.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>Very negative elements approach the negative of this.</summary>
    public float Alpha { get; } = (float)alpha;
}
