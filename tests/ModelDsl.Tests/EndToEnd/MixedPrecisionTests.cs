using System.Reflection;
using System.Runtime.InteropServices;
using ModelDsl.CompilerServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>An embedding whose table is the head's weight too, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16)]
[Input(5, Type = ElementType.Token), Embedding(9, 8), Dense(8), Relu, Dense(9, TiedTo = "embedding1"), SoftmaxCrossEntropy]
internal sealed partial class BFloat16Tied;

/// <summary>Wide enough that the padding between tensors does not count.</summary>
[Model(Precision = Precision.BFloat16), Input(64), Dense(128), Relu, Dense(10), SoftmaxCrossEntropy]
internal sealed partial class BFloat16Wide;

/// <summary>The passes one by one, stored as Float16.</summary>
[Model(Precision = Precision.Float16, InputGradient = true), Input(6), Dense(8), Tanh, Dense(3), MeanSquaredError]
internal sealed partial class Float16Passes;

/// <summary>The same in full precision.</summary>
[Model(InputGradient = true), Input(6), Dense(8), Tanh, Dense(3), MeanSquaredError]
internal sealed partial class Float32Passes;

/// <summary>Recurrent layers whose steps are written down, stored as BFloat16.</summary>
[Model(Precision = Precision.BFloat16), Input(5, 3, Sequence = true), Lstm(6, Unroll = Unrolling.Always)]
[Gru(5, Unroll = Unrolling.Always, GoBackwards = true), SimpleRnn(4, Unroll = Unrolling.Always), Dense(2)]
[MeanSquaredError]
internal sealed partial class BFloat16Unrolled;

/// <summary>The same with loops over the steps.</summary>
[Model(Precision = Precision.BFloat16), Input(5, 3, Sequence = true), Lstm(6, Unroll = Unrolling.Never)]
[Gru(5, Unroll = Unrolling.Never, GoBackwards = true), SimpleRnn(4, Unroll = Unrolling.Never), Dense(2)]
[MeanSquaredError]
internal sealed partial class BFloat16Looped;

