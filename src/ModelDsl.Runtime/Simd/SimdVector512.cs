using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Simd;

/// <summary>Sixteen floats in one vector of 512 bits.</summary>
internal readonly unsafe struct SimdVector512 : ISimdVector<SimdVector512>
{
    /// <summary>The bounds within which no step of the root overflows or loses bits.</summary>
    private const float SmallestOfSteps = 1e-30f;
    private const float LargestOfSteps = 1e30f;

    private readonly Vector512<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private SimdVector512(Vector512<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => 16;

    /// <inheritdoc/>
    public static bool HasManyRegisters => true;

    /// <inheritdoc/>
    public static SimdVector512 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Broadcast(float value) => new(Vector512.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Load(float* source) => new(Vector512.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 LoadPartial(float* source, int count)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.MaskLoad(source, LaneMask(count), Vector512<float>.Zero));
        }

        return PartialVector.Load<SimdVector512>(source, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(float* destination, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(destination, LaneMask(count), _value);
            return;
        }

        PartialVector.Store(this, destination, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator +(SimdVector512 left, SimdVector512 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator -(SimdVector512 left, SimdVector512 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator *(SimdVector512 left, SimdVector512 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator /(SimdVector512 left, SimdVector512 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 operator -(SimdVector512 value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 MultiplyAdd(SimdVector512 left, SimdVector512 right, SimdVector512 addend) =>
        new(Vector512.MultiplyAddEstimate(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Max(SimdVector512 left, SimdVector512 right) =>
        new(Vector512.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Min(SimdVector512 left, SimdVector512 right) =>
        new(Vector512.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Abs(SimdVector512 value) => new(Vector512.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Sqrt(SimdVector512 value)
    {
        // The processor's own root of 512 bits takes twice as long as these steps, which round correctly too (Markstein,
        // "Computation of elementary functions on the IBM RISC System/6000 processor", 1990).
        if (Avx512F.IsSupported
            && Vector512.GreaterThanOrEqualAll(value._value, Vector512.Create(SmallestOfSteps))
            && Vector512.LessThanOrEqualAll(value._value, Vector512.Create(LargestOfSteps)))
        {
            Vector512<float> x = value._value;
            Vector512<float> estimate = Avx512F.ReciprocalSqrt14(x);
            Vector512<float> root = x * estimate;
            Vector512<float> half = estimate * Vector512.Create(0.5f);
            Vector512<float> error = Avx512F.FusedMultiplyAddNegated(root, half, Vector512.Create(0.5f));
            root = Avx512F.FusedMultiplyAdd(root, error, root);
            half = Avx512F.FusedMultiplyAdd(half, error, half);
            Vector512<float> rest = Avx512F.FusedMultiplyAddNegated(root, root, x);
            return new(Avx512F.FusedMultiplyAdd(rest, half, root));
        }

        return new(Vector512.Sqrt(value._value));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Round(SimdVector512 value) => new(Vector512.Round(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 CopySign(SimdVector512 value, SimdVector512 sign) =>
        new(Vector512.CopySign(value._value, sign._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 ScaleByPowerOfTwo(SimdVector512 value, SimdVector512 exponent)
    {
        if (Avx512F.IsSupported)
        {
            return new(Avx512F.Scale(value._value, exponent._value));
        }

        // Two factors, because 2^exponent itself may lie outside the normal range.
        Vector512<int> whole = Vector512.ConvertToInt32(exponent._value);
        Vector512<int> half = whole >> 1;
        Vector512<int> bias = Vector512.Create(127);
        Vector512<float> first = ((half + bias) << 23).AsSingle();
        Vector512<float> second = ((whole - half + bias) << 23).AsSingle();
        return new(value._value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 Exponent(SimdVector512 value) =>
        new(Vector512.ConvertToSingle((value._value.AsInt32() >> 23) - Vector512.Create(127)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 LessThan(SimdVector512 left, SimdVector512 right) =>
        new(Vector512.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 GreaterThan(SimdVector512 left, SimdVector512 right) =>
        new(Vector512.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 EqualTo(SimdVector512 left, SimdVector512 right) =>
        new(Vector512.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 FirstLanes(int count) => new(LaneMask(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector512 ConditionalSelect(SimdVector512 condition, SimdVector512 whenTrue, SimdVector512 whenFalse) =>
        new(Vector512.ConditionalSelect(condition._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(SimdVector512 value) => SimdVector256.Sum(Halved(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(SimdVector512 sum0, SimdVector512 sum1, SimdVector512 sum2, SimdVector512 sum3, float* destination)
    {
        if (!Avx512F.IsSupported)
        {
            SimdVector256.StoreSums(Halved(sum0), Halved(sum1), Halved(sum2), Halved(sum3), destination);
            return;
        }

        // Halves and then quarters of two or four vectors are added at a time, in the order that Sum adds them.
        Vector512<float> halves01 = Avx512F.Shuffle4x128(sum0._value, sum1._value, 0x44) + Avx512F.Shuffle4x128(sum0._value, sum1._value, 0xEE);
        Vector512<float> halves23 = Avx512F.Shuffle4x128(sum2._value, sum3._value, 0x44) + Avx512F.Shuffle4x128(sum2._value, sum3._value, 0xEE);
        Vector512<float> quarters = Avx512F.Shuffle4x128(halves01, halves23, 0x88) + Avx512F.Shuffle4x128(halves01, halves23, 0xDD);
        SimdVector128.StoreSums(
            new SimdVector128(quarters.GetLower().GetLower()),
            new SimdVector128(quarters.GetLower().GetUpper()),
            new SimdVector128(quarters.GetUpper().GetLower()),
            new SimdVector128(quarters.GetUpper().GetUpper()),
            destination);
    }

    private static SimdVector256 Halved(SimdVector512 value) => new(value._value.GetLower() + value._value.GetUpper());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(SimdVector512 value) =>
        SimdVector256.MaxAcross(
            new SimdVector256(Vector256.MaxNative(value._value.GetLower(), value._value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LaneMask(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
