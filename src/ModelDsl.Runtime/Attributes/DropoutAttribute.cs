namespace ModelDsl;

/// <summary>
/// In training, zeroes each element with probability <paramref name="rate"/> and divides the others by 1 - rate, so that
/// the mean stays; at rate 1 all are zero. Does nothing at inference. The same as in PyTorch and Keras. Srivastava et al., "Dropout: A Simple Way to
/// Prevent Neural Networks from Overfitting" (2014).
/// </summary>
/// <remarks>
/// Each element takes 16 random bits: the rate is rounded to a multiple of 2⁻¹⁶ (below 1 to at most 1 - 2⁻¹⁶), and what is kept is
/// divided by the probability that this leaves.
/// </remarks>
/// <param name="rate">The probability, in [0, 1].</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability that an element is zeroed, in [0, 1].</summary>
    public float Rate { get; } = (float)rate;
}
