namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class PortingRulesTests
{
    [Theory]
    [InlineData(
        "{|MDL0111:Input(3, 32, 32)|}, {|from:Conv2D(16, 3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy",
        "[Input(3, 32, 32)] gives [Conv2D(16, 3)] an image of 3x32 pixels with 32 channels, since images are height x width x channels; write [Input(32, 32, 3)] if 3 is the number of channels")]
    [InlineData(
        "Input(784), {|MDL0111:Reshape(1, 28, 28)|}, Relu, {|from:MaxPool2D(1)|}, Flatten, Dense(10), SoftmaxCrossEntropy",
        "[Reshape(1, 28, 28)] gives [MaxPool2D(1)] an image of 1x28 pixels with 28 channels, since images are height x width x channels; write [Reshape(28, 28, 1)] if 1 is the number of channels")]
    [InlineData(
        "{|MDL0111:Input(3, 48, 64)|}, {|from:DepthwiseConv2D(3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy",
        "[Input(3, 48, 64)] gives [DepthwiseConv2D(3)] an image of 3x48 pixels with 64 channels, since images are height x width x channels; write [Input(48, 64, 3)] if 3 is the number of channels")]
    [InlineData(
        "{|MDL0111:Input(2, 500, Sequence = true)|}, {|from:Conv1D(4, 2)|}, MeanSquaredError",
        "[Input(2, 500, Sequence = true)] gives [Conv1D(4, 2)] 2 steps of 500 features, since sequences are steps x features; write [Input(500, 2, Sequence = true)] if 2 is the number of channels")]
    public Task Channels_first_report_MDL0111_at_what_declares_them(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3), MeanSquaredError")]
    [InlineData("Input(3, 32, 32), Flatten, Dense(10), SoftmaxCrossEntropy")]
    [InlineData("Input(1, 64, 64), Conv2D(8, 1, 3), MeanSquaredError")]
    [InlineData("Input(3, 4, 5), Conv2D(7, 1), MeanSquaredError")]
    [InlineData("Input(4, 100, 16), Conv2D(8, 3), MeanSquaredError")]
    [InlineData("Input(2, 784, Sequence = true), Dense(32), Contrastive")]
    [InlineData("Input(8, 300, Sequence = true), Conv1D(4, 3), MeanSquaredError")]
    public Task Channels_last_do_not_report_MDL0111(string layers) => Diagnose.Silent(Sources.Net(layers));

    [Theory]
    [InlineData(
        "Input(32, 32, 3), {|MDL0112:Conv2D(3, 16, 3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy",
        "[Conv2D(3, 16, 3)] has 3 filters and a window of 16x3; if 16 is the number of output channels, as in PyTorch, write [Conv2D(16, 3)]: the number of input channels is known")]
    [InlineData(
        "Input(28, 28, 1), {|MDL0112:Conv2D(1, 6, 5)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy",
        "[Conv2D(1, 6, 5)] has 1 filters and a window of 6x5; if 6 is the number of output channels, as in PyTorch, write [Conv2D(6, 5)]: the number of input channels is known")]
    [InlineData(
        "Input(8, 8, 4), {|MDL0112:ConvTranspose2D(4, 32, 2, Stride = 2)|}, MeanSquaredError",
        "[ConvTranspose2D(4, 32, 2, Stride = 2)] has 4 filters and a window of 32x2; if 32 is the number of output channels, as in PyTorch, write [ConvTranspose2D(32, 2)]: the number of input channels is known")]
    public Task Order_of_PyTorch_reports_MDL0112_at_the_attribute(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3), MeanSquaredError")]
    [InlineData("Input(32, 32, 8), Conv2D(8, 7, 1), MeanSquaredError")]
    [InlineData("Input(64, 64, 4), Conv2D(4, 21, 11), MeanSquaredError")]
    [InlineData("Input(32, 32, 3), Conv2D(4, 16, 3), MeanSquaredError")]
    [InlineData("Input(32, 32, 3), Conv2D(3, 2, 8), MeanSquaredError")]
    public Task Windows_that_are_meant_do_not_report_MDL0112(string layers) => Diagnose.Silent(Sources.Net(layers));

    [Theory]
    [InlineData(
        "Input(50, Type = ElementType.Token), {|MDL0113:Embedding(16, 30000)|}, GlobalAveragePool, Dense(1), BinaryCrossEntropy",
        "[Embedding(16, 30000)] makes 30000 features for each of 16 tokens; if 30000 is the size of the vocabulary, write [Embedding(30000, 16)]")]
    [InlineData(
        "Input(50, Type = ElementType.Token), {|MDL0113:Embedding(64, 5000)|}, GlobalAveragePool, Dense(1), BinaryCrossEntropy",
        "[Embedding(64, 5000)] makes 5000 features for each of 64 tokens; if 5000 is the size of the vocabulary, write [Embedding(5000, 64)]")]
    public Task Swapped_arguments_report_MDL0113_at_the_embedding(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(5, Type = ElementType.Token), Embedding(65, 768), Dense(65), SoftmaxCrossEntropy")]
    [InlineData(
        "Input(5, Type = ElementType.Token), Embedding(256, 4096), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData(
        "Input(5, Type = ElementType.Token), Embedding(2, 1600), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    [InlineData(
        "Input(5, Type = ElementType.Token), Embedding(30000, 16), GlobalAveragePool, Dense(2), SoftmaxCrossEntropy")]
    public Task Wide_embeddings_of_few_tokens_do_not_report_MDL0113(string layers) =>
        Diagnose.Silent(Sources.Net(layers));

    [Theory]
    [InlineData(
        "Input(3), BatchNorm(Momentum = {|MDL0115:0.99f|}), Dense(4), SoftmaxCrossEntropy",
        "Momentum is the share of the batch in the running statistics, as in PyTorch, so 0.99 keeps only 0.01 of the past; what Keras calls 0.99 is Momentum = 0.01")]
    [InlineData(
        "Input(3), BatchNorm(Momentum = {|MDL0115:0.9|}), Dense(4), SoftmaxCrossEntropy",
        "Momentum is the share of the batch in the running statistics, as in PyTorch, so 0.9 keeps only 0.1 of the past; what Keras calls 0.9 is Momentum = 0.1")]
    public Task Momentum_of_Keras_reports_MDL0115_at_the_number(string layers, string message) =>
        Diagnose.Reports(Sources.Net(layers), message);

    [Theory]
    [InlineData("Input(3), BatchNorm, Dense(4), MeanSquaredError")]
    [InlineData("Input(3), BatchNorm(Momentum = 0.3f), Dense(4), MeanSquaredError")]
    [InlineData("Input(3), BatchNorm(Momentum = 1), Dense(4), MeanSquaredError")]
    public Task Momentum_of_PyTorch_does_not_report_MDL0115(string layers) => Diagnose.Silent(Sources.Net(layers));
}
