using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelDsl;

/// <summary>A word each of several Philox counters that are computed together. See <see cref="Philox.Mix"/>.</summary>
/// <typeparam name="TSelf">The vector's own type.</typeparam>
internal unsafe interface IPhiloxLanes<TSelf>
    where TSelf : struct, IPhiloxLanes<TSelf>
{
    /// <summary>The number of counters.</summary>
    static abstract int Count { get; }

    /// <summary>start, start + 1, start + 2, ...</summary>
    static abstract TSelf From(uint start);

    /// <summary>The same word in every lane.</summary>
    static abstract TSelf Broadcast(uint value);

    /// <summary>The halves of the 64-bit products, lane by lane.</summary>
    static abstract void Multiply(TSelf value, uint multiplier, out TSelf high, out TSelf low);

    /// <summary>left xor right.</summary>
    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>Writes the words.</summary>
    void Store(uint* destination);
}

/// <summary>A word of one counter.</summary>
internal readonly unsafe struct PhiloxLane(uint value) : IPhiloxLanes<PhiloxLane>
{
    public uint Value => value;

    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLane From(uint start) => new(start);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLane Broadcast(uint value) => new(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(PhiloxLane value, uint multiplier, out PhiloxLane high, out PhiloxLane low)
    {
        ulong product = (ulong)multiplier * value.Value;
        high = new((uint)(product >> 32));
        low = new((uint)product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLane operator ^(PhiloxLane left, PhiloxLane right) => new(left.Value ^ right.Value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* destination) => *destination = value;
}

/// <summary>Words of eight counters; needs AVX2.</summary>
internal readonly unsafe struct PhiloxLanes8(Vector256<uint> value) : IPhiloxLanes<PhiloxLanes8>
{
    private readonly Vector256<uint> _value = value;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes8 From(uint start) => new(Vector256.Create(start) + Vector256<uint>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes8 Broadcast(uint value) => new(Vector256.Create(value));

    // The processor multiplies even lanes only, so odd ones are multiplied apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(PhiloxLanes8 value, uint multiplier, out PhiloxLanes8 high, out PhiloxLanes8 low)
    {
        Vector256<uint> factor = Vector256.Create(multiplier);
        Vector256<uint> odd = Vector256.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector256<ulong> evenProduct = Avx2.Multiply(value._value, factor);
        Vector256<ulong> oddProduct = Avx2.Multiply((value._value.AsUInt64() >> 32).AsUInt32(), factor);
        low = new(Vector256.ConditionalSelect(odd, (oddProduct << 32).AsUInt32(), evenProduct.AsUInt32()));
        high = new(Vector256.ConditionalSelect(odd, oddProduct.AsUInt32(), (evenProduct >> 32).AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes8 operator ^(PhiloxLanes8 left, PhiloxLanes8 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* destination) => _value.Store(destination);
}

/// <summary>Words of sixteen counters; needs AVX-512.</summary>
internal readonly unsafe struct PhiloxLanes16(Vector512<uint> value) : IPhiloxLanes<PhiloxLanes16>
{
    private readonly Vector512<uint> _value = value;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes16 From(uint start) => new(Vector512.Create(start) + Vector512<uint>.Indices);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes16 Broadcast(uint value) => new(Vector512.Create(value));

    // The processor multiplies even lanes only, so odd ones are multiplied apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(PhiloxLanes16 value, uint multiplier, out PhiloxLanes16 high, out PhiloxLanes16 low)
    {
        Vector512<uint> factor = Vector512.Create(multiplier);
        Vector512<uint> odd = Vector512.Create(0xFFFFFFFF00000000ul).AsUInt32();
        Vector512<ulong> evenProduct = Avx512F.Multiply(value._value, factor);
        Vector512<ulong> oddProduct = Avx512F.Multiply((value._value.AsUInt64() >> 32).AsUInt32(), factor);
        low = new(Vector512.ConditionalSelect(odd, (oddProduct << 32).AsUInt32(), evenProduct.AsUInt32()));
        high = new(Vector512.ConditionalSelect(odd, oddProduct.AsUInt32(), (evenProduct >> 32).AsUInt32()));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxLanes16 operator ^(PhiloxLanes16 left, PhiloxLanes16 right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(uint* destination) => _value.Store(destination);
}
