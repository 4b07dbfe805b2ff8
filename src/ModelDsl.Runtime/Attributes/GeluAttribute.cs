namespace ModelDsl;

/// <summary>
/// x·Φ(x) with Φ the normal distribution function, element by element. Hendrycks and Gimpel, "Gaussian Error Linear
/// Units" (2016).
/// </summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Whether Φ is approximated through tanh, as GPT-2 does. Default: false, the exact function.</summary>
    public bool Approximate { get; set; }
}
