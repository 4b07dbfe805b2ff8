namespace ModelDsl;

/// <summary>The logistic function 1 / (1 + exp(-x)), element by element.</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>The hyperbolic tangent, element by element.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>x·sigmoid(x), element by element; also known as Swish. Elfwing et al. (2017).</summary>
public sealed class SiluAttribute : LayerAttribute;

/// <summary>x·min(max(x + 3, 0), 6) / 6. Howard et al. (2019).</summary>
public sealed class HardSwishAttribute : LayerAttribute;

/// <summary>
/// x·Φ(x) with Φ the normal distribution function, element by element. Hendrycks and Gimpel, "Gaussian Error Linear
/// Units" (2016).
/// </summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Whether Φ is approximated through tanh, as GPT-2 does. Default: false, the exact function.</summary>
    public bool Approximate { get; set; }
}

/// <summary>x·tanh(log(1 + exp(x))). Misra (2019).</summary>
public sealed class MishAttribute : LayerAttribute;

/// <summary>log(1 + exp(x)).</summary>
public sealed class SoftplusAttribute : LayerAttribute;
