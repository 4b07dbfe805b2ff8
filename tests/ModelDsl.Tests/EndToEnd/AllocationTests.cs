namespace ModelDsl.Tests.EndToEnd;

/// <summary>After the first, neither a training step nor a prediction takes memory from the collector.</summary>
[Collection(SharedThreads.Name)]
public class AllocationTests
{
    public static TheoryData<string> Models => TestModelCatalog.Names;

    [Theory]
    [MemberData(nameof(Models))]
    public void Step_and_prediction_of_every_model_allocate_nothing_on_this_thread(string name)
    {
        IModel model = TestModelCatalog.Create(name, seed: 1);
        Batch batch = Batch.Draw(model.Description, 5, seed: 1).First();
        var optimizer = new Adam();
        Work(model, optimizer, batch);
        Assert.Equal(0, Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Work(model, optimizer, batch);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    [Fact]
    public void Step_and_prediction_allocate_nothing_on_any_thread()
    {
        var model = new MnistMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 128, seed: 1).First();
        var optimizer = new Adam();
        Work(model, optimizer, batch);

        Assert.Equal(0, Least(() =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Work(model, optimizer, batch);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }));
    }

    [Fact]
    public void Prefetched_batches_take_turns_with_the_input_buffer_and_allocate_no_more()
    {
        float[] samples = new float[640 * 16];
        new Philox(1).FillUniform(samples, -1f, 1f);
        int[] labels = [.. Enumerable.Range(0, 640).Select(i => i % 4)];
        var data = Dataset.FromLabels(new Shape(16), samples, labels, classCount: 4);
        using PrefetchedSource prefetched = data.Prefetch();
        float[] with = Train(prefetched, out long fewLarge, out long manySmall);
        Assert.Equal(Train(data, out _, out _), with);
        Assert.InRange(manySmall, 1, fewLarge);

        // A validation in larger batches makes the input buffer larger than a prefetched batch.
        static float[] Train(IDataSource source, out long fewLarge, out long manySmall)
        {
            var model = new SmallMlp(seed: 1);
            var trainer = new Trainer<SmallMlp>(model, new Adam());
            manySmall = Allocated(batchSize: 10);
            fewLarge = Allocated(batchSize: 320);
            return model.Parameters.ToArray();

            long Allocated(int batchSize)
            {
                trainer.Fit(source, epochs: 2, batchSize, validation: source, seed: 1);
                return Least(() =>
                {
                    long before = GC.GetTotalAllocatedBytes(precise: true);
                    trainer.Fit(source, epochs: 1, batchSize, validation: source, seed: 1);
                    return GC.GetTotalAllocatedBytes(precise: true) - before;
                });
            }
        }
    }

    [Fact]
    public void More_batches_in_an_epoch_allocate_no_more()
    {
        var data = Dataset.FromLabels(new Shape(16), new float[640 * 16], new int[640], classCount: 4);
        Allocated(batchSize: 10);
        Allocated(batchSize: 320);
        Assert.InRange(Allocated(batchSize: 10), 1, Allocated(batchSize: 320));

        long Allocated(int batchSize)
        {
            var trainer = new Trainer<SmallMlp>(new SmallMlp(seed: 1), new Adam());
            trainer.Fit(data, epochs: 1, batchSize);
            return Least(() =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                trainer.Fit(data, epochs: 1, batchSize);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        }
    }

    [Fact]
    public void Smaller_batch_after_a_larger_one_allocates_nothing()
    {
        var model = new SmallMlp(seed: 1);
        Batch large = Batch.Draw(model.Description, 64, seed: 1).First();
        Batch small = Batch.Draw(model.Description, 7, seed: 1).First();
        model.ComputeGradients(large.Samples, large.Targets);
        model.Predict(large.Samples);
        Assert.Equal(0, Least(() =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            model.ComputeGradients(small.Samples, small.Targets);
            model.Predict(small.Samples);
            model.ComputeGradients(large.Samples, large.Targets);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }));
    }

    // The runtime and the test host have threads of their own that allocate now and then, and on a busy machine a thread may for
    // the first time do the part of another, and take memory to work in. A step that allocates would do so each time.
    internal static long Least(Func<long> allocated)
    {
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 40 && least > 0; attempt++)
        {
            least = Math.Min(least, allocated());
        }

        return least;
    }

    private static void Work(IModel model, Adam optimizer, Batch batch)
    {
        model.ComputeGradients(batch.Samples, batch.Targets);
        optimizer.Step(model.Parameters[..model.Gradients.Length], model.Gradients);
        model.ComputeLoss(batch.Samples, batch.Targets);
        model.Predict(batch.Samples);
        model.Predict(batch.Samples.AsSpan(0, model.Description.InputShape.Count));
    }
}
