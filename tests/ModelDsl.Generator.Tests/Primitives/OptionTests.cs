using ModelDsl.Generator.Planning;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Models of many primitives with what a model's own attribute may ask for.</summary>
public sealed class OptionTests
{
    private const int Batch = 70;

    [Fact]
    public void Clipped_gradients_of_a_large_norm_are_those_of_all_samples()
    {
        IModel plain = Create("KeepActivations = true");
        var clipped = (IClippingModel)Create("PerSampleClipping = true");
        (float[] samples, float[] targets) = Draw(plain);
        plain.Parameters.CopyTo(clipped.Parameters);
        float loss = plain.ComputeGradients(samples, targets);
        Assert.Equal(loss, clipped.ComputeClippedGradients(samples, targets, 1e6f), 1e-5f * loss);
        AssertClose([.. plain.Gradients.ToArray().Select(value => value * Batch)], clipped.Gradients, 1e-4);
    }

    [Theory]
    [InlineData("BFloat16", 0.03)]
    [InlineData("Float16", 0.01)]
    public void Gradients_of_mixed_precision_are_those_of_floats_but_for_rounding(string precision, double tolerance)
    {
        IModel plain = Create("KeepActivations = true");
        IModel mixed = Create($"Precision = Precision.{precision}");
        (float[] samples, float[] targets) = Draw(plain);
        plain.Parameters.CopyTo(mixed.Parameters);
        plain.ComputeGradients(samples, targets);
        mixed.ComputeGradients(samples, targets);
        AssertClose(plain.Gradients.ToArray(), mixed.Gradients, tolerance);
    }

    [Fact]
    public void Layout_of_memory_does_not_change_a_bit()
    {
        IModel plain = Create("KeepActivations = true");
        (float[] samples, float[] targets) = Draw(plain);
        plain.ComputeGradients(samples, targets);
        foreach (MemoryMode mode in new[] { MemoryMode.Separate, MemoryMode.Poisoned })
        {
            IModel other = Create("", mode);
            plain.Parameters.CopyTo(other.Parameters);
            other.ComputeGradients(samples, targets);
            Assert.Equal(plain.Gradients.ToArray(), other.Gradients.ToArray());
            Assert.Equal(plain.Predict(samples).ToArray(), other.Predict(samples).ToArray());
        }
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_step()
    {
        IModel model = Create("");
        (float[] samples, float[] targets) = Draw(model);
        model.ComputeGradients(samples, targets);
        model.Predict(samples);
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.ComputeGradients(samples, targets);
        model.Predict(samples);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static IModel Create(string options, MemoryMode mode = MemoryMode.Planned)
    {
        var graph = new Graph(6, 4) { Options = options };
        int scale = graph.Parameter(6, 4), row = graph.Parameter(4), column = graph.Parameter(6, 1), one = graph.Parameter(1);
        int token = graph.Parameter(1, 4);
        int value = graph.Apply("Multiply", [0, scale]);
        int mean = graph.Apply("Slice", [value], ("dimension", 0), ("start", 2), ("end", 3));
        value = graph.Apply("Subtract", [value, mean]);
        value = graph.Apply("Divide", [value, graph.Apply("Exp", [mean])]);
        value = graph.Apply("Add", [row, value]);
        value = graph.Apply("Maximum", [value, column]);
        value = graph.Apply("Multiply", [value, one]);
        value = graph.Apply("Subtract", [value], ("HasNumber", true), ("Number", 0.5), ("NumberIsLeft", true));
        int turned = graph.Apply("Transpose", [value], ("dimensions", new[] { 1, 0 }));
        int tiled = graph.Apply("Tile", [turned], ("counts", new[] { 1, 2 }));
        int slice = graph.Apply("Slice", [tiled], ("dimension", 1), ("start", 1), ("end", 12), ("step", 2));
        int back = graph.Apply("Transpose", [slice], ("dimensions", new[] { 1, 0 }));
        int joined = graph.Apply("Concatenate", [token, back], ("dimension", 0));
        int split = graph.Apply("Split", [joined], ("count", 2), ("dimension", 1));
        int product = graph.Apply("Multiply", [split, new(split, 1)]);
        int padded = graph.Apply(
            "Border", [product], ("before", new[] { 1, 1 }), ("after", new[] { 0, 0 }), ("mode", 1));
        int chosen = graph.Apply(
            "Where", [graph.Apply("Less", [padded], ("HasNumber", true), ("Number", 0.2)), padded, graph.Apply("Sin", [padded])]);
        graph.Layer("Dense", graph.Layer("Flatten", chosen), ("units", 3));
        return GraphCheck.Create(graph, mode);
    }

    private static (float[] Samples, float[] Targets) Draw(IModel model)
    {
        var random = new System.Random(3);
        float[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble() - 0.5f)];
        int parameters = model.Parameters.Length;
        Next(parameters).CopyTo(model.Parameters);
        return (Next(Batch * 24), Next(Batch * 3));
    }

    private static void AssertClose(float[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance * scale);
        }
    }
}
