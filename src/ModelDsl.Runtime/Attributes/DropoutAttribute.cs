namespace ModelDsl;

/// <summary>
/// In training, zeroes each element with probability <paramref name="rate"/> and divides the others by 1 - rate; does
/// nothing at inference. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).
/// </summary>
/// <param name="rate">The probability, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability that an element is zeroed, in [0, 1).</summary>
    public float Rate { get; } = (float)rate;
}
