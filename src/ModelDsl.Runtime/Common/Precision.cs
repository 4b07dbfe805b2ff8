namespace ModelDsl;

/// <summary>
/// How a model stores the values that its passes hand on, and its weights in a copy that only predicts. Whatever the
/// format, sums are taken in 32 bits, and the parameters that an optimizer changes have 32 bits.
/// </summary>
public enum Precision
{
    /// <summary>32 bits: 8 of exponent, 23 of fraction. Nothing is rounded.</summary>
    Float32,

    /// <summary>
    /// 16 bits: 8 of exponent, 7 of fraction ("brain floating point"). The range of <see cref="Float32"/>, and two to
    /// three decimal digits.
    /// </summary>
    BFloat16,

    /// <summary>
    /// 16 bits: 5 of exponent, 10 of fraction (IEEE 754 binary16, <c>System.Half</c>). Three to four decimal digits, up
    /// to 65,504; gradients are scaled so that they do not vanish below 6e-8.
    /// </summary>
    Float16,
}
