namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class ImageExpectedTests
{
    [Theory]
    [InlineData("{|from:Input(28, 28)|}, {|MDL0050:Conv2D(2, 3)|}", "Conv2D expects an image of height x width x channels, but its input is 28x28 from [Input(28, 28)]; add [Reshape(28, 28, 1)] before it")]
    [InlineData("Input(4, 4, 1), {|from:Flatten|}, Tanh, {|MDL0050:MaxPool2D(2)|}", "MaxPool2D expects an image of height x width x channels, but its input is 16 from [Flatten]; a [Reshape] before it can make one")]
    [InlineData("{|from:Input(5, 3, Sequence = true)|}, {|MDL0050:AvgPool2D(2)|}", "AvgPool2D expects an image of height x width x channels, but its input is 5x3 from [Input(5, 3, Sequence = true)]; add [Reshape(5, 3, 1)] before it")]
    [InlineData("{|from:Input(4)|}, {|MDL0050:GlobalAveragePool|}", "GlobalAveragePool expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData("{|from:Input(4)|}, {|MDL0050:Pad(1)|}", "Pad expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData("{|from:Input(4)|}, {|MDL0050:Upsample(2)|}", "Upsample expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData("{|from:Input(4)|}, {|MDL0050:ConvTranspose2D(2, 2)|}", "ConvTranspose2D expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    [InlineData("{|from:Input(4, 4)|}, {|MDL0050:BatchNorm|}", "BatchNorm expects an image of height x width x channels, but its input is 4x4 from [Input(4, 4)]; add [Reshape(4, 4, 1)] before it")]
    [InlineData("{|from:Input(4)|}, {|MDL0050:SpatialDropout(0.1f)|}", "SpatialDropout expects an image of height x width x channels, but its input is 4 from [Input(4)]; a [Reshape] before it can make one")]
    public Task Layer_of_images_on_something_else_reports_MDL0050_at_the_attribute(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(28, 28), Reshape(28, 28, 1), Conv2D(2, 3, UseBias = false), BatchNorm, MaxPool2D(2), Upsample(2), Pad(1), ConvTranspose2D(1, 2), SpatialDropout(0.1f), GlobalAveragePool, BatchNorm")]
    public Task Layer_of_images_on_an_image_does_not_report_MDL0050(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
