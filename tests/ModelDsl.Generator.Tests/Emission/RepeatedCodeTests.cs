using System.Reflection;
using System.Runtime.InteropServices;

namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Copies of a block share one method, so that code does not grow with their number.</summary>
public sealed class RepeatedCodeTests
{
    [Fact]
    public void Copies_share_a_method_that_takes_its_places_from_a_table() =>
        Snapshot.Match(GeneratedText.Passes(
            """
            [Block, Dense(3), Tanh, Dropout(0.1f)] public partial class Cell;
            [Model, Input(3), Repeat<Cell>(5), Dense(1), MeanSquaredError]
            """));

    [Theory]
    [InlineData("Dense(8), Gelu, Dense(4)")]
    [InlineData("LayerNorm, SelfAttention(Heads = 2, Causal = true, Rotary = true), Dropout(0.1f)")]
    [InlineData("BatchNorm, Dense(4), Relu")]
    public void Code_does_not_grow_with_the_number_of_copies(string layers)
    {
        // Larger numbers take a few bytes more in the instructions that load them.
        int few = CodeSize(layers, copies: 6);
        Assert.InRange(CodeSize(layers, copies: 60), few, few + 100);

        static int CodeSize(string layers, int copies)
        {
            Type model = TestCompiler.Load(Source(layers, copies)).GetType("Sample")!;
            return model.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Sum(method => method.GetMethodBody()!.GetILAsByteArray()!.Length);
        }
    }

    [Fact]
    public void A_block_too_long_for_one_method_has_several_for_all_copies()
    {
        string layers = string.Join(", ", Enumerable.Repeat("Dense(4), Tanh", 60));
        string code = TestCompiler.GenerateSingle(Source(layers, copies: 5));
        Assert.Contains("_Repeat1_1(ModelKernels::FloatSpan samples, int batch, ", code, StringComparison.Ordinal);
        Assert.Contains("_Repeat1_2(ModelKernels::FloatSpan samples, int batch, ", code, StringComparison.Ordinal);
        Train(Create(Source(layers, copies: 5)));
    }

    [Fact]
    public void Two_copies_are_written_out() =>
        Assert.DoesNotContain("_Places", TestCompiler.GenerateSingle(Source("Dense(4), Tanh", copies: 2)), StringComparison.Ordinal);

    [Fact]
    public void Copies_of_different_shapes_are_written_out()
    {
        string code = TestCompiler.GenerateSingle(
            """
            [Block, Conv1D(4, 3), Tanh] internal partial class Narrow;
            [Model, Input(16, 4, Sequence = true), Repeat<Narrow>(5), Dense(1), MeanSquaredError] internal partial class Sample;
            """);
        Assert.DoesNotContain("_Places", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dense(7), Gelu, Dense(4), Tanh")]
    [InlineData("LayerNorm, SelfAttention(Heads = 2, Causal = true)")]
    [InlineData("BatchNorm, Dense(4), Relu")]
    public void Copies_in_one_method_compute_the_bits_of_layers_written_out(string layers)
    {
        string repeated = Source(layers, copies: 6);
        string writtenOut = Source(string.Join(", ", Enumerable.Repeat(layers, 6)), copies: 1);
        Assert.Contains("_Places", TestCompiler.GenerateSingle(repeated), StringComparison.Ordinal);
        Assert.DoesNotContain("_Places", TestCompiler.GenerateSingle(writtenOut), StringComparison.Ordinal);
        Assert.Equal(Train(Create(writtenOut)), Train(Create(repeated)));
    }

    private static string Source(string layers, int copies) =>
        $"""
        [Block, {layers}] internal partial class Cell;
        [Model, Input(5, 3, Sequence = true), Dense(4), Repeat<Cell>({copies}), Dense(2), MeanSquaredError] internal partial class Sample;
        """;

    private static IModel Create(string source) =>
        (IModel)Activator.CreateInstance(TestCompiler.Load(source).GetType("Sample")!, 3UL)!;

    // Losses, predictions and parameters of a few steps.
    private static uint[] Train(IModel model)
    {
        var random = new Random(1);
        float[] samples = [.. Enumerable.Range(0, 4 * 15).Select(_ => random.NextSingle())];
        float[] targets = [.. Enumerable.Range(0, 4 * 10).Select(_ => random.NextSingle())];
        var optimizer = new Adam { LearningRate = 0.01f };
        List<float> values = [];
        for (int step = 0; step < 3; step++)
        {
            values.Add(model.ComputeGradients(samples, targets));
            optimizer.Step(model.Parameters[..model.Gradients.Length], model.Gradients);
            values.AddRange(model.Predict(samples));
        }

        values.AddRange(model.Parameters);
        Assert.All(values, value => Assert.True(float.IsFinite(value)));
        return MemoryMarshal.Cast<float, uint>(values.ToArray()).ToArray();
    }
}
