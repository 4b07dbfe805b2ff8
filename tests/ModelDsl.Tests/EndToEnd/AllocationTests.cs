using ModelDsl.TestModels;
using ModelDsl.Tests.Reference;

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
        long before = GC.GetAllocatedBytesForCurrentThread();
        Work(model, optimizer, batch);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Step_and_prediction_allocate_nothing_on_any_thread()
    {
        var model = new MnistMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 128, seed: 1).First();
        var optimizer = new Adam();
        Work(model, optimizer, batch);

        // The runtime and the test host have threads of their own that allocate now and then; a step would each time.
        long least = long.MaxValue;
        for (int attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            Work(model, optimizer, batch);
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
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
            long before = GC.GetAllocatedBytesForCurrentThread();
            trainer.Fit(data, epochs: 1, batchSize);
            return GC.GetAllocatedBytesForCurrentThread() - before;
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
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.ComputeGradients(small.Samples, small.Targets);
        model.Predict(small.Samples);
        model.ComputeGradients(large.Samples, large.Targets);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
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
