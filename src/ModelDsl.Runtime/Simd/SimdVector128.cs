using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl.Simd;

/// <summary>Four floats in one vector of 128 bits.</summary>
internal readonly unsafe struct SimdVector128 : ISimdVector<SimdVector128>
{
    private readonly Vector128<float> _value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal SimdVector128(Vector128<float> value) => _value = value;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    public static bool HasManyRegisters
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated || AdvSimd.IsSupported;
    }

    /// <inheritdoc/>
    public static SimdVector128 Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<float>.Zero);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Broadcast(float value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Load(float* source) => new(Vector128.Load(source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 LoadPartial(float* source, int count)
    {
        if (Avx.IsSupported)
        {
            return new(Avx.MaskLoad(source, LaneMask(count)));
        }

        return PartialVector.Load<SimdVector128>(source, count);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePartial(float* destination, int count)
    {
        if (Avx512F.VL.IsSupported)
        {
            Avx512F.VL.MaskStore(destination, LaneMask(count), _value);
            return;
        }

        // Without the masks of 512 bits a masked store takes dozens of steps on some processors.
        if (count == Count)
        {
            _value.Store(destination);
            return;
        }

        Vector128<float> rest = _value;
        if (count >= 2)
        {
            *(double*)destination = rest.AsDouble().ToScalar();
            rest = Vector128.Shuffle(rest, Vector128.Create(2, 3, 2, 3));
            destination += 2;
        }

        if ((count & 1) != 0)
        {
            *destination = rest.ToScalar();
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator +(SimdVector128 left, SimdVector128 right) => new(left._value + right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator -(SimdVector128 left, SimdVector128 right) => new(left._value - right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator *(SimdVector128 left, SimdVector128 right) => new(left._value * right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator /(SimdVector128 left, SimdVector128 right) => new(left._value / right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 operator -(SimdVector128 value) => new(-value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 MultiplyAdd(SimdVector128 left, SimdVector128 right, SimdVector128 addend) =>
        new(Vector128.MultiplyAddEstimate(left._value, right._value, addend._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Max(SimdVector128 left, SimdVector128 right) =>
        new(Vector128.MaxNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Min(SimdVector128 left, SimdVector128 right) =>
        new(Vector128.MinNative(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Abs(SimdVector128 value) => new(Vector128.Abs(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Sqrt(SimdVector128 value) => new(Vector128.Sqrt(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Round(SimdVector128 value) => new(Vector128.Round(value._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 CopySign(SimdVector128 value, SimdVector128 sign) =>
        new(Vector128.CopySign(value._value, sign._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 ScaleByPowerOfTwo(SimdVector128 value, SimdVector128 exponent)
    {
        // Two factors, because 2^exponent itself may lie outside the normal range.
        Vector128<int> whole = Vector128.ConvertToInt32(exponent._value);
        Vector128<int> half = whole >> 1;
        Vector128<int> bias = Vector128.Create(127);
        Vector128<float> first = ((half + bias) << 23).AsSingle();
        Vector128<float> second = ((whole - half + bias) << 23).AsSingle();
        return new(value._value * first * second);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 Exponent(SimdVector128 value) =>
        new(Vector128.ConvertToSingle((value._value.AsInt32() >> 23) - Vector128.Create(127)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 LessThan(SimdVector128 left, SimdVector128 right) =>
        new(Vector128.LessThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 GreaterThan(SimdVector128 left, SimdVector128 right) =>
        new(Vector128.GreaterThan(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 EqualTo(SimdVector128 left, SimdVector128 right) =>
        new(Vector128.Equals(left._value, right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 FirstLanes(int count) => new(LaneMask(count));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static SimdVector128 ConditionalSelect(SimdVector128 condition, SimdVector128 whenTrue, SimdVector128 whenFalse) =>
        new(Vector128.ConditionalSelect(condition._value, whenTrue._value, whenFalse._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(SimdVector128 value) => Vector128.Sum(value._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSums(SimdVector128 sum0, SimdVector128 sum1, SimdVector128 sum2, SimdVector128 sum3, float* destination)
    {
        if (!Sse.IsSupported)
        {
            destination[0] = Sum(sum0);
            destination[1] = Sum(sum1);
            destination[2] = Sum(sum2);
            destination[3] = Sum(sum3);
            return;
        }

        // Neighbours first, as Sum does.
        Vector128<float> pairs01 = Sse.Shuffle(sum0._value, sum1._value, 0x88) + Sse.Shuffle(sum0._value, sum1._value, 0xDD);
        Vector128<float> pairs23 = Sse.Shuffle(sum2._value, sum3._value, 0x88) + Sse.Shuffle(sum2._value, sum3._value, 0xDD);
        (Sse.Shuffle(pairs01, pairs23, 0x88) + Sse.Shuffle(pairs01, pairs23, 0xDD)).Store(destination);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxAcross(SimdVector128 value) =>
        MathF.Max(
            MathF.Max(value._value.GetElement(0), value._value.GetElement(1)),
            MathF.Max(value._value.GetElement(2), value._value.GetElement(3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LaneMask(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
