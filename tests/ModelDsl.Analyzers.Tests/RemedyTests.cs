using System.Globalization;

namespace ModelDsl.Analyzers.Tests;

/// <summary>What a message advises is possible: who follows it has a model that compiles.</summary>
public sealed class RemedyTests
{
    [Theory]
    [InlineData(
        "Input(1, 28, 28), Conv2D(32, 3), Relu, Flatten, Dense(10)",
        "MDL0041",
        "images are height x width x channels: write [Input(28, 28, 1)]",
        "Input(28, 28, 1), Conv2D(32, 3), Relu, Flatten, Dense(10)")]
    [InlineData(
        "Input(784), Reshape(1, 28, 28), MaxPool2D(2), Flatten, Dense(10)",
        "MDL0041",
        "write [Reshape(28, 28, 1)]",
        "Input(784), Reshape(28, 28, 1), MaxPool2D(2), Flatten, Dense(10)")]
    [InlineData(
        "Input(1, 100, Sequence = true), Conv1D(8, 3)",
        "MDL0041",
        "sequences are steps x features: write [Input(100, 1, Sequence = true)]",
        "Input(100, 1, Sequence = true), Conv1D(8, 3)")]
    [InlineData(
        "Input(32, 32, 3), Conv2D(3, 64, 3)",
        "MDL0041",
        "write [Conv2D(64, 3)]",
        "Input(32, 32, 3), Conv2D(64, 3)")]
    [InlineData(
        "Input(32, 784), Dense(10)",
        "MDL0012",
        "write [Input(784)] if 32 is the batch, which an input leaves out",
        "Input(784), Dense(10)")]
    [InlineData(
        "Input(32, 784), Dense(10)",
        "MDL0012",
        "add [Flatten] before it",
        "Input(32, 784), Flatten, Dense(10)")]
    [InlineData(
        "Input(20, 8), GlobalAveragePool",
        "MDL0050",
        "declare it as [Input(20, 8, Sequence = true)]",
        "Input(20, 8, Sequence = true), GlobalAveragePool")]
    [InlineData(
        "Input(6), Reshape(2, 3), GlobalAveragePool",
        "MDL0050",
        "add [Reshape(2, 1, 3)] before it",
        "Input(6), Reshape(2, 3), Reshape(2, 1, 3), GlobalAveragePool")]
    [InlineData(
        "Input(32, 28, 28, 1), Conv2D(4, 3)",
        "MDL0050",
        "write [Input(28, 28, 1)], since an input leaves out the batch",
        "Input(28, 28, 1), Conv2D(4, 3)")]
    [InlineData(
        "Input(9, 3, Sequence = true), Conv2D(4, 3)",
        "MDL0050",
        "use [Conv1D(filters, kernelSize)]",
        "Input(9, 3, Sequence = true), Conv1D(4, 3)")]
    [InlineData(
        "Input(9, 4, Sequence = true), MaxPool2D(2)",
        "MDL0050",
        "add [Reshape(9, 4, 1)] before it",
        "Input(9, 4, Sequence = true), Reshape(9, 4, 1), MaxPool2D(2)")]
    [InlineData(
        "Input(5, 3, Sequence = true), Flatten, Gru(4)",
        "MDL0072",
        "remove [Flatten], which leaves no steps",
        "Input(5, 3, Sequence = true), Gru(4)")]
    [InlineData(
        "Input(5, 3, Sequence = true), GlobalAveragePool, Gru(4)",
        "MDL0072",
        "put it before [GlobalAveragePool], which leaves no steps",
        "Input(5, 3, Sequence = true), Gru(4), GlobalAveragePool")]
    [InlineData(
        "Input(6), Reshape(2, 3), Lstm(4)",
        "MDL0072",
        "declare the input as [Input(2, 3, Sequence = true)] and leave out [Reshape(2, 3)], which makes no sequence",
        "Input(2, 3, Sequence = true), Lstm(4)")]
    [InlineData(
        "Input(32, 10, 8), Lstm(4)",
        "MDL0072",
        "declare it as [Input(10, 8, Sequence = true)], since an input leaves out the batch",
        "Input(10, 8, Sequence = true), Lstm(4)")]
    [InlineData(
        "Input(28, 28, 1), Lstm(4)",
        "MDL0072",
        "declare it as [Input(28, 28, Sequence = true)], whose rows are the steps",
        "Input(28, 28, Sequence = true), Lstm(4)")]
    [InlineData(
        "Input(28, 8, 3), Conv2D(4, 3), Relu, Gru(4)",
        "MDL0072",
        "add [ToSequence] before it, which makes steps of the pixels",
        "Input(28, 8, 3), Conv2D(4, 3), Relu, ToSequence, Gru(4)")]
    [InlineData(
        "Input(9, 9, 3), SelfAttention",
        "MDL0072",
        "add [ToSequence] before it, which makes steps of the pixels",
        "Input(9, 9, 3), ToSequence, SelfAttention")]
    [InlineData(
        "Input(5), Dense(6), Reshape(2, 3), Lstm(4)",
        "MDL0072",
        "add [ToSequence] before it, which makes steps of the first dimension",
        "Input(5), Dense(6), Reshape(2, 3), ToSequence, Lstm(4)")]
    [InlineData(
        "Input(6), Reshape(2, 3), Embedding(9, 4)",
        "MDL0070",
        "declare the input as [Input(6, Type = ElementType.Token)] and leave out what stands between them",
        "Input(6, Type = ElementType.Token), Embedding(9, 4)")]
    [InlineData(
        "Input(6), Dense(4), Embedding(9, 4)",
        "MDL0070",
        "put it directly behind an input of tokens, such as [Input(length, Type = ElementType.Token)]",
        "Input(6, Type = ElementType.Token), Embedding(9, 4), Dense(4)")]
    [InlineData(
        "Input(32, 6), Embedding(9, 4)",
        "MDL0070",
        "write [Input(6, Type = ElementType.Token)] if 32 is the batch",
        "Input(6, Type = ElementType.Token), Embedding(9, 4)")]
    [InlineData(
        "Input(6, Type = ElementType.Token, Padding = 9), Embedding(9, 4)",
        "MDL0082",
        "an input of tokens below 9, the vocabulary of [Embedding(9, 4)]",
        "Input(6, Type = ElementType.Token, Padding = 8), Embedding(9, 4)")]
    [InlineData(
        "Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Gru(5)",
        "MDL0116",
        "; add [GlobalAveragePool]",
        "Input(6, Type = ElementType.Token, Padding = 0), Embedding(9, 4), Gru(5), GlobalAveragePool")]
    [InlineData(
        "Input(12, 12, 3), MaxPool2D(3, 2)",
        "MDL0117",
        "write [MaxPool2D(3, Stride = 2)]",
        "Input(12, 12, 3), MaxPool2D(3, Stride = 2)")]
    [InlineData(
        "Input(8, 8, 4), LayerNorm",
        "MDL0074",
        "use [GroupNorm(1)], which normalises an image",
        "Input(8, 8, 4), GroupNorm(1)")]
    public async Task Advice_can_be_followed(string wrong, string id, string advice, string right)
    {
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(new Situation { Sources = [Model(wrong)] });
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Contains(advice, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await Diagnose.Silent(Model(right));
    }

    [Theory]
    [InlineData("Input(512), Dense(8, UseBias = false), Dense(512), MeanSquaredError")]
    [InlineData("Input(784), Dense(32), Dense(784), MeanSquaredError")]
    [InlineData("Input(6), Dense(7, Frozen = true), Dense(3), MeanSquaredError")]
    [InlineData("Input(6), Dense(7), Dense(3, Frozen = true), MeanSquaredError")]
    [InlineData("Input(4, 4, 3), Conv2D(2, 1), SoftmaxCrossEntropy")]
    [InlineData(
        "Input(3), Dropout(0.2), Dense(4, WeightL2 = 1e-4, UseBias = false), BatchNorm(Momentum = 0.05, Epsilon = 1e-3), LeakyRelu(0.1), Elu(0.5), Huber(0.7, Weight = 0.5)")]
    [InlineData("Input(2, 3, Sequence = true), SpatialDropout(0.1), Prelu(InitialSlope = 0.1), Contrastive(0.5)")]
    [InlineData("Input(3, 3, 1), Pad(1, Value = 0.5), Flatten, Dense(3), SoftmaxCrossEntropy(LabelSmoothing = 0.1)")]
    public Task What_is_meant_is_let_through(string layers) =>
        Diagnose.Silent($"[Model, {layers}]\npublic partial class Net;");

    [Theory]
    [InlineData("Reshape(4, 16)", "call ToSequence() before it, which makes steps of the first dimension")]
    [InlineData(
        "Reshape(8, 8, 1).Conv2D(6, 4, stride: 4)", "call ToSequence() before it, which makes steps of the pixels")]
    [InlineData(
        "ToSequence().Gather([1, 0])", "call ToSequence() before it, which makes steps of the first dimension")]
    public async Task Advice_in_a_method_can_be_followed(string before, string advice)
    {
        ImmutableArray<Diagnostic> diagnostics = await Diagnose.RunAsync(
            new Situation { Sources = [Method($"x.{before}.SelfAttention()")] });
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal("MDL0072", diagnostic.Id);
        Assert.Contains(advice, diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await Diagnose.Silent(Method($"x.{before}.ToSequence().SelfAttention()"));
    }

    private static string Method(string layers) =>
        $$"""
        [Model, Input(8, 8), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x) => {{layers}};
        }
        """;

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Net;";
}
