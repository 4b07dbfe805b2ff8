namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class WindowLargerThanImageTests
{
    [Theory]
    [InlineData("{|from:Input(3, 4, 1)|}, Conv2D(2, {|MDL0041:4|})", "Conv2D has a window of 4x4, but its input is only 3x4 from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData("{|from:Input(3, 4, 1)|}, Conv2D(2, 1, {|MDL0041:3|}, Dilation = 2)", "Conv2D has a window of 1x5, but its input is only 3x4 from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData("{|from:Input(3, 4, 1)|}, DepthwiseConv2D({|MDL0041:7|}, PaddingSize = 1)", "DepthwiseConv2D has a window of 7x7, but its input is only 5x6 with its padding from [Input(3, 4, 1)]; make the window smaller or pad the input")]
    [InlineData("Input(4, 4, 1), {|from:MaxPool2D(2)|}, MaxPool2D({|MDL0041:3|}, 1)", "MaxPool2D has a window of 3x1, but its input is only 2x2 from [MaxPool2D(2)]; make the window smaller or pad the input")]
    [InlineData("{|from:Input(3, 2, Sequence = true)|}, Conv1D(2, {|MDL0041:3|}, Dilation = 2)", "Conv1D has a window of 5 steps, but its input is only 3 from [Input(3, 2, Sequence = true)]; make the window smaller or pad the input")]
    [InlineData("{|from:Input(4, 1, 1)|}, MaxPool2D({|MDL0041:3|}, Stride = 2, CeilMode = true)", "MaxPool2D has a window of 3x3, but its input is only 4x1 from [Input(4, 1, 1)]; make the window smaller or pad the input")]
    public Task Window_larger_than_its_image_reports_MDL0041_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(3, 4, 1), Conv2D(2, 3, 4)")]
    [InlineData("Input(3, 4, 1), Conv2D(2, 7, Padding = Padding.Same)")]
    [InlineData("Input(3, 4, 1), AvgPool2D(5, 6, PaddingSize = 1)")]
    [InlineData("Input(3, 2, Sequence = true), Conv1D(2, 9, Causal = true)")]
    [InlineData("Input(2, 2, 1), MaxPool2D(3, Stride = 2, CeilMode = true)")]
    [InlineData("Input(2, 3, 1), AvgPool2D(4, CeilMode = true)")]
    public Task Window_that_fits_does_not_report_MDL0041(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
