using System.Numerics;

namespace ModelDsl.Kernels;

/// <summary>A format of 16 bits for floats, by their bits.</summary>
internal interface INarrowFormat
{
    /// <summary>
    /// The 16 bits of each float, rounded to the nearest value, and to the even one of two that are as near.
    /// </summary>
    static abstract Vector<uint> Narrow(Vector<uint> floats);

    /// <summary>The float that has each value of 16 bits.</summary>
    static abstract Vector<uint> Widen(Vector<uint> values);
}

/// <summary>
/// The upper half of a float: 8 bits of exponent, 7 of fraction. Kalamkar et al., "A Study of BFLOAT16 for Deep
/// Learning Training" (2019).
/// </summary>
/// <remarks>What is beyond the largest value becomes infinite, and NaN stays NaN, with the quiet bit set.</remarks>
internal readonly struct BFloat16Format : INarrowFormat
{
    private const uint Magnitude = 0x7FFF_FFFF;
    private const uint Infinity = 0x7F80_0000;
    private const uint QuietBit = 0x0040;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Narrow(Vector<uint> floats)
    {
        Vector<uint> upper = floats >> 16;

        // Half of the last place that stays, but for an even number a little less: only what is above the middle
        // carries.
        Vector<uint> rounded = (floats + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One)) >> 16;
        Vector<uint> isNaN = Vector.GreaterThan(floats & new Vector<uint>(Magnitude), new Vector<uint>(Infinity));
        return Vector.ConditionalSelect(isNaN, upper | new Vector<uint>(QuietBit), rounded);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Widen(Vector<uint> values) => values << 16;
}

/// <summary>IEEE 754's binary16, which is <see cref="Half"/>: 5 bits of exponent, 10 of fraction.</summary>
/// <remarks>
/// What rounds to more than 65,504 becomes infinite, what is below 2⁻¹⁴ is a multiple of 2⁻²⁴, and NaN stays NaN, with
/// the quiet bit set. Denormal values are made, and read, by an addition of floats that drops or restores as many bits
/// of the fraction.
/// </remarks>
internal readonly struct Float16Format : INarrowFormat
{
    private const uint Sign = 0x8000_0000;
    private const int DroppedBits = 13;

    // The smallest normal value, the value after the largest, and the infinity, as bits of a float.
    private const uint SmallestNormal = (127 - 14) << 23;
    private const uint Beyond = (127 + 16) << 23;
    private const uint Infinity = 255u << 23;

    // Added to a float below the smallest normal value, its last place is 2⁻²⁴.
    private const uint DenormalPlace = (127 - 1) << 23;
    private const uint ExponentShift = (127 - 15) << 23;
    private const uint NarrowInfinity = 0x7C00;
    private const uint NarrowQuietNaN = 0x7E00;
    private const uint NarrowExponent = 0x7C00;
    private const uint NarrowMagnitude = 0x7FFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Narrow(Vector<uint> floats)
    {
        Vector<uint> sign = floats & new Vector<uint>(Sign);
        Vector<uint> magnitude = floats ^ sign;
        Vector<uint> normal = (magnitude
            - new Vector<uint>(ExponentShift)
            + new Vector<uint>((1u << (DroppedBits - 1)) - 1)
            + ((magnitude >> DroppedBits) & Vector<uint>.One)) >> DroppedBits;
        var place = new Vector<uint>(DenormalPlace);
        Vector<uint> denormal =
            (magnitude.As<uint, float>() + place.As<uint, float>()).As<float, uint>() - place;
        Vector<uint> infinite = Vector.ConditionalSelect(
            Vector.GreaterThan(magnitude, new Vector<uint>(Infinity)),
            new Vector<uint>(NarrowQuietNaN) | ((magnitude >> DroppedBits) & new Vector<uint>(0x3FF)),
            new Vector<uint>(NarrowInfinity));
        Vector<uint> finite = Vector.ConditionalSelect(
            Vector.LessThan(magnitude, new Vector<uint>(SmallestNormal)), denormal, normal);
        return (sign >> 16) | Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(magnitude, new Vector<uint>(Beyond)), infinite, finite);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<uint> Widen(Vector<uint> values)
    {
        Vector<uint> magnitude = values & new Vector<uint>(NarrowMagnitude);
        Vector<uint> sign = (values ^ magnitude) << 16;
        Vector<uint> exponent = magnitude & new Vector<uint>(NarrowExponent);
        Vector<uint> normal = (magnitude << DroppedBits) + new Vector<uint>(ExponentShift);
        Vector<uint> infinite = (magnitude << DroppedBits) | new Vector<uint>(Infinity);

        // The fraction behind the smallest normal value, less that value.
        var smallest = new Vector<uint>(SmallestNormal);
        Vector<uint> denormal = (((magnitude << DroppedBits) | smallest).As<uint, float>() - smallest.As<uint, float>())
            .As<float, uint>();
        Vector<uint> finite = Vector.ConditionalSelect(Vector.Equals(exponent, Vector<uint>.Zero), denormal, normal);
        return sign | Vector.ConditionalSelect(
            Vector.Equals(exponent, new Vector<uint>(NarrowExponent)), infinite, finite);
    }
}
