using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Tests.Pipeline;
using Xunit.Abstractions;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>What a training step of the samples' models takes in 32 and in 16 bits.</summary>
public sealed class MixedPrecisionMemoryTests(ITestOutputHelper output)
{
    private const string Mlp =
        """
        [Input(28, 28), Flatten]
        [Dense(512), Relu, Dropout(0.2f)]
        [Dense(512), Relu, Dropout(0.2f)]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        """;

    private const string Convnet =
        """
        [Input(28, 28), Reshape(28, 28, 1)]
        [Conv2D(32, 3, UseBias = false), BatchNorm, Relu]
        [Conv2D(32, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
        [Conv2D(64, 3, UseBias = false), BatchNorm, Relu]
        [Conv2D(64, 5, Stride = 2, Padding = Padding.Same, UseBias = false), BatchNorm, Relu, Dropout(0.3f)]
        [Flatten, Dense(128, UseBias = false), BatchNorm, Relu, Dropout(0.4f)]
        [Dense(10)]
        [SoftmaxCrossEntropy]
        """;

    private const string CharGpt =
        """
        [Input(64, Type = ElementType.Token), Embedding(128, 128), PositionEmbedding]
        [Repeat<Layer>(4)]
        [LayerNorm, Dense(128, UseBias = false)]
        [SoftmaxCrossEntropy]
        """;

    private const string Lstm =
        """
        [Input(64, Type = ElementType.Token), Embedding(128, 128)]
        [Lstm(128), Lstm(128)]
        [Dense(128)]
        [SoftmaxCrossEntropy]
        """;

    private const string Blocks =
        """
        [Block, LayerNorm, SelfAttention(Heads = 4, Causal = true)] public partial class Attend;
        [Block, LayerNorm, Dense(512), Gelu, Dense(128)] public partial class Think;
        [Block, Residual<Attend>, Residual<Think>] public partial class Layer;
        """;

    [Theory]
    [InlineData("MnistMlp", Mlp, 2048, 0.8)]
    [InlineData("MnistConvnet", Convnet, 128, 0.6)]
    [InlineData("CharGpt", CharGpt, 32, 0.6)]
    [InlineData("two LSTMs", Lstm, 128, 0.8)]
    public void Activations_of_a_training_step_take_about_half_the_memory(
        string name, string layers, int batch, double most)
    {
        MemoryPlan whole = Plan(layers, "Float32"), narrow = Plan(layers, "BFloat16");
        output.WriteLine(
            $"{name}: {Text(whole)} in 32 bits, {Text(narrow)} in 16; a batch of {batch}: {Bytes(whole, batch):N0} and "
            + $"{Bytes(narrow, batch):N0} bytes, {(double)Bytes(narrow, batch) / Bytes(whole, batch):P0}");
        Assert.InRange((double)Bytes(narrow, batch) / Bytes(whole, batch), 0.3, most);
        Assert.Equal(Text(narrow), Text(Plan(layers, "Float16")));
    }

    private static string Text(MemoryPlan plan) =>
        $"{4L * plan.FloatsPerSample:N0} bytes a sample and {4L * plan.FixedFloats:N0}";

    private static long Bytes(MemoryPlan plan, int batch) =>
        4L * (plan.FixedFloats + ((long)batch * plan.FloatsPerSample));

    private static MemoryPlan Plan(string layers, string precision) => new Stages(
        $"{Blocks}\n[Model(Precision = Precision.{precision})]\n{layers}\npublic partial class Net;").Planned.Training.Memory;
}
