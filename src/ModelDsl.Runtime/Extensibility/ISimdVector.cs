namespace ModelDsl.Extensibility;

/// <summary>
/// A few floats that are computed on together. A kernel or activation that is written over this interface once serves
/// vectors of 512, 256 and 128 bits and single floats, and gives the same bits in each.
/// </summary>
/// <typeparam name="TSelf">The vector's own type.</typeparam>
/// <remarks>
/// A condition is a vector whose lanes are all ones where it holds and all zeros elsewhere; only
/// <see cref="ConditionalSelect"/> reads it.
/// </remarks>
public unsafe interface ISimdVector<TSelf>
    where TSelf : struct, ISimdVector<TSelf>
{
    /// <summary>The number of floats in a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the processor has 32 registers for these vectors, rather than 16.</summary>
    static abstract bool HasManyRegisters { get; }

    /// <summary>A vector with every lane zero.</summary>
    static abstract TSelf Zero { get; }

    /// <summary>A vector with every lane equal to <paramref name="value"/>.</summary>
    static abstract TSelf Broadcast(float value);

    /// <summary>Reads <see cref="Count"/> floats, aligned or not.</summary>
    static abstract TSelf Load(float* source);

    /// <summary>Writes <see cref="Count"/> floats, aligned or not.</summary>
    void Store(float* destination);

    /// <summary>Reads the first <paramref name="count"/> floats, and no byte beyond; the other lanes are zero.</summary>
    /// <param name="source">The first float.</param>
    /// <param name="count">How many to read, from 0 to <see cref="Count"/>.</param>
    static abstract TSelf LoadPartial(float* source, int count);

    /// <summary>Writes the first <paramref name="count"/> floats, and no byte beyond.</summary>
    /// <param name="destination">Where the first float goes.</param>
    /// <param name="count">How many to write, from 0 to <see cref="Count"/>.</param>
    void StorePartial(float* destination, int count);

    /// <summary>left + right.</summary>
    static abstract TSelf operator +(TSelf left, TSelf right);

    /// <summary>left - right.</summary>
    static abstract TSelf operator -(TSelf left, TSelf right);

    /// <summary>left · right.</summary>
    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>left / right, correctly rounded.</summary>
    static abstract TSelf operator /(TSelf left, TSelf right);

    /// <summary>-value.</summary>
    static abstract TSelf operator -(TSelf value);

    /// <summary>left · right + addend, rounded once where the processor has a fused multiply-add.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>The larger of the two; NaN where <paramref name="right"/> is NaN.</summary>
    static abstract TSelf Max(TSelf left, TSelf right);

    /// <summary>The smaller of the two; NaN where <paramref name="right"/> is NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    /// <summary>|value|.</summary>
    static abstract TSelf Abs(TSelf value);

    /// <summary>√value, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf value);

    /// <summary>The nearest integer; the even one of two that are equally near.</summary>
    static abstract TSelf Round(TSelf value);

    /// <summary>The magnitude of <paramref name="value"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf value, TSelf sign);

    /// <summary>value · 2^exponent for integer-valued exponents in [-250, 250], rounded once.</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf exponent);

    /// <summary>⌊log₂ value⌋ for positive normal values.</summary>
    static abstract TSelf Exponent(TSelf value);

    /// <summary>The condition left &lt; right; false where either is NaN.</summary>
    static abstract TSelf LessThan(TSelf left, TSelf right);

    /// <summary>The condition left &gt; right; false where either is NaN.</summary>
    static abstract TSelf GreaterThan(TSelf left, TSelf right);

    /// <summary>The condition left = right; false where either is NaN.</summary>
    static abstract TSelf EqualTo(TSelf left, TSelf right);

    /// <summary>The condition that holds in the first <paramref name="count"/> lanes.</summary>
    static abstract TSelf FirstLanes(int count);

    /// <summary><paramref name="whenTrue"/> where the condition holds, <paramref name="whenFalse"/> elsewhere.</summary>
    static abstract TSelf ConditionalSelect(TSelf condition, TSelf whenTrue, TSelf whenFalse);

    /// <summary>The sum of all lanes, added as a tree.</summary>
    static abstract float Sum(TSelf value);

    /// <summary>Writes the <see cref="Sum"/> of each of four vectors, the same bits in fewer steps.</summary>
    static abstract void StoreSums(TSelf sum0, TSelf sum1, TSelf sum2, TSelf sum3, float* destination);

    /// <summary>The largest lane; NaN may be ignored.</summary>
    static abstract float MaxAcross(TSelf value);
}
