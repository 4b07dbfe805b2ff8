using System.Runtime.InteropServices;
using ModelDsl.CompilerServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Predictions that are computed a few samples at a time, by threads that do different ones.</summary>
[Collection(SharedThreads.Name)]
public class InferencePartTests
{
    public static TheoryData<int> BatchSizes => [1, 2, 3, 4, 5, 7, 8, 9, 16, 31, 32, 33, 70];

    [Fact]
    public void Few_weights_and_large_maps_are_computed_in_parts_and_a_perceptron_is_not()
    {
        Assert.IsAssignableFrom<IPartwiseModel>(new ImageFilters());
        Assert.False(typeof(IPartwiseModel).IsAssignableFrom(typeof(MnistMlp)));
    }

    [Theory]
    [MemberData(nameof(BatchSizes))]
    public void Prediction_has_the_same_bits_with_any_number_of_threads(int batchSize)
    {
        uint[] expected = Predict(batchSize, threads: 1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            Assert.Equal(expected, Predict(batchSize, threads));
        }
    }

    [Theory]
    [MemberData(nameof(BatchSizes))]
    public void Prediction_of_a_batch_is_that_of_each_of_its_samples(int batchSize)
    {
        var model = new ImageFilters(seed: 1);
        ImageFilters copy = model.ForInference();
        Batch batch = Batch.Draw(model.Description, batchSize, seed: 2).First();
        float[] together = copy.Predict(batch.Samples).ToArray();
        Assert.Equal(batchSize * ImageFilters.Classes, together.Length);
        int inputs = batch.Samples.Length / batchSize;
        for (int sample = 0; sample < batchSize; sample++)
        {
            ReadOnlySpan<float> alone = model.Predict(batch.Samples.AsSpan(sample * inputs, inputs));
            for (int i = 0; i < alone.Length; i++)
            {
                float expected = alone[i];
                Assert.Equal(expected, together[(sample * alone.Length) + i], 1e-5f * Math.Max(1f, Math.Abs(expected)));
            }
        }
    }

    [Fact]
    public void Loss_of_a_batch_is_the_mean_of_those_of_its_samples()
    {
        const int Size = 37;
        var model = new ImageFilters(seed: 1);
        Batch batch = Batch.Draw(model.Description, Size, seed: 2).First();
        int inputs = batch.Samples.Length / Size;
        int[] labels = [.. Enumerable.Range(0, Size).Select(sample => sample % ImageFilters.Classes)];
        double sum = 0;
        for (int sample = 0; sample < Size; sample++)
        {
            sum += model.ComputeLoss(batch.Samples.AsSpan(sample * inputs, inputs), labels.AsSpan(sample, 1));
        }

        Assert.Equal(sum / Size, model.ComputeLoss(batch.Samples, labels), 1e-5);
    }

    /// <summary>Samples are read from where they are, wherever that is.</summary>
    [Fact]
    public void Prediction_does_not_depend_on_where_the_samples_lie()
    {
        const int Size = 9;
        ImageFilters copy = new ImageFilters(seed: 1).ForInference();
        float[] samples = Batch.Draw(copy.Description, Size, seed: 2).First().Samples;
        float[] expected = copy.Predict(samples).ToArray();
        for (int offset = 1; offset < 18; offset += 4)
        {
            float[] shifted = [.. new float[offset], .. samples];
            Assert.Equal(expected, copy.Predict(shifted.AsSpan(offset)).ToArray());
        }

        samples.CopyTo(copy.GetInputBuffer(Size));
        Assert.Equal(expected, copy.Predict(copy.GetInputBuffer(Size)).ToArray());
    }

    /// <summary>
    /// A prediction may be the next sample, although it lies where the next prediction is written to.
    /// </summary>
    [Fact]
    public void Outputs_may_be_the_next_samples()
    {
        ImageFilters copy = new ImageFilters(seed: 1).ForInference();
        int inputs = copy.Description.InputShape.Count;
        float[] samples = Batch.Draw(copy.Description, 2 * inputs, seed: 2).First().Samples;
        ReadOnlySpan<float> outputs = copy.Predict(samples);
        Assert.Equal(2 * inputs * ImageFilters.Classes, outputs.Length);
        float[] expected = new ImageFilters(seed: 1).ForInference().Predict(outputs.ToArray()).ToArray();
        Assert.Equal(expected, copy.Predict(outputs).ToArray());
    }

    [Fact]
    public void Samples_of_another_length_are_refused()
    {
        ImageFilters copy = new ImageFilters(seed: 1).ForInference();
        Assert.Throws<ArgumentException>(() => copy.Predict([]).ToArray());
        Assert.Throws<ArgumentException>(() => copy.Predict(new float[17 * 15]).ToArray());
    }

    [Fact]
    public void Batch_of_another_size_finds_memory_and_none_is_taken_again()
    {
        ImageFilters copy = new ImageFilters(seed: 1).ForInference();
        Batch batch = Batch.Draw(copy.Description, 48, seed: 1).First();
        int inputs = copy.Description.InputShape.Count;
        copy.Predict(batch.Samples);
        foreach (int size in new[] { 48, 1, 13, 48 })
        {
            copy.Predict(batch.Samples.AsSpan(0, size * inputs));
            Assert.Equal(0, AllocationTests.Least(() =>
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                copy.Predict(batch.Samples.AsSpan(0, size * inputs));
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }));
        }
    }

    private static uint[] Predict(int batchSize, int threads)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            WorkerPool.ThreadCount = threads;
            var model = new ImageFilters(seed: 1);
            Batch batch = Batch.Draw(model.Description, batchSize, seed: 2).First();
            return [.. MemoryMarshal.Cast<float, uint>(model.ForInference().Predict(batch.Samples))];
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }
}

/// <summary>Convolutions of each kind, and normalisations that compute something from their weights.</summary>
[Model]
[Input(17, 15, 3)]
[Conv2D(12, 3, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(12, 3, Groups = 12, Padding = Padding.Same, UseBias = false), BatchNorm, Relu]
[Conv2D(24, 1, UseBias = false), BatchNorm, Relu, MaxPool2D(2)]
[Conv2D(20, 3), Relu]
[Flatten, Dense(Classes)]
[SoftmaxCrossEntropy]
public partial class ImageFilters
{
    public const int Classes = 5;
}
