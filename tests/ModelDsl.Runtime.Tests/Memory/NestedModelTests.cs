namespace ModelDsl.Runtime.Tests.Memory;

/// <summary>A custom activation may call a model in the middle of a kernel.</summary>
[Collection(nameof(ThreadSettings))]
public sealed class NestedModelTests
{
    [Fact]
    public void Other_model_leaves_the_kernel_that_calls_it_its_memory()
    {
        const int Size = 70;
        using var memory = new KernelMemory();
        FloatSpan x = memory.Random(Size * Size, 1);
        FloatSpan y = memory.Zeros(Size * Size);
        float[] expected = Run();
        using var calling = new ThreadLocal<LinearModel>(() => new LinearModel(new Shape(2000), 100, LossKind.MeanSquaredError));
        float[] samples = new float[2000 * 3];
        ThreadSettings.ForEachCount([1, 3], _ =>
        {
            Calling.Nested = () => calling.Value!.Predict(samples);
            Bits.Equal(expected, Run());
        });
        Calling.Nested = null;

        float[] Run()
        {
            MatrixMultiplication.TimesTransposed(x, x, y, Size, Size, Size, new Activate<Calling>(default));
            return y.AsSpan().ToArray();
        }
    }

    [Fact]
    public void Model_that_is_computing_refuses_a_call_from_within_and_takes_the_next()
    {
        var state = new ModelState(new LinearModel(new Shape(2), 1, LossKind.MeanSquaredError).Description, seed: 1);
        for (int round = 0; round < 2; round++)
        {
            using ModelUse use = state.Use();
            Assert.Equal(
                "expected one caller of this Linear at a time, but it is computing, for another thread or further up the stack; "
                    + "give each thread a model of its own: ForInference() copies it",
                Assert.Throws<InvalidOperationException>(() => state.Use().Dispose()).Message);
            Assert.Throws<InvalidOperationException>(() => state.GetInputBuffer(1).Length);
        }

        Assert.Equal(2, state.GetInputBuffer(1).Length);
    }

    [Fact]
    public void Threads_that_ask_for_gradients_at_once_get_the_same_memory()
    {
        for (int round = 0; round < 200; round++)
        {
            var model = new LinearModel(new Shape(2), 1, LossKind.MeanSquaredError);
            Parallel.For(0, 2, i => model.Gradients[i] = 1f);
            Assert.Equal([1f, 1f], model.Gradients[..2].ToArray());
        }
    }

    private readonly record struct Calling : IActivation
    {
        public static Action? Nested { get; set; }

        public static bool DerivativeUsesOutput => true;

        public TVector Forward<TVector>(TVector x)
            where TVector : struct, ISimdVector<TVector>
        {
            Nested?.Invoke();
            return x + x;
        }

        public TVector Derivative<TVector>(TVector saved)
            where TVector : struct, ISimdVector<TVector> => TVector.Broadcast(2f);
    }
}
