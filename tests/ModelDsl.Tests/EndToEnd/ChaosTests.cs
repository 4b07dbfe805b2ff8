using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>
/// Threads use everything that is public at once, rightly and wrongly, while memory is collected and they are interrupted. What
/// comes of it is a clear exception or the right values. <c>MODELDSL_CHAOS_SECONDS</c> lets it take longer than 2 seconds.
/// </summary>
[Collection(SharedThreads.Name)]
public sealed class ChaosTests
{
    private const int Size = 32;

    private static readonly int Seconds = int.TryParse(
        Environment.GetEnvironmentVariable("MODELDSL_CHAOS_SECONDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        ? seconds
        : 2;

    private readonly List<string> _faults = [];
    private readonly List<Thread> _threads = [];
    private long _end;
    private int _rounds;

    [Fact]
    public void Nothing_is_used_after_it_is_gone_and_nothing_is_wrong_whatever_threads_do()
    {
        int threadCount = WorkerPool.ThreadCount;
        string folder = Directory.CreateTempSubdirectory().FullName;
        _end = Environment.TickCount64 + (Seconds * 1000L);
        try
        {
            var shared = new MnistMlp(seed: 3);
            Batch batch = Batch.Draw(shared.Description, Size, seed: 1).First();
            float[] expected = shared.Predict(batch.Samples).ToArray();
            var bigram = new BigramModel(seed: 4);
            float[] expectedLogits = bigram.CreateGenerator().Append([1, 2, 3]).ToArray();

            StartOnParametersThatStay(shared, batch, expected, folder);
            StartOnTokens(bigram, expectedLogits);
            StartOnAModelThatIsTrained(folder);
            StartOnMemoryThatGoes(batch, expected, shared.Parameters.ToArray());
            Start(() => WorkerPool.ThreadCount = Random.Shared.Next(1, 5));
            Disturb();
            Assert.Empty(_faults);
            Assert.True(_rounds > 0);
            Assert.Equal(expected, shared.Predict(batch.Samples));
            Assert.Equal(expectedLogits, bigram.CreateGenerator().Append([1, 2, 3]));
        }
        finally
        {
            WorkerPool.ThreadCount = threadCount;
            Directory.Delete(folder, recursive: true);
        }
    }

    // One model for all, whose parameters nobody changes: what is read of them must be right.
    private void StartOnParametersThatStay(MnistMlp shared, Batch batch, float[] expected, string folder)
    {
        int[] labels = (int[])batch.Labels!.Clone();
        Dataset dataset = Dataset.FromLabels(new Shape(28, 28), batch.Samples, batch.Labels!, classCount: 10);
        var generations = new ThreadLocal<MnistMlp>(() => shared.ForInference());
        Start(() => shared.Predict(batch.Samples));
        Start(() => shared.ComputeLoss(batch.Samples, labels));
        Start(() => shared.ComputeGradients(batch.Samples, labels));
        Start(() => labels[Random.Shared.Next(Size)] = Random.Shared.Next(3) switch { 0 => int.MinValue, 1 => int.MaxValue / 8, _ => 3 });
        Start(() => shared.GetInputBuffer(Random.Shared.Next(1, 64))[0] = 1f);
        Start(() => Use(shared.Outputs));
        Start(() => Use(shared.Gradients[..100]));
        Start(() => Use(shared.Dense1Weight[..100]));
        Start(() => new Trainer<MnistMlp>(shared, new Sgd()).Evaluate(dataset, batchSize: 7));
        Start(() => CheckEqual(expected, generations.Value!.ForInference().Predict(batch.Samples), 1e-4f));
        int file = 0;
        Start(() =>
        {
            string path = Path.Join(folder, $"shared{Interlocked.Increment(ref file)}");
            shared.Save(path);
            CheckEqual(expected, MnistMlp.Load(path, maxHeaderBytes: 10_000).Predict(batch.Samples));
            File.Delete(path);
        });
    }

    private void StartOnTokens(BigramModel bigram, float[] expected)
    {
        TokenGenerator generator = bigram.CreateGenerator();
        var sampler = new TokenSampler(seed: 5) { TopK = 3 };
        float[] tokens = [1, 2, 3, 4];
        Start(() => CheckEqual(expected, bigram.CreateGenerator().Append([1, 2, 3])));
        Start(() => generator.Append(Random.Shared.Next(6)));
        Start(() => generator.Clear());
        Start(() => Use(generator.Logits));
        Start(() => generator.Next(sampler));
        Start(() => _ = bigram.Generate([1], 3, sampler).Count());
        Start(() => sampler.Sample(expected));
        Start(() => bigram.Predict(tokens));
        Start(() => bigram.ComputeGradients(tokens, (int[])[1, 2, 3, 4]));

        // In its own buffer, so that the tokens of a call change while it runs.
        Start(() =>
        {
            Span<float> buffer = bigram.GetInputBuffer(1);
            for (int i = 0; i < 1000; i++)
            {
                buffer[i % 4] = i % 3 == 0 ? 1e9f : 1f;
            }
        });
        Start(() => bigram.Predict(bigram.GetInputBuffer(1)));
    }

    private void StartOnAModelThatIsTrained(string folder)
    {
        var trained = new BatchNormAfterConvolution(seed: 1);
        float[] samples = [.. Enumerable.Range(0, 8 * 60).Select(i => MathF.Sin(i))];
        int[] labels = [0, 1, 2, 0, 1, 2, 0, 1];
        Dataset dataset = Dataset.FromLabels(new Shape(5, 6, 2), samples, labels);
        string path = Path.Join(folder, "trained");
        trained.Save(path);
        IOptimizer[] optimizers = [new Adam(), new AdamW(), new Sgd { Momentum = 0.5f }];
        Start(() => new Trainer<BatchNormAfterConvolution>(trained, new Adam()).Fit(dataset, batchSize: 4, validation: dataset));
        Start(() => ModelFile.Load(path, trained));
        Start(() => trained.Save(Path.Join(folder, "again")));
        Start(() => trained.ComputeGradients(samples, labels));
        Start(() => optimizers[Random.Shared.Next(3)].Step(trained.TrainableParameters, trained.Gradients));
        Start(() => trained.ForInference().Predict(samples));
        Start(() => Use(dataset.Split(0.5f, 1).Item1.ClassCount > 0 ? samples : []));
    }

    // Objects whose last use is a kernel.
    private void StartOnMemoryThatGoes(Batch batch, float[] expected, float[] gradients)
    {
        Start(() => LastStepOf(new Adam(), gradients));
        Start(() => LastStepOf(new AdamW { MaxGradientNorm = 1f }, gradients));
        Start(() => LastStepOf(new Sgd { Momentum = 0.5f }, gradients));
        Start(() => CheckEqual(expected, new MnistMlp(seed: 3).Predict(batch.Samples)));
        Start(() => CheckEqual(expected, OutputsOfAModel(batch.Samples)));
    }

    private void Start(Action action) => _threads.Add(new Thread(() => Loop(action)) { IsBackground = true });

    private void Loop(Action action)
    {
        while (Environment.TickCount64 < _end)
        {
            try
            {
                action();
                Interlocked.Increment(ref _rounds);
            }
            catch (Exception exception) when (IsExpected(exception))
            {
            }
            catch (Exception exception)
            {
                Add(exception.ToString());
            }
        }
    }

    private void Disturb()
    {
        _threads.ForEach(thread => thread.Start());
        while (Environment.TickCount64 < _end)
        {
            GC.Collect(Random.Shared.Next(3));
            for (int i = 0; i < 20; i++)
            {
                _threads[Random.Shared.Next(_threads.Count)].Interrupt();
                Thread.Yield();
            }
        }

        _threads.ForEach(thread => thread.Join());
    }

    // The second caller, an interrupted wait, and what labels, tokens and losses of changing memory give.
    private static bool IsExpected(Exception exception) => exception switch
    {
        InvalidOperationException => exception.Message.StartsWith("expected one caller of this ", StringComparison.Ordinal)
            || exception.Message.StartsWith("expected at least one token", StringComparison.Ordinal),
        ArgumentException => exception.Message.StartsWith("expected labels", StringComparison.Ordinal)
            || exception.Message.StartsWith("expected whole tokens", StringComparison.Ordinal)
            || exception.Message.StartsWith("expected numbers, got NaN", StringComparison.Ordinal),
        _ => exception is ThreadInterruptedException or NotFiniteNumberException,
    };

    private void Add(string fault)
    {
        // An interruption must not end the thread here.
        while (true)
        {
            try
            {
                lock (_faults)
                {
                    _faults.Add(fault);
                    return;
                }
            }
            catch (ThreadInterruptedException)
            {
            }
        }
    }

    private static void CheckEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance = 0f)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(MathF.Abs(expected[i] - actual[i]) <= tolerance))
            {
                throw new InvalidDataException($"expected {expected[i]} at {i}, got {actual[i]}");
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<float> OutputsOfAModel(float[] samples) => new MnistMlp(seed: 3).Predict(samples);

    private static void LastStepOf(IOptimizer optimizer, float[] gradients) => optimizer.Step(new float[gradients.Length], gradients);

    // Reads all of a span, as a user would.
    private static void Use(ReadOnlySpan<float> values)
    {
        float sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        GC.KeepAlive(sum);
    }
}
