using ModelDsl.Generator.Tests.Pipeline;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>Which models compute predictions a few samples at a time, and how many.</summary>
public sealed class InferencePartTests
{
    [Theory]
    [InlineData("Input(28, 28, 1), Conv2D(6, 5, Padding = Padding.Same), Relu, MaxPool2D(2), Flatten, Dense(10)")]
    [InlineData("Input(96, 96, 3), Conv2D(8, 3, Stride = 2, UseBias = false), BatchNorm, GlobalAveragePool, Dense(2)")]
    [InlineData("Input(64, Type = ElementType.Token), Embedding(50, 64), Conv1D(64, 3), GlobalAveragePool, Dense(2)")]
    public void Few_weights_and_much_between_layers_are_computed_in_parts_that_fit_a_cache(string layers)
    {
        (int? samples, int floats) = Plan(layers);
        Assert.InRange((samples ?? 0) * 4L * floats, 64 << 10, 512 << 10);
    }

    [Theory]
    [InlineData("Input(784), Dense(128), Relu, Dense(10)", "little between its layers")]
    [InlineData("Input(16, 16, 64), Conv2D(128, 3), Relu, Conv2D(256, 3), GlobalAveragePool, Dense(9)", "many weights")]
    [InlineData("Input(224, 224, 3), Conv2D(16, 3), Relu, GlobalAveragePool, Dense(2)", "samples larger than a cache")]
    public void Others_are_computed_as_a_whole(string layers, string why) =>
        Assert.True(Plan(layers).Samples is null, why);

    [Fact]
    public void Heads_are_computed_as_a_whole()
    {
        const string Heads =
            """
            [Block, Conv2D(8, 3), GlobalAveragePool, Dense(1), MeanSquaredError] public partial class Value;
            [Block, Conv2D(8, 3), GlobalAveragePool, Dense(3), SoftmaxCrossEntropy] public partial class Kind;
            [Model, Input(28, 28, 1), Conv2D(8, 3), Relu, Outputs<Value, Kind>] public partial class Net;
            """;
        Assert.Null(new Stages(Heads).Planned.Inference.SamplesInPart);
    }

    private static (int? Samples, int FloatsPerSample) Plan(string layers)
    {
        var stages = new Stages($"[Model, {layers}, SoftmaxCrossEntropy] public partial class Net;");
        return (stages.Planned.Inference.SamplesInPart, stages.Planned.Inference.Memory.FloatsPerSample);
    }
}
