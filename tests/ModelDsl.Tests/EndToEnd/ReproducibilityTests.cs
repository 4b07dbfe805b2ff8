using System.Runtime.InteropServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>The same seed gives the same bits: again, and whatever the number of threads.</summary>
[Collection(SharedThreads.Name)]
public class ReproducibilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Training_gives_the_same_bits_with_any_number_of_threads(int threads)
    {
        Assert.Equal(Train(threads: 1), Train(threads));
    }

    [Fact]
    public void Other_seed_gives_other_parameters() =>
        Assert.NotEqual(new MnistMlp(seed: 1).Dense1Weight.ToArray(), new MnistMlp(seed: 2).Dense1Weight.ToArray());

    [Fact]
    public void Setting_the_training_step_back_replays_the_dropout_masks()
    {
        var model = new MnistMlp(seed: 3);
        Batch batch = Batch.Draw(model.Description, 16, seed: 1).First();
        model.ComputeGradients(batch.Samples, batch.Targets);
        float[] first = model.Gradients.ToArray();
        model.ComputeGradients(batch.Samples, batch.Targets);
        Assert.NotEqual(first, model.Gradients.ToArray());
        model.TrainingStep = 0;
        model.ComputeGradients(batch.Samples, batch.Targets);
        Assert.Equal(first, model.Gradients.ToArray());
    }

    // Wide enough for every kernel to share its work, with batches that no number of threads divides.
    private static uint[] Train(int threads)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = threads;
            var model = new MnistMlp(seed: 42);
            var optimizer = new AdamW { LearningRate = 1e-3f, WeightDecay = 0.01f, MaxGradientNorm = 1f };
            var bits = new List<uint>();
            for (int step = 0; step < 3; step++)
            {
                Batch batch = Batch.Draw(model.Description, 101 - step, seed: step).First();
                float loss = model.ComputeGradients(batch.Samples, batch.Targets);
                optimizer.Step(model.Parameters, model.Gradients);
                bits.Add(BitConverter.SingleToUInt32Bits(loss));
            }

            Batch last = Batch.Draw(model.Description, 67, seed: 9).First();
            bits.AddRange(MemoryMarshal.Cast<float, uint>(model.Predict(last.Samples)));
            bits.AddRange(MemoryMarshal.Cast<float, uint>(model.Predict(last.Samples.AsSpan(0, 784))));
            bits.AddRange(MemoryMarshal.Cast<float, uint>((ReadOnlySpan<float>)model.Parameters));
            return [.. bits];
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}
