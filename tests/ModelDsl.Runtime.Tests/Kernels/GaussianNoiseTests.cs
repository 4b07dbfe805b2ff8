namespace ModelDsl.Runtime.Tests.Kernels;

[Collection(nameof(ThreadSettings))]
public sealed class GaussianNoiseTests
{
    private const ulong Seed = 5;

    [Fact]
    public void Noise_has_the_moments_and_the_tails_of_a_normal_distribution()
    {
        const int Count = 400_000;
        using var memory = new KernelMemory();
        FloatSpan values = memory.Zeros(Count);
        GaussianNoise.Add(values, place: 0, deviation: 2, Seed, stream: 9);
        double[] z = [.. values.AsSpan().ToArray().Select(value => value / 2.0)];

        // Each bound is four deviations of the estimate.
        Assert.Equal(0, z.Average(), 4 / Math.Sqrt(Count));
        Assert.Equal(1, z.Average(value => value * value), 4 * Math.Sqrt(2.0 / Count));
        Assert.Equal(0, z.Average(value => value * value * value), 4 * Math.Sqrt(15.0 / Count));
        Assert.Equal(3, z.Average(value => Math.Pow(value, 4)), 4 * Math.Sqrt(96.0 / Count));
        Assert.Equal(0, z.Zip(z.Skip(1), (x, y) => x * y).Average(), 4 / Math.Sqrt(Count));
        foreach ((double limit, double share) in ((double, double)[])[(1, 0.317311), (2, 0.0455), (3, 0.0027), (4, 6.334e-5)])
        {
            Assert.Equal(
                share, z.Count(value => Math.Abs(value) > limit) / (double)Count, 4 * Math.Sqrt(share / Count));
        }
    }

    [Fact]
    public void Noise_is_a_function_of_seed_stream_and_place_for_0_to_70_values()
    {
        using var memory = new KernelMemory();
        FloatSpan all = memory.Zeros(100);
        GaussianNoise.Add(all, place: 0, deviation: 1, Seed, stream: 9);
        Assert.Equal(100, all.AsSpan().ToArray().Distinct().Count());
        for (int count = 0; count <= 70; count++)
        {
            FloatSpan part = memory.Random(count, count);
            float[] before = part.AsSpan().ToArray();
            GaussianNoise.Add(part, place: 16, deviation: 1, Seed, stream: 9);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(before[i] + (double)all[16 + i], part[i], 1e-6);
            }
        }

        FloatSpan other = memory.Zeros(100);
        GaussianNoise.Add(other, place: 0, deviation: 1, Seed, stream: 10);
        Assert.DoesNotContain(true, other.AsSpan().ToArray().Zip(all.AsSpan().ToArray(), (x, y) => x == y));
    }

    [Fact]
    public void Noise_has_the_same_bits_for_every_number_of_threads_and_allocates_nothing()
    {
        float[]? expected = null;
        ThreadSettings.ForEachCount([1, 2, 3, 7], _ =>
        {
            using var memory = new KernelMemory();
            FloatSpan values = memory.Random(10_001, seed: 1);
            GaussianNoise.Add(values, place: 0, deviation: 1, Seed, stream: 9);
            long before = GC.GetAllocatedBytesForCurrentThread();
            GaussianNoise.Add(values, place: 32, deviation: 1, Seed, stream: 8);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
            expected ??= values.AsSpan().ToArray();
            Assert.Equal(expected, values.AsSpan().ToArray());
        });
    }

    [Fact]
    public void Deviation_of_zero_changes_nothing()
    {
        using var memory = new KernelMemory();
        FloatSpan values = memory.Random(33, seed: 1);
        float[] before = values.AsSpan().ToArray();
        GaussianNoise.Add(values, place: 0, deviation: 0, Seed, stream: 9);
        Assert.Equal(before, values.AsSpan().ToArray());
        Assert.Throws<ArgumentException>(() => GaussianNoise.Add(default, place: 1, deviation: 1, Seed, stream: 9));
    }
}
