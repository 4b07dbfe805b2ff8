namespace ModelDsl.Runtime.Tests.Kernels;

public sealed unsafe class SimdVectorTests
{
    [Fact]
    public void Four_sums_at_a_time_have_the_bits_of_each_sum()
    {
        AssertSums<SimdScalar>();
        AssertSums<SimdVector128>();
        AssertSums<SimdVector256>();
        AssertSums<SimdVector512>();
    }

    private static void AssertSums<TVector>()
        where TVector : struct, ISimdVector<TVector>
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Random(4 * TVector.Count, 1);
        FloatSpan sums = memory.Zeros(4);
        TVector[] vectors = [.. Enumerable.Range(0, 4).Select(i => TVector.Load(values.Pointer + (i * TVector.Count)))];
        TVector.StoreSums(vectors[0], vectors[1], vectors[2], vectors[3], sums.Pointer);
        Bits.Equal([.. vectors.Select(TVector.Sum)], sums.AsSpan());
    }
}
