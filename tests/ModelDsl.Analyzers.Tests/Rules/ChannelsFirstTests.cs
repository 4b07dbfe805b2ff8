namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ChannelsFirstTests
{
    [Theory]
    [InlineData("{|MDL0111:Input(3, 32, 32)|}, {|from:Conv2D(16, 3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy", "[Input(3, 32, 32)] gives [Conv2D(16, 3)] an image of 3x32 pixels with 32 channels, since images are height x width x channels; write [Input(32, 32, 3)] if 3 is the number of channels")]
    [InlineData("Input(784), {|MDL0111:Reshape(1, 28, 28)|}, Relu, {|from:MaxPool2D(1)|}, Flatten, Dense(10), SoftmaxCrossEntropy", "[Reshape(1, 28, 28)] gives [MaxPool2D(1)] an image of 1x28 pixels with 28 channels, since images are height x width x channels; write [Reshape(28, 28, 1)] if 1 is the number of channels")]
    [InlineData("{|MDL0111:Input(3, 48, 64)|}, {|from:DepthwiseConv2D(3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy", "[Input(3, 48, 64)] gives [DepthwiseConv2D(3)] an image of 3x48 pixels with 64 channels, since images are height x width x channels; write [Input(48, 64, 3)] if 3 is the number of channels")]
    [InlineData("{|MDL0111:Input(2, 500, Sequence = true)|}, {|from:Conv1D(4, 2)|}, MeanSquaredError", "[Input(2, 500, Sequence = true)] gives [Conv1D(4, 2)] 2 steps of 500 features, since sequences are steps x features; write [Input(500, 2, Sequence = true)] if 2 is the number of channels")]
    public Task Channels_first_report_MDL0111_at_what_declares_them(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3), MeanSquaredError")]
    [InlineData("Input(3, 32, 32), Flatten, Dense(10), SoftmaxCrossEntropy")]
    [InlineData("Input(1, 64, 64), Conv2D(8, 1, 3), MeanSquaredError")]
    [InlineData("Input(3, 4, 5), Conv2D(7, 1), MeanSquaredError")]
    [InlineData("Input(4, 100, 16), Conv2D(8, 3), MeanSquaredError")]
    [InlineData("Input(2, 784, Sequence = true), Dense(32), Contrastive")]
    [InlineData("Input(8, 300, Sequence = true), Conv1D(4, 3), MeanSquaredError")]
    public Task Channels_last_do_not_report_MDL0111(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
