namespace ModelDsl;

/// <summary>x where x is positive, and alpha·(exp(x) - 1) elsewhere. Clevert, Unterthiner and Hochreiter (2015).</summary>
/// <param name="alpha">What very negative elements come to, negated; above 0. Default: 1.</param>
public sealed class EluAttribute(double alpha = 1) : LayerAttribute
{
    /// <summary>What very negative elements come to, negated.</summary>
    public float Alpha { get; } = (float)alpha;
}
