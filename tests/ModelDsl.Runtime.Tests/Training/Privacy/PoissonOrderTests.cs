namespace ModelDsl.Runtime.Tests.Training.Privacy;

public sealed class PoissonOrderTests
{
    private const int Count = 400;

    [Fact]
    public void Each_sample_is_in_a_batch_with_the_rate_independently_of_the_others()
    {
        const int Size = 20, Steps = 4000;
        const double Rate = (double)Size / Count;
        var order = new PoissonOrder(Source(), Size, dropLast: false, seed: 11);
        Assert.Equal(Rate, order.SampleRate, 1e-9);
        int[] taken = new int[Count];
        double[] sizes = new double[Steps];
        int both = 0, again = 0;
        bool before = false;
        for (int step = 0; step < Steps; step++)
        {
            ReadOnlySpan<int> batch = order.SamplesOf(step);
            sizes[step] = batch.Length;
            foreach (int sample in batch)
            {
                taken[sample]++;
            }

            both += batch.Contains(3) && batch.Contains(4) ? 1 : 0;
            again += before && batch.Contains(7) ? 1 : 0;
            before = batch.Contains(7);
        }

        // The binomial's mean and variance, to four deviations; the largest of 400 samples to five.
        double deviation = Math.Sqrt(Steps * Rate * (1 - Rate));
        Assert.All(taken, times => Assert.Equal(Steps * Rate, times, 5 * deviation));
        Assert.Equal(Size, sizes.Average(), 4 * Math.Sqrt(Size * (1 - Rate) / Steps));
        double variance = sizes.Average(size => (size - Size) * (size - Size));
        Assert.Equal(Size * (1 - Rate), variance, 4 * Math.Sqrt(2.0 / Steps) * Size * (1 - Rate));
        double expected = Steps * Rate * Rate;
        Assert.Equal(expected, both, 4 * Math.Sqrt(expected));
        Assert.Equal(expected, again, 4 * Math.Sqrt(expected));
    }

    [Fact]
    public void Batch_of_a_step_depends_on_seed_and_step_alone()
    {
        var order = new PoissonOrder(Source(), 20, dropLast: false, seed: 11);
        int[][] batches = [.. Enumerable.Range(0, 60).Select(step => order.SamplesOf(step).ToArray())];
        var other = new PoissonOrder(Source(), 20, dropLast: false, seed: 11);
        for (int step = 59; step >= 0; step--)
        {
            Assert.Equal(batches[step], other.SamplesOf(step).ToArray());
        }

        Assert.Equal(60, batches.Select(batch => string.Join(",", batch)).Distinct().Count());
        Assert.NotEqual(batches[0], new PoissonOrder(Source(), 20, dropLast: false, seed: 12).SamplesOf(0).ToArray());
        Assert.All(batches, batch => Assert.Equal(batch.Order(), batch));
    }

    [Fact]
    public void Following_batch_is_announced_within_a_pass_and_leaves_the_one_at_hand()
    {
        var order = new PoissonOrder(Source(), 100, dropLast: false, seed: 3);
        Assert.Equal(4, order.BatchesPerPass);
        for (int step = 0; step < 9; step++)
        {
            ReadOnlySpan<int> batch = order.SamplesOf(step);
            int[] expected = batch.ToArray();
            int[] following = order.SamplesAfter(step).ToArray();
            Assert.True(batch.SequenceEqual(expected));
            Assert.Equal(step % 4 == 3 ? [] : order.SamplesOf(step + 1).ToArray(), following);
        }
    }

    [Fact]
    public void All_samples_are_taken_where_as_many_are_expected()
    {
        var order = new PoissonOrder(Source(), Count + 5, dropLast: false, seed: 3);
        Assert.Equal(1, order.SampleRate);
        Assert.Equal(Enumerable.Range(0, Count), order.SamplesOf(0).ToArray());
    }

    [Fact]
    public void Drawing_allocates_nothing()
    {
        var order = new PoissonOrder(Source(), 20, dropLast: false, seed: 3);
        order.SamplesOf(0);
        order.SamplesAfter(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 1; step < 50; step++)
        {
            order.SamplesOf(step);
            order.SamplesAfter(step);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Few_batches_exceed_a_large_one()
    {
        var order = new PoissonOrder(Source(), 20, dropLast: false, seed: 3);
        int large = PoissonOrder.LargeBatch(20);
        Assert.Equal(38, large);
        Assert.InRange(Enumerable.Range(0, 4000).Count(step => order.SamplesOf(step).Length > large), 0, 8);
    }

    private static Dataset Source() =>
        Dataset.FromLabels(new Shape(1), new float[Count], new int[Count], classCount: 2);
}
