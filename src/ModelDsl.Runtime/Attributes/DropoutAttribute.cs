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
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability that an element is zeroed, in [0, 1].</summary>
    public float Rate { get; } = (float)rate;
}
