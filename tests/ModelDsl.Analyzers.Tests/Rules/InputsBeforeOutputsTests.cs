namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class InputsBeforeOutputsTests
{
    [Theory]
    [InlineData("Input(32, 32, 3), {|MDL0112:Conv2D(3, 16, 3)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy", "[Conv2D(3, 16, 3)] has 3 filters and a window of 16x3; if 16 is the number of output channels, as in PyTorch, write [Conv2D(16, 3)]: the number of input channels is known")]
    [InlineData("Input(28, 28, 1), {|MDL0112:Conv2D(1, 6, 5)|}, Relu, Flatten, Dense(10), SoftmaxCrossEntropy", "[Conv2D(1, 6, 5)] has 1 filters and a window of 6x5; if 6 is the number of output channels, as in PyTorch, write [Conv2D(6, 5)]: the number of input channels is known")]
    [InlineData("Input(8, 8, 4), {|MDL0112:ConvTranspose2D(4, 32, 2, Stride = 2)|}, MeanSquaredError", "[ConvTranspose2D(4, 32, 2, Stride = 2)] has 4 filters and a window of 32x2; if 32 is the number of output channels, as in PyTorch, write [ConvTranspose2D(32, 2)]: the number of input channels is known")]
    public Task Order_of_PyTorch_reports_MDL0112_at_the_attribute(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(32, 32, 3), Conv2D(16, 3), MeanSquaredError")]
    [InlineData("Input(32, 32, 8), Conv2D(8, 7, 1), MeanSquaredError")]
    [InlineData("Input(64, 64, 4), Conv2D(4, 21, 11), MeanSquaredError")]
    [InlineData("Input(32, 32, 3), Conv2D(4, 16, 3), MeanSquaredError")]
    [InlineData("Input(32, 32, 3), Conv2D(3, 2, 8), MeanSquaredError")]
    public Task Windows_that_are_meant_do_not_report_MDL0112(string layers) => Diagnose.Silent(Model(layers));


    private static string Model(string layers) => $"[Model, {layers}]\npublic partial class Net;";
}
