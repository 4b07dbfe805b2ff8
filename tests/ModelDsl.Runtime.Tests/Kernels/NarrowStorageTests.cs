using System.Runtime.InteropServices;

namespace ModelDsl.Runtime.Tests.Kernels;

[Collection(nameof(ThreadSettings))]
public sealed class NarrowStorageTests
{
    private const int Patterns = 1 << 16;

    private static ushort[] AllPatterns => [.. Enumerable.Range(0, Patterns).Select(pattern => (ushort)pattern)];

    // The kinds of floats that formats treat differently are as likely as all others together.
    private static Gen<float> Floats => Gen.OneOf(
        Gen.UInt.Select(BitConverter.UInt32BitsToSingle),
        Gen.UShort.Select(pattern => (float)BitConverter.UInt16BitsToHalf(pattern)),
        Gen.Float[-70_000f, 70_000f],
        Gen.Float[-1e-4f, 1e-4f],
        Gen.Select(Gen.UShort, Gen.Int[-1, 1], NearTheMiddle));

    [Fact]
    public void Every_pattern_of_BFloat16_expands_to_the_float_whose_upper_half_it_is()
    {
        float[] expanded = Expand(BFloat16Storage.Expand, AllPatterns);
        for (int pattern = 0; pattern < Patterns; pattern++)
        {
            Assert.Equal((uint)pattern << 16, BitConverter.SingleToUInt32Bits(expanded[pattern]));
        }
    }

