namespace ModelDsl.Runtime.Tests.Threading;

[Collection(nameof(ThreadSettings))]
public sealed class WorkerTeamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Threads_that_do_not_start_leave_their_parts_to_the_others(int starting)
    {
        int asked = 0;
        var team = new WorkerTeam(thread =>
        {
            if (++asked > starting)
            {
                throw new ThreadStateException("a limit on processes");
            }

            thread.Start();
        });
        for (int round = 0; round < 100; round++)
        {
            var work = new SlowWork(new int[7], 0);
            team.Run(7, ref work);
            Assert.All(work.Done, count => Assert.Equal(1, count));
        }

        Assert.Equal(starting, team.WorkerCount);
        Assert.Equal(starting + 1, asked);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Fewer_threads_than_asked_for_give_the_same_bits(int starting)
    {
        const int Size = 300;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Size * Size, 1);
        FloatSpan weight = memory.Random(Size * Size, 2);
        FloatSpan y = memory.Zeros(Size * Size);
        float[]? expected = null;
        WorkerTeam before = WorkerPool.Team;
        try
        {
            ThreadSettings.ForEachCount([1, 5], _ =>
            {
                int started = 0;
                WorkerPool.Team = new WorkerTeam(thread =>
                {
                    if (started++ >= starting)
                    {
                        throw new ThreadStateException();
                    }

                    thread.Start();
                });
                MatrixMultiplication.TimesTransposed(x, weight, y, Size, Size, Size, new Activate<Tanh>(default));
                expected ??= y.AsSpan().ToArray();
                Bits.Equal(expected, y.AsSpan().ToArray());
            });
        }
        finally
        {
            WorkerPool.Team = before;
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(200)]
    public void No_more_threads_compute_than_there_are_processors(int threads)
    {
        const int Size = 500;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Size * Size, 1);
        FloatSpan y = memory.Zeros(Size * Size);
        WorkerTeam before = WorkerPool.Team;
        try
        {
            WorkerPool.Team = new WorkerTeam();
            WorkerPool.Processors = 2;
            ThreadSettings.ForEachCount([threads], _ =>
            {
                MatrixMultiplication.TimesTransposed(x, x, y, Size, Size, Size, Epilogue.None);
                Softmax.Forward(x, y, Size, Size);
                Assert.Equal(threads, WorkerPool.ThreadCount);
            });
            Assert.Equal(1, WorkerPool.Team.WorkerCount);
        }
        finally
        {
            WorkerPool.Processors = Math.Max(ManyProcessors.Count, Environment.ProcessorCount);
            WorkerPool.Team = before;
        }
    }

    [Fact]
    public void Interrupting_the_caller_ends_nothing_before_its_parts_have_ended()
    {
        var team = new WorkerTeam();
        int unfinished = 0;
        int interrupted = 0;
        for (int round = 0; round < 10; round++)
        {
            var caller = new Thread(() =>
            {
                // The caller's own part is over at once, so that it waits for the others.
                var work = new SlowWork(new int[4], 20);
                team.Run(4, ref work);
                unfinished += 4 - work.Done.Sum();
                try
                {
                    Thread.Sleep(Timeout.Infinite);
                }
                catch (ThreadInterruptedException)
                {
                    interrupted++;
                }
            });
            caller.Start();
            while (!caller.Join(1))
            {
                caller.Interrupt();
            }
        }

        Assert.Equal(0, unfinished);
        Assert.Equal(10, interrupted);
    }

    [Fact]
    public void Interrupting_a_worker_ends_neither_the_process_nor_the_worker()
    {
        var team = new WorkerTeam();
        var threads = new Thread?[4];
        for (int round = 0; round < 20; round++)
        {
            var work = new ThreadsOfParts(threads);
            team.Run(4, ref work);
            foreach (Thread? thread in threads.Where(thread => thread != Thread.CurrentThread))
            {
                thread!.Interrupt();
            }

            Thread.Sleep(2);
        }

        Assert.Equal(3, team.WorkerCount);
        Assert.All(threads, thread => Assert.True(thread!.IsAlive));
        var next = new SlowWork(new int[4], 0);
        team.Run(4, ref next);
        Assert.Equal(4, next.Done.Sum());
    }

    private readonly record struct SlowWork(int[] Done, int Milliseconds) : IParallelWork
    {
        // A part that the caller has taken back may be interrupted: that is its own affair.
        public void Invoke(int part)
        {
            long end = Environment.TickCount64 + Milliseconds;
            while (part > 0 && Environment.TickCount64 < end)
            {
                Thread.SpinWait(100);
            }

            Interlocked.Increment(ref Done[part]);
        }
    }

    private readonly record struct ThreadsOfParts(Thread?[] Threads) : IParallelWork
    {
        public void Invoke(int part)
        {
            Threads[part] = Thread.CurrentThread;
            Thread.SpinWait(10_000);
        }
    }
}
