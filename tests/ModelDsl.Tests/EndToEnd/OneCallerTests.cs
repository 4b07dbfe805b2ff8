using System.Runtime.CompilerServices;
using ModelDsl.TestModels;
using ModelDsl.Tests.Reference;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>
/// What is used wrongly from several threads, or is gone before its spans are, gives an exception or the right values.
/// <c>MODELDSL_CHAOS_SECONDS</c> lets the chaos take longer.
/// </summary>
[Collection(SharedThreads.Name)]
public class OneCallerTests
{
    private static readonly int ChaosSeconds =
        int.TryParse(Environment.GetEnvironmentVariable("MODELDSL_CHAOS_SECONDS"), out int seconds) ? seconds : 2;

    [Fact]
    public void Model_that_computes_refuses_a_second_caller_and_takes_the_next()
    {
        var model = new MnistMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 512, seed: 1).First();
        string refused = UntilRefused(() => model.Predict(batch.Samples));
        Assert.StartsWith("expected one caller of this MnistMlp at a time", refused);
        refused = UntilRefused(() => model.ComputeGradients(batch.Samples, batch.Targets));
        Assert.StartsWith("expected one caller of this MnistMlp at a time", refused);
        Assert.Equal(512 * 10, model.Predict(batch.Samples).Length);
    }

    [Fact]
    public void Optimizer_refuses_a_second_caller_and_takes_the_next()
    {
        float[] gradients = new float[1 << 20];
        IOptimizer[] optimizers = [new Adam(), new AdamW(), new Sgd { Momentum = 0.9f }];
        foreach (IOptimizer optimizer in optimizers)
        {
            string refused = UntilRefused(() => optimizer.Step(new float[gradients.Length], gradients));
            Assert.StartsWith("expected one caller of this optimizer at a time", refused);
            optimizer.Step(new float[gradients.Length], gradients);
        }
    }

    [Fact]
    public void Exception_lets_the_next_caller_in()
    {
        var model = new SmallMlp(seed: 1);
        Batch batch = Batch.Draw(model.Description, 3, seed: 1).First();
        for (int round = 0; round < 3; round++)
        {
            Assert.Throws<ArgumentException>(() => model.Predict(new float[1]).Length);
            Assert.Throws<ArgumentException>(() => model.ComputeLoss(batch.Samples, new int[1000]));
            Assert.Throws<ArgumentException>(() => model.ComputeGradients(batch.Samples, new int[1000]));
        }

        Assert.True(float.IsFinite(model.ComputeLoss(batch.Samples, batch.Targets)));
    }

    [Fact]
    public void Spans_outlive_their_model()
    {
        Batch batch = Batch.Draw(SmallMlp.Architecture, 3, seed: 1).First();
        var model = new SmallMlp(seed: 1);
        float[] weight = model.Dense1Weight.ToArray();
        float[] outputs = model.Predict(batch.Samples).ToArray();
        for (int round = 0; round < 5; round++)
        {
            Span<float> kept = WeightOfAModel();
            ReadOnlySpan<float> result = OutputsOfAModel(batch.Samples);
            for (int i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                _ = GC.AllocateArray<float>(1 << 14, pinned: true);
            }

            Assert.Equal(weight, kept.ToArray());
            Assert.Equal(outputs, result.ToArray());
        }
    }

    [Fact]
    public void Nothing_is_used_after_it_is_gone_whatever_threads_do()
    {
        long end = Environment.TickCount64 + (ChaosSeconds * 1000L);
        var shared = new MnistMlp(seed: 3);
        Batch batch = Batch.Draw(shared.Description, 32, seed: 1).First();
        float[] samples = batch.Samples.ToArray();
        float[] expected = shared.Predict(samples).ToArray();
        float[] parameters = shared.Parameters.ToArray();
        var faults = new List<string>();
        void Loop(Action action)
        {
            while (Environment.TickCount64 < end)
            {
                try
                {
                    action();
                }
                catch (Exception exception) when (exception is InvalidOperationException or ThreadInterruptedException)
                {
                }
                catch (Exception exception)
                {
                    lock (faults)
                    {
                        faults.Add(exception.ToString());
                    }
                }
            }
        }

        Thread[] computing =
        [
            new(() => Loop(() => LastStepOf(new Adam(), parameters))),
            new(() => Loop(() => LastStepOf(new Sgd { Momentum = 0.5f }, parameters))),
            new(() => Loop(() => shared.Predict(samples))),
            new(() => Loop(() => shared.ComputeLoss(samples.AsSpan(0, 784), new int[1]))),
            new(() => Loop(() => shared.GetInputBuffer(Random.Shared.Next(1, 64))[0] = 1f)),
            new(() => Loop(() => _ = shared.Gradients[0])),
            new(() => Loop(() => CheckOwn(expected, samples))),
        ];
        var collecting = new Thread(() => Loop(() => GC.Collect(Random.Shared.Next(3))));
        collecting.Start();
        Array.ForEach(computing, thread => thread.Start());
        while (Environment.TickCount64 < end)
        {
            computing[Random.Shared.Next(computing.Length)].Interrupt();
            Thread.Yield();
        }

        Array.ForEach(computing, thread => thread.Join());
        collecting.Join();
        Assert.Empty(faults);
        Assert.Equal(expected, shared.Predict(samples).ToArray());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> WeightOfAModel() => new SmallMlp(seed: 1).Dense1Weight;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<float> OutputsOfAModel(ReadOnlySpan<float> samples) => new SmallMlp(seed: 1).Predict(samples);

    private static void LastStepOf(IOptimizer optimizer, float[] gradients) =>
        optimizer.Step(new float[gradients.Length], gradients);

    private static void CheckOwn(float[] expected, float[] samples)
    {
        if (!new MnistMlp(seed: 3).Predict(samples).SequenceEqual(expected))
        {
            throw new InvalidDataException("a model of one thread has given other values");
        }
    }

    // Lets two threads call until one of them is refused.
    private static string UntilRefused(Action call)
    {
        string? message = null;
        void Loop()
        {
            while (Volatile.Read(ref message) is null)
            {
                try
                {
                    call();
                }
                catch (InvalidOperationException exception)
                {
                    Volatile.Write(ref message, exception.Message);
                }
            }
        }

        var other = new Thread(Loop);
        other.Start();
        Loop();
        other.Join();
        return message!;
    }
}
