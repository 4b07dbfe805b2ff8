namespace ModelDsl;

/// <summary>
/// Passes its input x on, and adds (λ₁·Σ|x| + λ₂·Σx²) / batch to what training minimises: a penalty for large
/// activations, which keeps them small or sparse. Keras' layer of the same name.
/// </summary>
/// <remarks>
/// The sums run over all elements of the batch. The penalty is part of the training loss that is reported; evaluation gives the loss
/// alone, and prediction costs nothing.
/// </remarks>
public sealed class ActivityRegularizationAttribute : LayerAttribute
{
    /// <summary>The factor λ₁ of the absolute values, at least 0. Default: 0.</summary>
    public double L1 { get; set; }

    /// <summary>The factor λ₂ of the squares, at least 0. Default: 0.</summary>
    public double L2 { get; set; }
}
