namespace ModelDsl.Runtime.Tests.Threading;

[Collection(nameof(ThreadSettings))]
public sealed class WorkerPoolTests
{
    [Fact]
    public void Every_part_is_done_exactly_once_before_the_call_returns()
    {
        for (int round = 0; round < 2000; round++)
        {
            int parts = 1 + (round % 6);
            var work = new CountingWork(new int[parts]);
            WorkerPool.Run(parts, ref work);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Parts_are_done_after_the_workers_have_gone_to_sleep()
    {
        for (int round = 0; round < 5; round++)
        {
            Thread.Sleep(5);
            var work = new CountingWork(new int[4]);
            WorkerPool.Run(4, ref work);
            Assert.All(work.Counts, count => Assert.Equal(1, count));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void What_a_part_throws_reaches_the_caller_after_the_others_have_ended(int failing)
    {
        var work = new FailingWork(failing, new int[4]);
        InvalidOperationException error =
            Assert.Throws<InvalidOperationException>(() => WorkerPool.Run(4, ref work));
        Assert.Equal($"part {failing}", error.Message);
        Assert.Equal(3, work.Done.Sum());
        var next = new CountingWork(new int[4]);
        WorkerPool.Run(4, ref next);
        Assert.All(next.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void A_part_may_run_parts_of_its_own()
    {
        var work = new NestedWork(new int[16]);
        WorkerPool.Run(4, ref work);
        Assert.All(work.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void Callers_on_several_threads_do_not_disturb_each_other() =>
        Parallel.For(0, 4, _ =>
        {
            for (int round = 0; round < 500; round++)
            {
                var work = new CountingWork(new int[3]);
                WorkerPool.Run(3, ref work);
                Assert.All(work.Counts, count => Assert.Equal(1, count));
            }
        });

    [Fact]
    public void The_number_of_threads_must_be_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => WorkerPool.ThreadCount = 0);

    [Fact]
    public void Partitions_cover_the_range_in_order_at_multiples_of_the_grain()
    {
        foreach (int length in new[] { 0, 1, 15, 16, 17, 100, 512, 1000 })
        {
            for (int parts = 1; parts <= 7; parts++)
            {
                int expected = 0;
                int largest = 0;
                for (int part = 0; part < parts; part++)
                {
                    (int start, int end) = Partition.Part(length, parts, part, 16);
                    Assert.Equal(expected, start);
                    Assert.True(end >= start && (end == length || end % 16 == 0));
                    largest = Math.Max(largest, end - start);
                    expected = end;
                }

                Assert.Equal(length, expected);
                Assert.Equal(Partition.LargestPart(length, parts, 16), largest);
            }
        }
    }

    private readonly record struct CountingWork(int[] Counts) : IParallelWork
    {
        public void Invoke(int part) => Interlocked.Increment(ref Counts[part]);
    }

    private readonly record struct FailingWork(int Failing, int[] Done) : IParallelWork
    {
        public void Invoke(int part)
        {
            if (part == Failing)
            {
                throw new InvalidOperationException($"part {part}");
            }

            Thread.Sleep(1);
            Done[part] = 1;
        }
    }

    private readonly record struct NestedWork(int[] Counts) : IParallelWork
    {
        public void Invoke(int part)
        {
            var inner = new CountingWork(new int[4]);
            WorkerPool.Run(4, ref inner);
            inner.Counts.CopyTo(Counts, part * 4);
        }
    }
}
