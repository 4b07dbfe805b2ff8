namespace ModelDsl.Runtime.Tests.Data;

public sealed class PrefetchedSourceTests
{
    [Fact]
    public void Training_gives_the_same_bits_with_and_without_prefetch()
    {
        var source = new NumberedSource(50);
        using PrefetchedSource prefetched = source.Prefetch();
        float[] with = Train(prefetched);
        Assert.Equal(Train(new NumberedSource(50)), with);
        Assert.Contains(source.Threads, thread => thread.Name == "ModelDsl prefetch");
        Assert.Equal([1, 2, 3], source.Epochs);

        static float[] Train(IDataSource source)
        {
            var model = new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError, seed: 1);
            var trainer = new Trainer<LinearModel>(model, new Sgd { LearningRate = 1e-4f });
            History history = trainer.Fit(source, epochs: 3, batchSize: 4, validationSplit: 0.25f, seed: 2);
            return [.. model.Parameters, (float)history.Last.Loss, (float)history.Last.ValidationLoss!];
        }
    }

    [Fact]
    public void Whatever_is_asked_for_comes_whether_it_was_prepared_or_not() =>
        Gen.Select(Gen.Int[0, 9].Array[1, 20], Gen.Int[0, 9].Array[1, 20], Gen.Bool).Sample((first, second, asksForSecond) =>
        {
            using PrefetchedSource source = new NumberedSource(10).Prefetch();
            source.Prepare(first);
            int[] asked = asksForSecond ? second : first;
            float[] samples = new float[asked.Length];
            float[] values = new float[asked.Length];
            source.GatherSamples(asked, samples);
            source.GatherValues(asked, values);
            Assert.Equal(asked.Select(index => (float)index), samples);
            Assert.Equal(samples, values);
        });

    [Fact]
    public void A_prepared_batch_is_gathered_on_the_other_thread_while_the_caller_goes_on()
    {
        using var mayGather = new ManualResetEventSlim();
        var source = new NumberedSource(4) { OnSample = _ => mayGather.Wait() };
        using PrefetchedSource prefetched = source.Prefetch();
        prefetched.Prepare([3, 1]);

        // The caller is here, and the thread waits for it.
        mayGather.Set();
        float[] samples = new float[2];
        prefetched.GatherSamples([3, 1], samples);
        Assert.Equal([3f, 1f], samples);
        Assert.NotSame(Thread.CurrentThread, Assert.Single(source.Threads));
    }

    [Fact]
    public void What_the_source_throws_on_the_thread_arrives_at_the_caller_with_its_message()
    {
        var source = new NumberedSource(40)
        {
            OnSample = index => _ = index == 33 ? throw new InvalidDataException("rows.csv, line 34: expected a number") : 0,
        };
        using PrefetchedSource prefetched = source.Prefetch();
        var trainer = new Trainer<LinearModel>(
            new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError), new Sgd { LearningRate = 1e-5f });
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => trainer.Fit(prefetched, batchSize: 4, shuffle: false));
        Assert.Equal("rows.csv, line 34: expected a number", error.Message);
        Assert.Contains(nameof(NumberedSource), error.StackTrace, StringComparison.Ordinal);

        // Nothing is stuck: what went wrong is tried again, everything else works.
        Assert.Throws<InvalidDataException>(() => prefetched.GetSample(33));
        Assert.Equal([5f], prefetched.GetSample(5));
    }

    private static readonly Gen<int[]> GenBatch = Gen.Int[0, 9].Array[1, 3];

    [Fact]
    public void Batches_come_in_any_order_however_many_were_announced() =>
        Gen.Select(GenBatch.Array[0, 7], GenBatch.Array[1, 7]).Sample((announced, asked) =>
        {
            using PrefetchedSource source = new NumberedSource(10).Prefetch();
            foreach (int[] batch in announced)
            {
                source.Prepare(batch);
            }

            foreach (int[] batch in asked.Concat(announced))
            {
                float[] samples = new float[batch.Length];
                float[] values = new float[batch.Length];
                source.GatherSamples(batch, samples);
                source.GatherValues(batch, values);
                Assert.Equal(batch.Select(index => (float)index), samples);
                Assert.Equal(samples, values);
                source.Prepare(asked[0]);
            }
        });

    [Fact]
    public void Four_batches_are_gathered_ahead_and_the_oldest_is_forgotten_for_a_fifth()
    {
        List<int> gathered = [];
        var source = new NumberedSource(9) { OnSample = gathered.Add };
        using PrefetchedSource prefetched = source.Prefetch();
        for (int batch = 1; batch <= 5; batch++)
        {
            prefetched.Prepare([batch]);
        }

        Assert.All(Enumerable.Range(2, 4), batch => Assert.Equal([batch], prefetched.GetSample(batch)));
        Assert.Equal([1, 2, 3, 4, 5], gathered);
        Assert.Equal([1f], prefetched.GetSample(1));
        Assert.Equal([1, 2, 3, 4, 5, 1], gathered);
    }

    [Fact]
    public void What_is_asked_for_unannounced_does_not_wait_for_all_that_was_announced()
    {
        using var begins = new ManualResetEventSlim();
        using var mayGather = new ManualResetEventSlim();
        List<int> gathered = [];
        var source = new NumberedSource(9)
        {
            OnSample = index =>
            {
                begins.Set();
                mayGather.Wait();
                gathered.Add(index);
            },
        };
        using PrefetchedSource prefetched = source.Prefetch();
        prefetched.Prepare([1]);
        prefetched.Prepare([2]);
        begins.Wait();
        var caller = new Thread(() => prefetched.GetSample(7));
        caller.Start();
        while (caller.ThreadState != ThreadState.WaitSleepJoin)
        {
            Thread.Yield();
        }

        mayGather.Set();
        caller.Join();
        Assert.Equal([2f], prefetched.GetSample(2));
        Assert.Equal([1, 7, 2], gathered);
    }

    [Fact]
    public void An_error_in_one_batch_leaves_those_behind_it_alone()
    {
        var source = new NumberedSource(9)
        {
            OnSample = index => _ = index == 1 ? throw new InvalidDataException("row 1") : 0,
        };
        using PrefetchedSource prefetched = source.Prefetch();
        prefetched.Prepare([1]);
        prefetched.Prepare([2]);
        Assert.Throws<InvalidDataException>(() => prefetched.GetSample(1));
        Assert.Equal([2f], prefetched.GetSample(2));
    }

    [Fact]
    public void A_batch_can_be_exchanged_for_other_memory_once()
    {
        using PrefetchedSource source = new NumberedSource(9).Prefetch();
        var memory = new AlignedMemory(8);
        Assert.False(source.TryExchange([3, 4], ref memory));
        source.Prepare([3, 4]);
        AlignedMemory before = memory;
        Assert.True(source.TryExchange([3, 4], ref memory));
        Assert.NotSame(before, memory);
        Assert.Equal(8, memory.Length);
        Assert.Equal([3f, 4f], memory.Span[..2]);
        Assert.False(source.TryExchange([3, 4], ref memory));
        float[] again = new float[2];
        source.GatherSamples([3, 4], again);
        Assert.Equal([3f, 4f], again);

        // The memory that was given is too small for what a larger model asks for, until it is taken anew.
        source.Prepare([5]);
        var large = new AlignedMemory(20);
        Assert.False(source.TryExchange([5], ref large));
        Assert.Equal(20, large.Length);
        Assert.Equal([5f], source.GetSample(5));
    }

    [Fact]
    public void Training_announces_each_batch_of_a_pass_once_several_ahead()
    {
        var source = new NumberedSource(21);
        Dictionary<int, int> announcedBefore = [];
        source.OnSample = index => announcedBefore[index] = source.Prepared.Count;
        var trainer = new Trainer<LinearModel>(
            new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError), new Sgd { LearningRate = 1e-5f });
        trainer.Fit(source, epochs: 2, batchSize: 3, shuffle: false);
        int[][] rest = [.. Enumerable.Range(0, 21).Chunk(3).Skip(1)];
        Assert.Equal([.. rest, .. rest], source.Prepared);

        // In the second epoch: none before its first batch, four after it, then one for each step.
        Assert.Equal([6, 10, 11, 12, 12, 12, 12], Enumerable.Range(0, 7).Select(batch => announcedBefore[3 * batch]));
    }

    [Fact]
    public void A_source_that_changes_with_the_epoch_is_never_seen_as_of_the_epoch_before()
    {
        using PrefetchedSource source = new EpochSource().Prefetch();
        source.StartEpoch(1);
        source.Prepare([0]);
        source.StartEpoch(2);
        Assert.Equal([2f], source.GetSample(0));
        source.Prepare([0]);
        Assert.Equal([2f], source.GetSample(0));
    }

    [Fact]
    public void Without_threads_everything_is_gathered_by_the_caller()
    {
        int attempts = 0;
        var source = new NumberedSource(8);
        using var prefetched = new PrefetchedSource(source, _ =>
        {
            attempts++;
            throw new PlatformNotSupportedException();
        });
        var trainer = new Trainer<LinearModel>(
            new LinearModel(new Shape(1), 1, LossKind.MeanSquaredError), new Sgd { LearningRate = 1e-5f });
        trainer.Fit(prefetched, epochs: 2, batchSize: 2);
        Assert.Equal(1, attempts);
        Assert.Same(Thread.CurrentThread, Assert.Single(source.Threads));
    }

    [Fact]
    public void Neither_thread_allocates_for_a_batch()
    {
        var source = new AllocationCountingSource();
        using PrefetchedSource prefetched = source.Prefetch();
        int[] first = [1, 2, 3];
        int[] second = [3, 0, 1];
        float[] samples = new float[3];
        Run(times: 10);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long beforeOnThread = source.Allocated;
        Run(times: 500);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, source.Allocated - beforeOnThread);

        void Run(int times)
        {
            for (int i = 0; i < times; i++)
            {
                prefetched.Prepare(first);
                prefetched.GatherSamples(first, samples);
                prefetched.Prepare(second);
                prefetched.GatherSamples(second, samples);
            }
        }
    }

    [Fact]
    public void Disposal_ends_the_thread_and_leaves_the_source_alone()
    {
        var source = new NumberedSource(4);
        PrefetchedSource prefetched = source.Prefetch();
        prefetched.Prepare([1]);
        prefetched.GatherSamples([1], new float[1]);
        Thread thread = Assert.Single(source.Threads);
        prefetched.Dispose();
        Assert.False(thread.IsAlive);
        Assert.Throws<ObjectDisposedException>(() => prefetched.GatherSamples([1], new float[1]));
        Assert.Throws<ObjectDisposedException>(() => prefetched.Prepare([1]));
        Assert.Equal([2f], source.GetSample(2));
        prefetched.Dispose();
    }

    [Fact]
    public void Arguments_are_checked()
    {
        using PrefetchedSource source = Dataset.FromLabels(new Shape(1), [1f, 2f], [0, 1]).Prefetch();
        Assert.Throws<ArgumentException>(() => source.Prepare([2]));
        source.Prepare([0, 1]);
        Assert.Throws<ArgumentException>(() => source.GatherSamples([0, 1], new float[3]));
        Assert.Throws<InvalidOperationException>(() => source.GatherValues([0, 1], new float[2]));
        int[] labels = new int[2];
        source.GatherLabels([0, 1], labels);
        Assert.Equal([0, 1], labels);
    }

    private sealed class EpochSource : IDataSource
    {
        private int _epoch;

        public int Count => 1;

        public Shape SampleShape { get; } = new(1);

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination) => destination.Fill(_epoch);

        public void StartEpoch(int epoch) => _epoch = epoch;
    }

    /// <summary>Notes what the thread that gathers has allocated so far.</summary>
    private sealed class AllocationCountingSource : IDataSource
    {
        public long Allocated { get; private set; }

        public int Count => 4;

        public Shape SampleShape { get; } = new(1);

        public void GatherSamples(ReadOnlySpan<int> indices, Span<float> destination)
        {
            destination.Fill(indices[0]);
            Allocated = GC.GetAllocatedBytesForCurrentThread();
        }
    }
}
