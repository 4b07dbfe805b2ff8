namespace ModelDsl;

/// <summary>
/// In training, zeroes each element with probability <paramref name="rate"/> and divides the others by 1 - rate, so
/// that the mean stays the same; at rate 1 all become zero. Does nothing at inference. As in PyTorch and Keras.
/// Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).
/// </summary>
/// <remarks>
/// Each element takes 16 random bits, so the rate is rounded to a multiple of 2⁻¹⁶ (a rate below 1 to at most 1 -
/// 2⁻¹⁶). Elements that are kept are divided by their exact probability of being kept.
/// </remarks>
/// <param name="rate">The probability, in [0, 1].</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute, IRateArguments
{
    /// <summary>The probability that an element is zeroed, in [0, 1].</summary>
    public float Rate { get; } = (float)rate;
}

/// <summary>
/// In training, zeroes whole channels of an image, or features of a sequence, with probability <paramref name="rate"/>
/// and divides the others by 1 - rate (at rate 1 all are zero); does nothing at inference. PyTorch's Dropout2d.
/// Tompson et al., "Efficient Object Localization Using Convolutional Networks" (2015).
/// </summary>
/// <param name="rate">The probability, in [0, 1].</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute, IRateArguments
{
    /// <summary>The probability that a channel is zeroed, in [0, 1].</summary>
    public float Rate { get; } = (float)rate;
}

/// <summary>
/// Passes its input x on, and adds (λ₁·Σ|x| + λ₂·Σx²) / batch to what training minimises: a penalty for large
/// activations, which keeps them small or sparse. Keras' layer of the same name.
/// </summary>
/// <remarks>
/// The sums run over all elements of the batch. The penalty is part of the training loss that is reported; evaluation
/// gives the loss alone, and prediction costs nothing.
/// </remarks>
public sealed class ActivityRegularizationAttribute : LayerAttribute
{
    /// <summary>The factor λ₁ of the absolute values, at least 0. Default: 0.</summary>
    public double L1 { get; set; }

    /// <summary>The factor λ₂ of the squares, at least 0. Default: 0.</summary>
    public double L2 { get; set; }
}