/// <summary>Models of mixed precision from construction to files.</summary>
[Collection(SharedThreads.Name)]
public sealed class MixedPrecisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Models =>
        [.. TestModelCatalog.NamesOf<IModel>().Where(name => Create(name).Description.Precision != Precision.Float32)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Models_of_both_formats_are_found() =>
        Assert.Equal(
            [Precision.BFloat16, Precision.Float16],
            TestModelCatalog.NamesOf<IModel>()
                .Select(name => Create(name).Description.Precision)
                .Where(precision => precision != Precision.Float32)
                .Distinct()
                .Order());

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_gives_the_same_bits_with_any_number_of_threads(string name)
    {
        int before = WorkerPool.ThreadCount;
        try
        {
            List<uint[]> results = [];
            foreach (int threads in new[] { 1, 2, 3, 8 })
            {
                WorkerPool.ThreadCount = threads;
                results.Add(Train(Create(name)));
            }

            Assert.All(results, result => Assert.Equal(results[0], result));
        }
        finally
        {
            WorkerPool.ThreadCount = before;
        }
    }

    [Fact]
    public void Steps_that_are_written_down_give_the_bits_of_a_loop_over_them() =>
        Assert.Equal(Train(new BFloat16Looped(seed: 1)), Train(new BFloat16Unrolled(seed: 1)));

    [Theory]
    [InlineData(nameof(BFloat16Mlp))]
    [InlineData(nameof(BFloat16Recurrent))]
    [InlineData(nameof(Float16Recurrent))]
    public void A_training_that_goes_on_has_the_bits_of_one_that_never_stopped(string name)
    {
        string path = _folder.Combine("checkpoint.safetensors");
        ModelDescription description = Create(name).Description;
        Batch batch = Batch.Draw(description, 60, seed: 4).First(batch => batch.Labels is not null);
        Dataset data = Dataset.FromLabels(description.InputShape, batch.Samples, batch.Labels!, classCount: 3);
        var options = new FitOptions { Epochs = 2, BatchSize = 16 };
        Trainer<IModel> whole = Start();
        whole.Fit(data, options);
        TrainingRun run = Start().Begin(data, options);
        for (int step = 0; step < 5; step++)
        {
            run.TakeStep();
        }

        run.SaveCheckpoint(path);
        Trainer<IModel> second = Start();
        second.Fit(data, options with { ResumeFrom = path });
        Assert.Equal(whole.Model.Parameters, second.Model.Parameters);

        Trainer<IModel> Start() => new(Create(name), new Adam { LearningRate = 1e-2f });
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Training_lowers_the_loss(string name)
    {
        IModel model = Create(name);
        Batch batch = Batch.Draw(model.Description, 37, seed: 1).First();
        float first = model.ComputeLoss(batch.Samples, batch.Targets);
        var optimizer = new Adam { LearningRate = 5e-3f };
        for (int step = 0; step < 60; step++)
        {
            model.ComputeGradients(batch.Samples, batch.Targets);
            optimizer.Step(model.TrainableParameters, model.Gradients);
        }

        Assert.InRange(model.ComputeLoss(batch.Samples, batch.Targets), 0f, 0.9f * first);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Copy_for_inference_predicts_the_same_bits(string name)
    {
        IModel model = Create(name);
        IModel copy = TestModelCatalog.ForInference(model);
        IModel second = TestModelCatalog.ForInference(copy);
        foreach (int size in new[] { 1, 3, 40 })
        {
            Batch batch = Batch.Draw(model.Description, size, seed: 2).First();
            float[] expected = model.Predict(batch.Samples).ToArray();
            Assert.Equal(expected, copy.Predict(batch.Samples).ToArray());
            Assert.Equal(expected, second.Predict(batch.Samples).ToArray());
        }
    }

    [Fact]
    public void Copy_for_inference_holds_weights_in_two_bytes_and_biases_in_four()
    {
        const int Weights = (64 * 128) + (128 * 10);
        const int PaddedBiases = 128 + 16;
        var model = new BFloat16Wide(seed: 1);
        Assert.Equal((2 * Weights) + (4 * PaddedBiases), ParameterBytes(model.ForInference()));
        Assert.InRange(ParameterBytes(model), 4 * Weights, long.MaxValue);

        static long ParameterBytes(IModel model) => ((ModelState)model.GetType()
            .GetField("_modelState", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(model)!).ParameterBytes;
    }

    [Fact]
    public void A_table_that_is_a_weight_too_serves_both_in_a_copy_for_inference()
    {
        var model = new BFloat16Tied(seed: 2);
        Batch batch = Batch.Draw(model.Description, 6, seed: 2).First();
        float[] expected = model.Predict(batch.Samples).ToArray();
        Assert.Equal(expected, model.ForInference().Predict(batch.Samples).ToArray());
    }

    [Fact]
    public void Files_hold_the_parameters_in_32_bits()
    {
        string path = _folder.Combine("model.safetensors");
        var model = new BFloat16Mlp(seed: 3);
        model.Save(path);
        Assert.Equal(model.Parameters, BFloat16Mlp.Load(path).Parameters);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Assert.All(file.Tensors, tensor => Assert.Equal(SafetensorsElementType.F32, tensor.ElementType));
    }

    [Fact]
    public void Small_updates_add_up_in_the_parameters_though_the_passes_round_them_away()
    {
        var model = new BFloat16Mlp(seed: 3);
        Batch batch = Batch.Draw(model.Description, 5, seed: 2).First();
        float[] before = model.Predict(batch.Samples).ToArray();
        for (int step = 0; step < 2_000; step++)
        {
            // The last place of 32 bits.
            foreach (ref float value in model.Dense1Weight)
            {
                value *= 1 + 1.2e-7f;
            }

            if (step == 0)
            {
                Assert.Equal(before, model.Predict(batch.Samples).ToArray());
            }
        }

        Assert.NotEqual(before, model.Predict(batch.Samples).ToArray());
    }

    [Fact]
    public void Passes_one_by_one_give_gradients_without_the_loss_scale()
    {
        var narrow = new Float16Passes(seed: 5);
        var whole = new Float32Passes(seed: 5);
        Batch batch = Batch.Draw(whole.Description, 9, seed: 6).First();
        float[] factors = [.. Enumerable.Range(0, 27).Select(i => MathF.Sin(i))];
        foreach (IDifferentiableModel model in new IDifferentiableModel[] { narrow, whole })
        {
            model.Forward(batch.Samples);
            model.Backward(factors);
        }

        AssertClose(whole.Gradients, narrow.Gradients);
        AssertClose(whole.InputGradient, narrow.InputGradient);
        float[] once = narrow.Gradients.ToArray();
        narrow.TrainingStep = 0;
        narrow.Forward(batch.Samples);
        narrow.Backward(factors, accumulate: true);
        for (int i = 0; i < once.Length; i++)
        {
            Assert.Equal(2 * once[i], narrow.Gradients[i], 1e-5f);
        }

        static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
        {
            float scale = expected.ToArray().Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], actual[i], scale / 256);
            }
        }
    }

    private static IModel Create(string name) => TestModelCatalog.Create(name, seed: 1);

    // More samples than an operation takes at a time, and a number that no part of them divides.
    private static uint[] Train(IModel model)
    {
        var optimizer = new Adam { LearningRate = 1e-2f };
        var bits = new List<uint>();
        for (int step = 0; step < 3; step++)
        {
            Batch batch = Batch.Draw(model.Description, 77 - step, seed: step).First();
            bits.Add(BitConverter.SingleToUInt32Bits(model.ComputeGradients(batch.Samples, batch.Targets)));
            bits.AddRange(MemoryMarshal.Cast<float, uint>((ReadOnlySpan<float>)model.Gradients));
            optimizer.Step(model.TrainableParameters, model.Gradients);
            bits.AddRange(MemoryMarshal.Cast<float, uint>(model.Predict(batch.Samples)));
        }

        return [.. bits];
    }
}
