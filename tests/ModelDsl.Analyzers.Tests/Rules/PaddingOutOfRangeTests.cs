namespace ModelDsl.Analyzers.Tests.Rules;

public sealed class PaddingOutOfRangeTests
{
    [Theory]
    [InlineData("{|from:Input(8, 8, 1)|}, Conv2D(2, 3, PaddingSize = {|MDL0042:-1|})", "Conv2D expects a padding of at least 0 and less than its window of 3, got -1")]
    [InlineData("{|from:Input(8, 8, 1)|}, MaxPool2D(2, 3, PaddingHeight = 1, PaddingWidth = {|MDL0042:3|})", "MaxPool2D expects a padding of at least 0 and less than its window of 3, got 3")]
    [InlineData("{|from:Input(8, 8, 1)|}, ConvTranspose2D(2, 3, Dilation = 2, PaddingSize = {|MDL0042:5|})", "ConvTranspose2D expects a padding of at least 0 and less than its window of 5, got 5")]
    public Task Padding_outside_its_range_reports_MDL0042_at_the_argument(string layers, string message) => Diagnose.Reports(Model(layers), message);

    [Theory]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, PaddingSize = 2)")]
    [InlineData("Input(8, 8, 1), Conv2D(2, 3, Dilation = 2, PaddingSize = 4)")]
    public Task Padding_within_its_range_does_not_report_MDL0042(string layers) => Diagnose.Silent(Model(layers));

    private static string Model(string layers) => $"[Model, {layers}, MeanSquaredError]\npublic partial class Regression;";
}