    [Fact]
    public void Every_pattern_of_Float16_expands_to_the_value_of_Half()
    {
        float[] expanded = Expand(Float16Storage.Expand, AllPatterns);
        for (int pattern = 0; pattern < Patterns; pattern++)
        {
            float expected = (float)BitConverter.UInt16BitsToHalf((ushort)pattern);
            Assert.True(
                float.IsNaN(expected)
                    ? float.IsNaN(expanded[pattern])
                    : BitConverter.SingleToUInt32Bits(expected) == BitConverter.SingleToUInt32Bits(expanded[pattern]),
                $"{pattern:X4}: expected {expected}, got {expanded[pattern]}");
        }
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Every_pattern_that_is_expanded_and_rounded_is_itself(Precision precision)
    {
        ushort[] patterns = AllPatterns;
        float[] expanded = Expand(ExpandOf(precision), patterns);
        ushort[] rounded = Round(RoundOf(precision), expanded);
        for (int pattern = 0; pattern < Patterns; pattern++)
        {
            // Of NaN only a signalling one changes: it becomes quiet.
            int quiet = float.IsNaN(expanded[pattern]) ? precision == Precision.BFloat16 ? 0x0040 : 0x0200 : 0;
            Assert.Equal(pattern | quiet, rounded[pattern]);
        }
    }

    [Fact]
    public void Floats_round_to_Float16_as_to_Half() => Floats.Sample(
        value =>
        {
            ushort rounded = Round(Float16Storage.Round, [value])[0];
            return float.IsNaN(value)
                ? Half.IsNaN(BitConverter.UInt16BitsToHalf(rounded)) && (rounded & 0x0200) != 0
                : rounded == BitConverter.HalfToUInt16Bits((Half)value);
        },
        iter: 100_000);

    [Fact]
    public void Floats_round_to_the_nearest_BFloat16_and_to_the_even_one_of_two() => Floats.Sample(
        value =>
        {
            ushort rounded = Round(BFloat16Storage.Round, [value])[0];
            float stored = BitConverter.UInt32BitsToSingle((uint)rounded << 16);
            if (float.IsNaN(value))
            {
                return float.IsNaN(stored) && (rounded & 0x0040) != 0;
            }

            // Beyond the largest value the next one would be 2^128, which stands for infinity.
            double exact = Math.CopySign(Math.Min(Math.Abs((double)value), Math.Pow(2, 128)), value);
            double below = DistanceTo(exact, (ushort)(rounded - 1)), above = DistanceTo(exact, (ushort)(rounded + 1));
            double own = DistanceTo(exact, rounded);
            bool isEven = (rounded & 1) == 0;
            return (rounded & 0x7FFF) <= 0x7F80
                && float.IsNegative(stored) == float.IsNegative(value)
                && (own < below || (isEven && own == below))
                && (own < above || (isEven && own == above));
        },
        iter: 100_000);

    [Theory]
    [InlineData(0f, 0x0000, 0x0000)]
    [InlineData(-0f, 0x8000, 0x8000)]
    [InlineData(1f, 0x3F80, 0x3C00)]
    [InlineData(65504f, 0x4780, 0x7BFF)]
    [InlineData(65519.996f, 0x4780, 0x7BFF)]
    [InlineData(65520f, 0x4780, 0x7C00)]
    [InlineData(3.3961773e38f, 0x7F7F, 0x7C00)]
    [InlineData(3.3961775e38f, 0x7F80, 0x7C00)]
    [InlineData(-3.3961777e38f, 0xFF80, 0xFC00)]
    [InlineData(float.MaxValue, 0x7F80, 0x7C00)]
    [InlineData(-float.MaxValue, 0xFF80, 0xFC00)]
    [InlineData(float.PositiveInfinity, 0x7F80, 0x7C00)]
    [InlineData(float.NegativeInfinity, 0xFF80, 0xFC00)]
    [InlineData(float.Epsilon, 0x0000, 0x0000)]
    [InlineData(5.9604645e-8f, 0x3380, 0x0001)]
    [InlineData(2.9802322e-8f, 0x3300, 0x0000)]
    [InlineData(2.9802326e-8f, 0x3300, 0x0001)]
    [InlineData(6.103515625e-5f, 0x3880, 0x0400)]
    [InlineData(1.00390625f, 0x3F80, 0x3C04)]
    [InlineData(1.01171875f, 0x3F82, 0x3C0C)]
    public void Known_values_have_known_bits(float value, int bfloat16, int float16)
    {
        Assert.Equal(bfloat16, Round(BFloat16Storage.Round, [value])[0]);
        Assert.Equal(float16, Round(Float16Storage.Round, [value])[0]);
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Bits_are_the_same_at_every_place_of_0_to_100_values_between_guard_pages(Precision precision)
    {
        float[] values = new float[100];
        var random = new System.Random(3);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BitConverter.UInt32BitsToSingle((uint)random.NextInt64());
        }

        ushort[] single = [.. values.Select(value => Round(RoundOf(precision), [value])[0])];
        float[] expanded = [.. single.Select(bits => Expand(ExpandOf(precision), [bits])[0])];
        for (int count = 0; count <= values.Length; count++)
        {
            using var memory = new KernelMemory();
            FloatSpan source = memory.Of(values.AsSpan(0, count));
            FloatSpan back = memory.Zeros(count);
            NarrowSpan narrow = NarrowAtEnd(memory, count);
            RoundOf(precision)(source, narrow);
            Assert.Equal(single.AsSpan(0, count), narrow.AsSpan());
            ExpandOf(precision)(narrow, back);
            AssertSameBits(expanded.AsSpan(0, count), back);
            RoundValuesOf(precision)(source, source);
            AssertSameBits(expanded.AsSpan(0, count), source);
        }
    }

    [Theory]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Several_threads_give_the_bits_of_one(Precision precision)
    {
        const int Count = 300_001;
        using var memory = new KernelMemory();
        FloatSpan source = memory.Random(Count, seed: 8, low: -100f, high: 100f);
        NarrowSpan destination = NarrowAtEnd(memory, Count);
        List<ushort[]> results = [];
        ThreadSettings.ForEachCount([1, 2, 4], _ =>
        {
            RoundOf(precision)(source, destination);
            results.Add(destination.AsSpan().ToArray());
        });
        Assert.All(results, result => Assert.Equal(results[0], result));
    }

    [Fact]
    public void Operands_that_are_too_short_are_refused()
    {
        using var memory = new KernelMemory();
        FloatSpan four = memory.Zeros(4);
        NarrowSpan five = NarrowAtEnd(memory, 5);
        Assert.Throws<ArgumentException>(() => BFloat16Storage.Round(four, five));
        Assert.Throws<ArgumentException>(() => Float16Storage.Expand(five, four));
        Assert.Throws<ArgumentException>(() => Float16Storage.Round(four, memory.Zeros(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => five.Slice(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => four.Narrow(0, 9));
        Assert.Equal(8, four.Narrow(0, 8).Length);
    }

    private static double DistanceTo(double value, ushort pattern)
    {
        double sign = (pattern & 0x8000) == 0 ? 1 : -1;
        double magnitude = (pattern & 0x7FFF) == 0x7F80
            ? Math.Pow(2, 128)
            : Math.Abs((double)BitConverter.UInt32BitsToSingle((uint)pattern << 16));
        return double.IsNaN(magnitude) ? double.PositiveInfinity : Math.Abs(value - (sign * magnitude));
    }

    // The middle between two values of 16 bits, or one of the floats beside it.
    private static float NearTheMiddle(ushort pattern, int places) =>
        BitConverter.UInt32BitsToSingle((uint)((((uint)pattern << 16) | 0x8000u) + places));

    private static Action<FloatSpan, NarrowSpan> RoundOf(Precision precision) =>
        precision == Precision.BFloat16 ? BFloat16Storage.Round : Float16Storage.Round;

    private static Action<NarrowSpan, FloatSpan> ExpandOf(Precision precision) =>
        precision == Precision.BFloat16 ? BFloat16Storage.Expand : Float16Storage.Expand;

    private static Action<FloatSpan, FloatSpan> RoundValuesOf(Precision precision) =>
        precision == Precision.BFloat16 ? BFloat16Storage.Round : Float16Storage.Round;

    private static ushort[] Round(Action<FloatSpan, NarrowSpan> kernel, float[] values)
    {
        using var memory = new KernelMemory();
        NarrowSpan destination = NarrowAtEnd(memory, values.Length);
        kernel(memory.Of(values), destination);
        return destination.AsSpan().ToArray();
    }

    private static float[] Expand(Action<NarrowSpan, FloatSpan> kernel, ushort[] values)
    {
        using var memory = new KernelMemory();
        NarrowSpan source = NarrowAtEnd(memory, values.Length);
        FloatSpan destination = memory.Zeros(values.Length);
        values.CopyTo(source.AsSpan());
        kernel(source, destination);
        return destination.AsSpan().ToArray();
    }

    // The last value ends right before the guard page.
    private static NarrowSpan NarrowAtEnd(KernelMemory memory, int length) =>
        memory.Zeros((length + 1) / 2).Narrow(0, (length + 1) / 2 * 2).Slice(length % 2, length);

    private static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, uint>(expected), MemoryMarshal.Cast<float, uint>(actual));
}
