namespace ModelDsl;

/// <summary>
/// scale·x where x is positive, and scale·alpha·(exp(x) - 1) elsewhere, with the scale 1.0507 and the alpha 1.6733 that
/// preserve mean and variance from layer to layer. Klambauer et al. (2017).
/// </summary>
public sealed class SeluAttribute : LayerAttribute;
