namespace ModelDsl;

/// <summary>
/// In training, zeroes whole channels of an image, or features of a sequence, with probability <paramref name="rate"/> and
/// divides the others by 1 - rate (at rate 1 all are zero); does nothing at inference. PyTorch's Dropout2d.
/// Tompson et al., "Efficient Object Localization Using Convolutional Networks" (2015).
/// </summary>
/// <param name="rate">The probability, in [0, 1].</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability that a channel is zeroed, in [0, 1].</summary>
    public float Rate { get; } = (float)rate;
}
