namespace ModelDsl;

/// <summary>
/// A rate of dropout as masks have it: they take 16 random bits for each element, so the probability that one is
/// dropped is a multiple of 2⁻¹⁶.
/// </summary>
internal static class DropoutRate
{
    private const int Steps = 1 << 16;

    /// <summary>The probability of a zero, in 2⁻¹⁶. Only a rate of 1 drops every element.</summary>
    /// <param name="rate">The probability that an element is zeroed, in [0, 1].</param>
    public static uint ThresholdOf(float rate) =>
        rate == 1f ? Steps : (uint)Math.Min(Steps - 1.0, Math.Round(rate * (double)Steps));

    /// <summary>
    /// What kept elements are multiplied by: the reciprocal of the probability that one is kept, or 0 at rate 1.
    /// </summary>
    /// <param name="rate">The probability that an element is zeroed, in [0, 1].</param>
    public static float ScaleOf(float rate) => rate == 1f ? 0f : (float)((double)Steps / (Steps - ThresholdOf(rate)));
}
