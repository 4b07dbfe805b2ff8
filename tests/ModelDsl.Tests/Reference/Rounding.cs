namespace ModelDsl.Tests.Reference;

/// <summary>What formats of 16 bits make of a value, by their definition.</summary>
internal static class Rounding
{
    /// <summary>The value that is stored; the value itself for 32 bits.</summary>
    public static double Of(Precision precision, double value) => precision switch
    {
        Precision.BFloat16 => ToBFloat16((float)value),
        Precision.Float16 => (double)(Half)(float)value,
        _ => value,
    };

    /// <summary>
    /// What may remain, relative to the largest value, of the errors of a pass through a dozen layers: each half of the
    /// last place, 2⁻⁹ or 2⁻¹², and up to 16 of them in a row. Of single precision, whose errors others bound, nothing.
    /// </summary>
    public static double OfAPass(Precision precision) => precision switch
    {
        Precision.BFloat16 => 16 * Math.Pow(2, -9),
        Precision.Float16 => 16 * Math.Pow(2, -12),
        _ => 0,
    };

    /// <summary>
    /// Whether a value lies so near the middle between two of 16 bits that single precision may round it the other way.
    /// </summary>
    public static bool IsOpen(Precision precision, double value) =>
        Of(precision, value * (1 - 1e-6)) != Of(precision, value * (1 + 1e-6));

    private static float ToBFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF_0000);
    }
}
