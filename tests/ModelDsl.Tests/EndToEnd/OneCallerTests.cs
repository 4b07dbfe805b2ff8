using System.Runtime.CompilerServices;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>
/// What is used wrongly from several threads, or is gone before its spans are, gives an exception or the right values.
/// </summary>
[Collection(SharedThreads.Name)]
public class OneCallerTests
{
    public static TheoryData<Type> Optimizers =>
        [.. typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract)];

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

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Optimizer_refuses_a_second_caller_and_takes_the_next(Type type)
    {
        var model = new MnistMlp(seed: 1);
        var optimizer = (Optimizer)Activator.CreateInstance(type)!;
        optimizer.Attach(model);
        string refused = UntilRefused(() => optimizer.Step(model));
        Assert.StartsWith("expected one caller of this optimizer at a time", refused);
        optimizer.Step(model);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> WeightOfAModel() => new SmallMlp(seed: 1).Dense1Weight;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<float> OutputsOfAModel(ReadOnlySpan<float> samples) => new SmallMlp(seed: 1).Predict(samples);

    // Lets two threads call until one of them is refused.
    internal static string UntilRefused(Action call)
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
