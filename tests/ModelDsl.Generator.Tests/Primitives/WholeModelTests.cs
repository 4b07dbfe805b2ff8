using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>A model of many primitives under what a model's attribute asks for.</summary>
public sealed class WholeModelTests
{
    private const int BatchSize = 40;

    [Theory]
    [InlineData("InputGradient = true", "Separate")]
    [InlineData("InputGradient = true", "Poisoned")]
    [InlineData("InputGradient = true, KeepActivations = true", "Planned")]
    public void Memory_is_laid_out_without_a_difference(string options, string memoryMode) =>
        Assert.Equal(Gradients(Create("InputGradient = true").Load()), Gradients(Create(options).Load(memoryMode)));

    [Theory]
    [InlineData("BFloat16", 0.1f)]
    [InlineData("Float16", 0.02f)]
    public void Mixed_precision_gives_about_the_same_gradients(string precision, float tolerance)
    {
        float[] exact = Gradients(Create("InputGradient = true").Load());
        float[] rounded = Gradients(Create($"InputGradient = true, Precision = Precision.{precision}").Load());
        float largest = exact.Max(MathF.Abs);
        Assert.NotEqual(exact, rounded);
        Assert.All(exact.Zip(rounded), pair => Assert.Equal(pair.First, pair.Second, tolerance * largest));
    }

    [Fact]
    public void Gradients_of_samples_that_are_not_clipped_add_up_to_that_of_the_batch()
    {
        IModel model = Create("InputGradient = true, PerSampleClipping = true").Load();
        float[] expected = Gradients(model);
        ((IClippingModel)model).ComputeClippedGradients(Samples(model), Targets(model), 1e9f);
        Close(expected, [.. model.Gradients.ToArray().Select(sum => sum / BatchSize)]);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        IModel model = Create("InputGradient = true").Load();
        (float[] samples, float[] targets) = (Samples(model), Targets(model));
        model.ComputeGradients(samples, targets);
        model.Predict(samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.ComputeGradients(samples, targets);
        model.Predict(samples);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // [steps, 6] → projections → attention with a learned bias → products per sample → reductions
    private static PrimitiveModel Create(string options) => new PrimitiveModel { Options = options }
        .Part(5, 6).Fixed(6, 8).Fixed(4, 6).Fixed(5, 5).Fixed(2, 8)
        .Then(typeof(MatMulAttribute), [1, 2])
        .Then(typeof(MatMulAttribute), [1, 3], (nameof(MatMulAttribute.TransposeRight), true))
        .Then(typeof(AttentionAttribute), [6, 7, 7, 4], (nameof(AttentionAttribute.Heads), 4), (nameof(AttentionAttribute.KeyValueHeads), 2))
        .Then(typeof(MatMulAttribute), [5, 8], (nameof(MatMulAttribute.TransposeRight), true))
        .Then(typeof(SoftmaxOverAttribute), [9], ("dimension", 0))
        .Then(typeof(MatMulAttribute), [10, 8])
        .Then(typeof(CumSumAttribute), [11], ("dimension", 0))
        .Then(typeof(ReduceVarianceAttribute), [12], ("dimensions", new[] { 0 }));

    private static float[] Gradients(IModel model)
    {
        Assert.True(float.IsFinite(model.ComputeGradients(Samples(model), Targets(model))));
        Assert.Contains(model.Gradients.ToArray(), value => value != 0f);
        return model.Gradients.ToArray();
    }

    private static float[] Samples(IModel model) => Values(1, BatchSize * model.Description.InputShape.Count);

    private static float[] Targets(IModel model) => Values(2, BatchSize * model.Description.OutputShape.Count);

    private static float[] Values(int seed, int count)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle()) - 1)];
    }

    private static void Close(float[] expected, float[] actual)
    {
        float largest = expected.Max(MathF.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * largest));
    }
}
